"""Pages of study visits, inspections, coverage and the archive."""

from django.urls import reverse

from tests.browser.place import Place, at, open_all, page, send


def of_kind(name: str, which: str, state: str = "", **more: object) -> Place:
    """A page about an activity of a kind, as its staff see it."""
    path = at(f"activities:{name}", reference=lambda world: world.kinds.activities[which].reference)
    return page(f"activities:{name}", f"{which} {state}".strip(), path=path, **{"who": "staff"} | more)


def of_visit(name: str, which: str, state: str = "", **more: object) -> Place:
    path = at(f"activities:{name}", reference=lambda world: world.kinds.visits[which].reference)
    return page(f"activities:{name}", f"{which} {state}".strip(), path=path, **{"who": "resident"} | more)


def of_rectification(name: str, which: str, state: str = "", **more: object) -> Place:
    path = at(f"activities:{name}", pk=lambda world: world.kinds.rectifications[which].pk)
    return page(f"activities:{name}", f"{which} {state}".strip(), path=path, **{"who": "staff"} | more)


PLACES = (
    page("activities:visit_create", who="resident"),
    page("activities:visit_create", "form errors", who="resident", then=send),
    page("activities:visit_list", who="resident"),
    page("activities:visit_list", "empty", who="manager"),
    *(of_visit("visit_detail", which) for which in ("waiting", "long", "refused", "withdrawn", "confirmed")),
    page("activities:visit_queue", who="staff"),
    page("activities:visit_queue", "empty", who="sibling_staff"),
    *(of_visit("visit_decide", which, who="staff") for which in ("waiting", "long", "confirmed")),
    of_visit("visit_decide", "refused", who="staff"),
    of_visit("visit_refuse", "waiting", who="staff"),
    of_visit("visit_refuse", "waiting", "form errors", who="staff", then=send),
    of_kind("inspection_detail", "inspection"),
    of_kind("inspection_detail", "planned inspection"),
    of_kind("rectification_create", "inspection"),
    of_kind("rectification_create", "inspection", "form errors", then=send),
    page("activities:rectification_list", who="staff"),
    page("activities:rectification_list", "empty", who="sibling_staff"),
    *(of_rectification("rectification_detail", which, then=open_all) for which in ("open", "overdue", "done")),
    of_rectification("rectification_detail", "open", "form errors", then=send),
    of_rectification("rectification_send_back", "done"),
    of_rectification("rectification_send_back", "done", "form errors", then=send),
    page("activities:coverage_detail", who="staff"),
    page("activities:coverage_detail", "of the city", who="city_admin"),
    page(
        "activities:coverage_detail",
        "makes no sense",
        who="staff",
        path=lambda world: reverse("activities:coverage_detail") + "?from=x&to=2020-01-01",
    ),
    page("activities:coverage_detail", "empty", who="other_town_admin"),
    of_kind("desk_detail", "reception"),
    of_kind("desk_detail", "inspection"),
    of_kind("desk_detail", "archived", who="town_admin"),
    of_kind("archive_create", "recorded"),
    of_kind("archive_create", "recorded", "form errors", then=send),
    of_kind("archive_create", "inspection"),
    of_kind("archive_reopen", "archived", who="town_admin"),
    of_kind("archive_reopen", "archived", "form errors", who="town_admin", then=send),
    page(
        "activities:manage_create",
        "an inspection",
        who="staff",
        path=lambda world: reverse("activities:manage_create") + "?kind=inspection",
    ),
    page(
        "activities:manage_create",
        "a study visit",
        who="staff",
        path=lambda world: reverse("activities:manage_create") + "?kind=reception",
    ),
)
