"""Every page, in the modes people read it in: axe, console, requests, sideways scroll, words of the other language."""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.architecture.permission_table import all_names
from tests.browser.place import Place
from tests.browser.places import MACHINES, NOT_PAGES, PLACES
from tests.browser.words import wrong_words
from tests.browser.world import World
from tests.support.axe import Looks
from tests.support.browser import THREE_MODES, Mode, Visit, Visitor
from tests.support.cast import ANONYMOUS
from tests.support.http import PortalClient
from tests.support.server import PortalServer

Reader = Callable[[Mode, str], Visitor]
SEARCHES_A_MINUTE = 60


@pytest.fixture(scope="module")
def reader(browser: Browser, portal_server: PortalServer, world: World) -> Iterator[Reader]:
    """`reader(mode, role)`: a window for this person in this mode, kept until somebody else reads."""
    open_windows: dict[tuple[Mode, str], Visitor] = {}

    def close_all() -> None:
        while open_windows:
            open_windows.popitem()[1].context.close()

    def sit_down(mode: Mode, who: str) -> Visitor:
        if (mode, who) not in open_windows:
            close_all()
            user = None if who == ANONYMOUS else world.cast[who]
            open_windows[mode, who] = Visitor(browser, portal_server, mode, user)
        return open_windows[mode, who]

    yield sit_down
    close_all()


@pytest.fixture(autouse=True)
def _nothing_used_up(portal_server: PortalServer) -> None:
    portal_server.forget_limits()


def assert_sound(visitor: Visitor, world: World) -> None:
    """The page as it stands is for everybody, and in one language."""
    visitor.assert_accessible(known_looks[visitor.mode])
    wrong = wrong_words(visitor.page, world.names)
    assert not wrong, f"[{visitor.mode}] {visitor.page.url} has words of the other language:\n" + "\n".join(wrong)


def modes_of_places() -> Iterator[tuple[Place, Mode]]:
    """Each page in all its modes in one state; in its other states in one mode each, in turn."""
    by_name: dict[str, list[Place]] = {}
    for place in PLACES:
        by_name.setdefault(place.name, []).append(place)
    for places in by_name.values():
        full, *others = sorted(places, key=lambda place: len(place.modes), reverse=True)
        yield from ((full, mode) for mode in full.modes)
        yield from ((place, place.modes[number % len(place.modes)]) for number, place in enumerate(others))


# One reader after the other, so that each window is opened once.
CASES = sorted(
    (pytest.param(place, mode, id=f"{place} {mode}") for place, mode in modes_of_places()),
    key=lambda case: (case.values[0].who, str(case.values[1])),
)
# Looks of texts whose colours passed, by mode.
known_looks: dict[Mode, Looks] = defaultdict(Looks)


@pytest.mark.parametrize(("place", "mode"), CASES)
def test_a_page_is_sound(place: Place, mode: Mode, world: World, reader: Reader, visit: Visit) -> None:
    visitor = visit(mode) if place.fresh else reader(mode, place.who)
    visitor.faults.clear()
    visitor.open(place.path(world), status=place.status)
    if place.then:
        place.then(visitor)
        visitor.look()
    assert_sound(visitor, world)


def test_the_page_of_those_who_ask_too_often_is_sound(
    portal_server: PortalServer, world: World, reader: Reader
) -> None:
    client = PortalClient(portal_server.url)
    for mode in THREE_MODES:
        # Two windows of a minute may meet in the middle.
        assert any(client.get("/search/?day=never").status == 429 for _ in range(2 * SEARCHES_A_MINUTE + 1))
        visitor = reader(mode, ANONYMOUS)
        visitor.open(world.search(), status=429)
        assert_sound(visitor, world)


def test_every_page_is_here() -> None:
    missing = (
        {name for name in all_names() if not name.startswith(MACHINES)} - NOT_PAGES - {place.name for place in PLACES}
    )
    assert not missing, (
        f"Add a row to tests/browser/places.py, or to its app in tests/browser/rows/, for: {sorted(missing)}"
    )


def test_nothing_is_here_that_is_gone() -> None:
    assert {place.name for place in PLACES} | NOT_PAGES <= set(all_names())
