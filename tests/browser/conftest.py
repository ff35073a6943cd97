"""Chromium for the tests in this directory: one browser a worker, one window a visitor."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.world import World, make_world
from tests.support.browser import EXECUTABLES, FLAGS, Mode, Visit, Visitor
from tests.support.server import PortalServer

HERE = Path(__file__).parent
# What comes after a long picture or a busy minute of the machine still counts as coming.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: CHROMIUM names it, or the system's."""
    candidates = (os.environ.get("CHROMIUM"), *EXECUTABLES, shutil.which("chromium"))
    program = next((path for path in candidates if path and os.access(path, os.X_OK)), None)
    if program is None:
        pytest.fail("No Chromium found: install the package chromium, or set CHROMIUM to the program.", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def world(portal_server: PortalServer) -> World:
    """One a worker: its people can be made once in the running portal's database."""
    return make_world(portal_server)


@pytest.fixture
def visit(browser: Browser, portal_server: PortalServer) -> Iterator[Visit]:
    """`visit(Mode(360, "en"), user=…)` sits down at a new window; all are looked over and closed when the test ends."""
    visitors: list[Visitor] = []

    def sit_down(mode: Mode | None = None, user: object = None) -> Visitor:
        visitors.append(Visitor(browser, portal_server, mode or Mode(), user))
        return visitors[-1]

    yield sit_down
    faults = []
    for visitor in visitors:
        try:
            visitor.leave()
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n".join(faults)
