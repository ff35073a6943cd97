"""What every test may ask for.

A database with the real register, a frozen clock, the application's own rights, a running portal.

How it fits together: docs/mechanisms/tests.md.
"""

import gc
import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.template import Template
from django.test import TransactionTestCase
from django.utils import translation

from tests.support.engines import prepare_environment

prepare_environment()

from tests.support import databases  # noqa: E402  # Django's settings are read from here on
from tests.support.server import PortalServer, running_portal  # noqa: E402
from tests.support.time import NIGHT, TestClock, on_the_day_of_the_tests  # noqa: E402

# Examples enough to notice at every run; `pytest --hypothesis-profile=nightly` looks longer.
hypothesis.settings.register_profile("quick", max_examples=50, stateful_step_count=20, deadline=None, print_blob=True)
hypothesis.settings.register_profile(
    "nightly", max_examples=1000, stateful_step_count=50, deadline=None, print_blob=True
)
hypothesis.settings.load_profile("quick")
# Takes half a minute in a portal of its own: begun last, it would keep one worker busy while the others have nothing
# left to do.
BEGUN_FIRST = "test_first_installation.py"
# Before Django's own tools make each template tell what it was given.
RENDER = Template._render


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test of real transactions a database of its own, whose register nobody else's test has changed."""
    items.sort(key=lambda item: item.path.name != BEGUN_FIRST)
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark and mark.kwargs.get("transaction") and isinstance(item, pytest.Function):
            item.fixturenames.insert(0, "own_database")


def pytest_collection_finish() -> None:
    """Leave what is there by now out of every later garbage collection.

    It stays until the end, and looking through it again and again is a fifth of the time of a page.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def page_language() -> Iterator[None]:
    """Chinese, as in the settings, until the test asks otherwise.

    A request leaves its language behind in the thread.
    """
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """A clone of the template for this worker, in place of Django's own test database."""
    with django_db_blocker.unblock(), databases.clone(worker_id) as name, databases.connected_to(name):
        yield


@pytest.fixture
def own_database(
    django_db_setup: None, django_db_blocker: Any, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A database for this test alone, with the register in it, for real transactions, threads, dropped constraints.

    Yields its name.
    """
    # Dropped as a whole: emptying its tables first, as Django does after real transactions, would take as long again.
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda *_: None)
    with django_db_blocker.unblock(), databases.clone(worker_id) as name, databases.connected_to(name):
        yield name


@pytest.fixture
def app_role(request: pytest.FixtureRequest) -> Iterator[None]:
    """Act as the role that web and worker connect as: it owns no table and can't rewrite history.

    Asked for after the test's data.
    """
    from django.db import connection

    if "own_database" in request.fixturenames:
        with databases.app_role_connections(settings.APP_ROLE):
            yield
    else:
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            # LOCAL: gone with the test's transaction.
            cursor.execute(f'SET LOCAL ROLE "{settings.APP_ROLE}"')
        yield


@pytest.fixture
def light_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without the numbers in their menus, and without a copy of what each template was given.

    For tests that ask hundreds of pages about something else: counting is more than half of the time of a page for
    staff. `response.context` and `response.templates` are empty.
    """
    from common import navigation

    for name, counter in navigation._counters.items():
        monkeypatch.setitem(navigation._counters, name, replace(counter, count=lambda user: 0))
    monkeypatch.setattr(Template, "_render", RENDER)


@pytest.fixture
def clock() -> Iterator[TestClock]:
    """The product's clock, held at Tuesday 24 November 2026, 10:05 in Shanghai, until the test moves it."""
    with TestClock.started() as held:
        yield held


@pytest.fixture
def night(clock: TestClock) -> TestClock:
    """The clock, held at Wednesday 25 November 2026, 0:30 in Shanghai.

    In UTC it is still the 24th, and stays so until 8:00.
    """
    clock.move_to(NIGHT)
    return clock


@pytest.fixture(params=["10:05", "0:30"])
def at_any_hour(request: pytest.FixtureRequest, clock: TestClock) -> TestClock:
    """The clock, once by day and once at night, on the same Tuesday.

    For what depends on the day and not on the hour.
    """
    clock.move_to(on_the_day_of_the_tests(request.param))
    return clock


@pytest.fixture(scope="session")
def portal_server(django_test_environment: None, django_db_blocker: Any, worker_id: str) -> Iterator[PortalServer]:
    """A running portal, one a worker, in real time.

    Its database keeps what earlier tests wrote, so make what you need.
    """
    with running_portal(worker_id, django_db_blocker.unblock) as server:
        yield server


@pytest.fixture
def portal_worker(portal_server: PortalServer) -> PortalServer:
    """The same portal with its Celery worker and beat running."""
    portal_server.start_worker()
    return portal_server


@pytest.fixture(autouse=True)
def _own_volatile_cache() -> None:
    """Keep what one test counted from every other, from another worker and from the same test run again."""
    from django.core.cache import caches

    from common.cache import forget_silence

    forget_silence()
    prefix = secrets.token_hex(8)
    caches.settings["volatile"]["KEY_PREFIX"] = prefix
    caches["volatile"].key_prefix = prefix
