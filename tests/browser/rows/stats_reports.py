"""Pages of reports of months: of a center in each state, and the board of those who review them."""

from django.urls import reverse

from tests.browser.place import Place, open_all, page, send
from tests.browser.reported import WAITING, month_ago
from tests.browser.world import World


def of_report(which: str, state: str = "", *, name: str = "report_detail", **more: object) -> Place:
    def path(world: World) -> str:
        report = world.reports[which]
        return reverse(f"stats:{name}", args=[world.cast.center.code, str(report.of_month)])

    return page(f"stats:{name}", f"{which} {state}".strip(), path=path, **{"who": "manager"} | more)


def of_board(state: str, who: str, ago: int, query: str = "") -> Place:
    def path(world: World) -> str:
        return f"{reverse('stats:review_list', args=[str(month_ago(ago))])}?{query}"

    return page("stats:review_list", state, path=path, who=who, then=open_all)


def of_late_change(state: str = "", **more: object) -> Place:
    def path(world: World) -> str:
        return reverse("stats:late_change_decide", args=[world.late_change.pk])

    return page("stats:late_change_decide", state, path=path, who="city_admin", **more)


PLACES: tuple[Place, ...] = (
    page("stats:report_list", who="manager"),
    page("stats:report_list", "of the city", who="city_admin"),
    page("stats:report_list", "empty", who="other_town_admin"),
    *(of_report(which) for which in ("returned", "waiting", "late", "reopened", "missing")),
    of_report("returned", "of the town", who="town_admin"),
    of_report("returned", "form errors", then=send),
    of_report("missing", name="report_reopen", who="city_admin"),
    of_report("missing", "form errors", name="report_reopen", who="city_admin", then=send),
    of_late_change(),
    of_late_change("form errors", then=send),
    of_board("", "town_admin", WAITING),
    of_board("of the city", "city_admin", WAITING + 1),
    of_board("of a village", "manager", WAITING),
    of_board("of no month yet", "other_town_admin", 0),
)
