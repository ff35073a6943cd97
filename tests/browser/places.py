"""Every page of the portal and what it can look like: a row an address, a state, who looks.

A page that isn't here fails the suite.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tests.browser.world import World
from tests.support.browser import EVERY_MODE, THREE_MODES, Mode, Visitor
from tests.support.cast import ANONYMOUS

# Answer forms and machines, or only show the way; there is nothing to look at.
NOT_PAGES = frozenset(
    {
        "set_language",
        "accounts:elder_mode",
        "activities:activity_calendar",
        "activities:feed_file",
        "activities:participant_remove",
        "activities:sign_up_accept",
        "activities:sign_up_calendar",
        "activities:sign_up_create",
        "activities:sign_up_decline",
        "bookings:booking_approve",
        "bookings:booking_phone",
        "centers:special_day_remove",
        "pages:healthz",
        "pages:arrival",
    }
)
MACHINES = ("api_",)
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


def of_activity(which: str, state: str = "", **more: object) -> Place:
    path = at("activities:activity_detail", reference=lambda world: world.happening.activities[which].reference)
    return page("activities:activity_detail", f"{which} {state}".strip(), path=path, **more)


def of_sign_up(which: str, name: str = "activities:sign_up_detail", **more: object) -> Place:
    path = at(name, code=lambda world: world.happening.sign_ups[which].code)
    return page(name, which, path=path, **{"who": "resident"} | more)


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
CREATE = "bookings:booking_create"

PLACES = (
    page("pages:home", **FOUR),
    page("bookings:space_search", **FOUR, path=lambda world: world.search()),
    of_space("bookings:space_detail", "slot chosen", **FOUR, query=lambda world: world.slot(11)),
    of_space(CREATE, **FOUR, who="resident", query=lambda world: world.slot(11)),
    page("pages:home", "for a worker", who="staff"),
    page("pages:about"),
    page("pages:privacy"),
    page("pages:accessibility"),
    page("pages:site_map"),
    page("pages:api_docs"),
    page("bookings:space_search", "nothing asked"),
    page("bookings:space_search", "nothing found", path=lambda world: world.search(headcount=1999)),
    page("bookings:space_search", "makes no sense", path=lambda world: world.search(end="08:00", headcount="many")),
    page("bookings:space_search", "unfolded", path=lambda world: world.search(equipment="projector"), then=open_all),
    of_space("bookings:space_detail", "long names", room="long_room", then=open_all),
    of_space("bookings:space_detail", "slot lost", query=lambda world: world.slot(9)),
    of_space(CREATE, "long names", room="long_room", who="resident", query=lambda world: world.slot(11)),
    of_space(CREATE, "slot lost", who="stranger", query=lambda world: world.slot(9)),
    of_space(CREATE, "form errors", who="resident", query=lambda world: world.slot(11), then=send),
    page("centers:center_list", then=open_all),
    page("centers:center_list", "nothing found", path=lambda world: reverse("centers:center_list") + "?q=zzzz"),
    of_center("pages:center_detail"),
    page(
        "pages:center_detail", "long names", path=at("pages:center_detail", code=lambda world: world.cast.sibling.code)
    ),
    page("pages:center_detail", "of the city", path=at("pages:center_detail", code=lambda world: world.cast.city.code)),
    page("pages:center_detail", "gone", path=at("pages:center_detail", code=lambda world: "none"), status=404),
    page("bookings:booking_list", who="resident"),
    page("bookings:booking_list", "empty", who="manager"),
    *(
        of_booking("bookings:booking_detail", which)
        for which in ("approved", "pending", "rejected", "cancelled", "expired", "released", "long")
    ),
    of_booking("bookings:booking_detail", "today", who="staff"),
    of_booking("bookings:booking_detail", "shut"),
    of_booking("bookings:booking_detail", "shut", who="staff"),
    of_booking("bookings:booking_cancel", "approved"),
    of_booking("bookings:booking_cancel", "cancelled"),
    of_booking("bookings:booking_cancel", "pending", who="staff", then=send),
    of_booking("bookings:booking_release", "in use"),
    of_booking("bookings:booking_release", "in use", who="staff", then=send),
    of_booking("bookings:booking_release", "cancelled"),
    page("notifications:message_list", who="resident"),
    page("notifications:message_list", "empty", who="manager"),
    page("activities:activity_list", **FOUR),
    page("activities:activity_list", "unfolded", who="resident", then=open_all),
    page(
        "activities:activity_list", "empty", path=lambda world: reverse("activities:activity_list") + "?kind=training"
    ),
    of_activity("open", **FOUR),
    of_activity("open", "of a resident", **FOUR, who="resident", then=open_all),
    of_activity("children", who="resident"),
    of_activity("children", "nobody known", who="manager"),
    of_activity("children", "form errors", who="manager", then=send),
    of_activity("full"),
    of_activity("online", who="resident"),
    of_activity("long", then=open_all),
    of_activity("cancelled", who="resident"),
    of_activity("no sign-up"),
    page("activities:sign_up_list", who="resident"),
    page("activities:sign_up_list", "empty", who="manager"),
    *(of_sign_up(which) for which in ("in", "waiting", "offered", "online", "cancelled", "left")),
    of_sign_up("in", who="staff"),
    of_sign_up("in", "activities:sign_up_leave"),
    of_sign_up("left", "activities:sign_up_leave"),
    page("activities:participant_list", who="resident"),
    page("activities:participant_list", "empty", who="manager"),
    page("activities:feed_detail", who="resident"),
    page("activities:feed_detail", "opened", who="resident", then=send),
    page("activities:participant_create", who="resident"),
    page("activities:participant_create", "form errors", who="resident", then=send),
    page(
        "activities:participant_edit",
        who="resident",
        path=at("activities:participant_edit", pk=lambda world: world.happening.people["child"].pk),
    ),
    page(
        SIGN_IN,
        "activity kept",
        path=at("activities:sign_up_create", reference=lambda world: world.happening.activities["long"].reference),
    ),
    page("pages:my_page", who="resident"),
    page("pages:my_page", "empty", who="manager"),
    page(SIGN_IN),
    page(SIGN_IN, "form errors", then=send),
    page(SIGN_IN, "slot kept", path=lambda world: f"{reverse(CREATE, args=[world.long_room.pk])}?{world.slot(11)}"),
    page("account_confirm_login_code", path=at(SIGN_IN), then=ask_for_a_code, fresh=True),
    page("account_confirm_login_code", "form errors", path=at(SIGN_IN), then=enter_a_wrong_code, fresh=True),
    page("account_login"),
    page("account_login", "form errors", then=send),
    page("account_logout", who="stranger"),
    page("accounts:password", who="staff"),
    page("accounts:password", "form errors", who="staff", then=send),
    page("accounts:password", "the first", who="newcomer", path=at("pages:workbench")),
    page("accounts:signed_out"),
    page("account_inactive"),
    page("pages:workbench", who="staff"),
    page("pages:workbench", "of the city", who="city_admin"),
    page("pages:workbench", "empty", who="sibling_staff"),
    page("bookings:decision_list", who="staff"),
    page(
        "bookings:decision_list",
        "all",
        who="city_admin",
        path=lambda world: reverse("bookings:decision_list") + "?status=",
    ),
    page("bookings:decision_list", "empty", who="sibling_staff"),
    of_booking("bookings:booking_reject", "pending", who="staff"),
    page(
        "bookings:booking_reject",
        "form errors",
        who="staff",
        path=at("bookings:booking_reject", reference=lambda world: world.bookings["pending"].reference),
        then=send,
    ),
    of_center("pages:center_manage", who="manager"),
    page(
        "pages:center_manage",
        "empty",
        who="town_admin",
        path=at("pages:center_manage", code=lambda world: world.cast.town.code),
    ),
    of_center("pages:center_manage", "forbidden", who="staff", status=403),
    of_center("bookings:space_list_manage", who="manager"),
    page(
        "bookings:space_list_manage",
        "long names",
        who="town_admin",
        path=at("bookings:space_list_manage", code=lambda world: world.cast.sibling.code),
    ),
    of_center("bookings:space_create", who="manager"),
    of_center("bookings:space_create", "form errors", who="manager", then=send),
    of_space("bookings:space_edit", who="manager"),
    of_space("bookings:space_edit", "long names", room="long_room", who="town_admin"),
    of_center("bookings:policy_edit", who="manager"),
    of_space("bookings:space_policy_edit", who="manager"),
    of_center("centers:hours_edit", who="manager"),
    of_center("centers:special_day_list", who="manager"),
    of_center("centers:special_day_list", "form errors", who="manager", then=send),
    of_center("centers:role_list", who="manager"),
    of_center("centers:role_list", "form errors", who="manager", then=send),
    of_post("centers:role_end", role="staff", who="manager"),
    of_post("centers:role_end", "of oneself", role="manager", who="manager"),
    of_post("centers:role_end", "form errors", role="manager", who="manager", then=send_no_day),
    of_post("centers:staff_password", role="staff", who="manager"),
    of_post("centers:staff_password", "form errors", role="staff", who="manager", then=send),
    of_post("centers:staff_password", "of oneself", role="manager", who="manager", status=403),
    of_center("centers:staff_create", who="manager"),
    of_center("centers:staff_create", "form errors", who="manager", then=send),
)
