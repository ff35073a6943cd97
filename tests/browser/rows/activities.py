"""Pages of activities: public ones, and those of who leads them."""

from django.urls import reverse

from tests.browser.place import FOUR, SIGN_IN, Place, at, open_all, page, send
from tests.browser.world import World
from tests.support.browser import Visitor


def of_activity(name: str, which: str, state: str = "", **more: object) -> Place:
    """A page about an activity of the world, as its staff see it."""
    path = at(name, reference=lambda world: world.activities[which].reference)
    return page(name, f"{which} {state}".strip(), path=path, **{"who": "staff"} | more)


def of_somebody_signed_up(name: str) -> Place:
    """A page about the first sign-up for the activity to come."""

    def path(world: World) -> str:
        activity = world.activities["coming"]
        code = next(iter(activity.sign_ups.all())).code  # fetched with the world
        return reverse(name, kwargs={"reference": activity.reference, "code": code})

    return page(name, path=path, who="staff")


def send_none(visitor: Visitor) -> None:
    """Send the dates with none ticked."""
    visitor.page.evaluate("document.querySelectorAll('[name=days]').forEach(one => one.checked = false)")
    send(visitor)


def of_tag(name: str, which: str, **more: object) -> Place:
    """A page about a theme or campaign that the product ships."""
    return page(name, path=at(name, pk=lambda world: world.public_activities.tags[which]), who="city_admin", **more)


def of_public_activity(which: str, state: str = "", **more: object) -> Place:
    path = at("activities:activity_detail", reference=lambda world: world.public_activities.activities[which].reference)
    return page("activities:activity_detail", f"{which} {state}".strip(), path=path, **more)


def of_sign_up(which: str, name: str = "activities:sign_up_detail", **more: object) -> Place:
    path = at(name, code=lambda world: world.public_activities.sign_ups[which].code)
    return page(name, which, path=path, **{"who": "resident"} | more)


PLACES = (
    page("activities:manage_list", who="staff"),
    page(
        "activities:manage_list",
        "all",
        who="city_admin",
        path=lambda world: reverse("activities:manage_list") + "?state=all",
    ),
    page("activities:manage_list", "empty", who="sibling_staff"),
    page("activities:manage_create", who="staff", then=open_all),
    page("activities:manage_create", "form errors", who="staff", then=send),
    *(
        page("activities:manage_create", state, who="staff", path=made_of)
        for state, made_of in (
            (
                "a copy",
                lambda world: f"{reverse('activities:manage_create')}?copy={world.activities['recorded'].reference}",
            ),
            (
                "from a booking",
                lambda world: f"{reverse('activities:manage_create')}?booking={world.bookings['approved'].reference}",
            ),
        )
    ),
    of_activity("activities:manage_edit", "long", then=open_all),
    of_activity("activities:manage_edit", "coming", "of a series"),
    of_activity("activities:manage_cancel", "coming", "of a series"),
    of_activity("activities:series_create", "coming"),
    of_activity("activities:series_create", "draft", "form errors", then=send_none),
    page(
        "activities:series_create",
        "with a room",
        who="staff",
        path=lambda world: (
            reverse("activities:series_create", args=[world.activities["coming"].reference])
            + f"?rule=month_date&times=12&space={world.space.pk}"
        ),
    ),
    page("activities:theme_list"),
    page("activities:theme_list", "no year", path=lambda world: reverse("activities:theme_list") + "?year=2099"),
    page("activities:theme_list_manage", who="city_admin"),
    *(
        page(f"activities:{name}", state, who="city_admin", then=send if state else None)
        for name in ("theme_create", "campaign_create")
        for state in ("", "form errors")
    ),
    of_tag("activities:theme_edit", "theme"),
    of_tag("activities:campaign_edit", "campaign"),
    of_activity("activities:desk_detail", "begun", then=open_all),
    *(of_activity("activities:desk_detail", which) for which in ("coming", "draft", "long", "recorded", "cancelled")),
    *(of_activity("activities:manage_cancel", which) for which in ("coming", "cancelled")),
    *(of_activity("activities:record_create", which) for which in ("held", "recorded", "coming")),
    *(
        of_activity(f"activities:{name}", which, "form errors", then=send)
        for name, which in (
            ("manage_cancel", "coming"),
            ("desk_sign_up", "coming"),
            ("record_create", "held"),
            ("record_revise", "recorded"),
        )
    ),
    of_activity("activities:desk_sign_up", "coming"),
    of_activity("activities:record_revise", "recorded"),
    of_activity("activities:photo_list", "recorded"),
    of_somebody_signed_up("activities:desk_remove"),
    *(
        page("activities:record_held", state, who="staff", then=send if state else None)
        for state in ("", "form errors")
    ),
    page("activities:activity_list", **FOUR),
    page("activities:embed_help"),
    page("activities:embed_list"),
    page("activities:embed_list", "empty", path=lambda world: reverse("activities:embed_list") + "?days=1"),
    page("activities:activity_list", "unfolded", who="resident", then=open_all),
    page(
        "activities:activity_list", "empty", path=lambda world: reverse("activities:activity_list") + "?kind=training"
    ),
    of_public_activity("open", **FOUR),
    of_public_activity("open", "of a resident", **FOUR, who="resident", then=open_all),
    of_public_activity("children", who="resident"),
    of_public_activity("children", "nobody known", who="manager"),
    of_public_activity("children", "form errors", who="manager", then=send),
    of_public_activity("full"),
    of_public_activity("online", who="resident"),
    of_public_activity("long", then=open_all),
    of_public_activity("cancelled", who="resident"),
    of_public_activity("no sign-up"),
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
        path=at("activities:participant_edit", pk=lambda world: world.public_activities.people["child"].pk),
    ),
    page(
        SIGN_IN,
        "activity kept",
        path=at(
            "activities:sign_up_create", reference=lambda world: world.public_activities.activities["long"].reference
        ),
    ),
)
