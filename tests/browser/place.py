"""Place: an address in one state, seen by one person; and what brings a page into a state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tests.browser.world import World
from tests.support.browser import EVERY_MODE, THREE_MODES, Mode, Visitor
from tests.support.cast import ANONYMOUS

PHONE = "19900000077"


@dataclass(frozen=True)
class Place:
    """`path` finds the address in the world, of the URL name `name`; `then` brings the page into the state `state`.

    `who` looks.
    """

    name: str
    path: Callable[[World], str]
    state: str = ""
    who: str = ANONYMOUS
    status: int = 200
    modes: Sequence[Mode] = THREE_MODES
    then: Callable[[Visitor], None] | None = None
    fresh: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.state}".strip()


def at(name: str, **arguments: Callable[[World], object]) -> Callable[[World], str]:
    """The address of a URL name, its arguments taken from the world."""
    return lambda world: reverse(name, kwargs={key: find(world) for key, find in arguments.items()})


def page(name: str, state: str = "", **more: object) -> Place:
    """A page whose address is its name's; of a center, the world's center."""
    return Place(name, more.pop("path", None) or at(name), state, **more)  # type: ignore[arg-type]


def of_center(name: str, state: str = "", **more: object) -> Place:
    return page(name, state, path=at(name, code=lambda world: world.cast.center.code), **more)


def of_space(
    name: str, state: str = "", *, room: str = "space", query: Callable[[World], str] | None = None, **more: object
) -> Place:
    def path(world: World) -> str:
        address = reverse(name, kwargs={"pk": getattr(world, room).pk})
        return f"{address}?{query(world)}" if query else address

    return page(name, state, path=path, **more)


def of_booking(name: str, which: str, **more: object) -> Place:
    return page(
        name,
        which,
        path=at(name, reference=lambda world: world.bookings[which].reference),
        **{"who": "resident"} | more,
    )


def of_post(name: str, state: str = "", *, role: str, **more: object) -> Place:
    """A page about what a person of the cast is at the world's center."""
    path = at(name, code=lambda world: world.cast.center.code, pk=lambda world: world.posts[role])
    return page(name, state, path=path, **more)


def send(visitor: Visitor) -> None:
    """Send the page's form as it is: empty, so it comes back with what is wrong."""
    with visitor.page.expect_navigation():
        visitor.page.locator("main form[method=post] button.primary").first.click()


def send_no_day(visitor: Visitor) -> None:
    visitor.page.locator("main [name=last]").fill("")
    send(visitor)


def open_all(visitor: Visitor) -> None:
    """Unfold everything that folds."""
    visitor.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def ask_for_a_code(visitor: Visitor) -> None:
    visitor.page.locator("[name=phone]").fill(PHONE)
    send(visitor)


def enter_a_wrong_code(visitor: Visitor) -> None:
    ask_for_a_code(visitor)
    visitor.page.locator("[name=code]").fill("000000")
    send(visitor)


FOUR = {"modes": EVERY_MODE}
SIGN_IN = "account_request_login_code"
