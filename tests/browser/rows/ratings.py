"""Pages of ratings: those on which they are given, and those on which they are followed up."""

from django.urls import reverse

from ratings.values.tokens import Kind, Token, tablet_token
from tests.browser.place import FOUR, Place, at, page, send
from tests.browser.world import World
from tests.support.browser import Visitor

GIVE, TABLET = "ratings:rating_create", "ratings:tablet_question"


def of_token(state: str, kind: Kind, which: str, **more: object) -> Place:
    """The question about an activity or booking of the world, or at the counter of its center."""

    def path(world: World) -> str:
        found = {
            Kind.ACTIVITY: lambda: world.activities[which].reference,
            Kind.BOOKING: lambda: world.bookings[which].reference,
            Kind.CENTER: lambda: world.cast.center.code,
        }
        return reverse(GIVE, args=[str(Token(kind, found[kind]()))])

    return page(GIVE, state, path=path, **more)


def of_rating(which: str, state: str = "", **more: object) -> Place:
    path = at("ratings:rating_detail", reference=lambda world: world.ratings[which].reference)
    return page("ratings:rating_detail", f"{which} {state}".strip(), path=path, **{"who": "staff"} | more)


def on_tablet(world: World) -> str:
    return reverse(TABLET, args=[tablet_token(world.cast.center.code)])


def satisfied(visitor: Visitor) -> None:
    """Choose the second grade and send it."""
    visitor.page.locator("input[name=grade][value='4']").check()
    send(visitor)


def dissatisfied(visitor: Visitor) -> None:
    """Choose a bad grade, so that the number is asked."""
    visitor.page.locator("input[name=grade][value='2']").check()


PLACES = (
    of_token("", Kind.ACTIVITY, "held", **FOUR),
    of_token("not satisfied", Kind.ACTIVITY, "held", then=dissatisfied),
    of_token("form errors", Kind.ACTIVITY, "held", then=send),
    of_token("not begun", Kind.ACTIVITY, "long"),
    of_token("kept", Kind.ACTIVITY, "recorded", then=satisfied, fresh=True),
    of_token("of a room", Kind.BOOKING, "released"),
    of_token("at the counter", Kind.CENTER, ""),
    page(TABLET, path=on_tablet),
    page(TABLET, "form errors", path=on_tablet, then=send),
    page(TABLET, "thanks", path=lambda world: f"{on_tablet(world)}?thanks=1"),
    page("ratings:rating_list", who="staff"),
    page("ratings:rating_list", "of the city", who="city_admin"),
    page("ratings:rating_list", "empty", who="sibling_staff"),
    *(of_rating(which) for which in ("verify", "fix", "call back", "done", "good", "service")),
    of_rating("verify", "form errors", then=send),
    page("ratings:code_center", who="staff"),
    page("ratings:code_center", "of the city", who="city_admin"),
    page(
        "ratings:code_activity",
        who="staff",
        path=at("ratings:code_activity", reference=lambda world: world.activities["long"].reference),
    ),
    page(
        "ratings:code_booking",
        who="staff",
        path=at("ratings:code_booking", reference=lambda world: world.bookings["in use"].reference),
    ),
    page("ratings:tablet_start", who="staff"),
    page("ratings:tablet_start", "of the city", who="city_admin"),
)
