"""Pages of figures: what they are made of, their explanation, and the open ones."""

from collections.abc import Callable

from django.urls import reverse

from tests.browser.place import Place, open_all, page
from tests.browser.world import World


def of_figure(name: str, metric: str, period: str = "", more: str = "") -> Callable[[World], str]:
    """The figure of a metric at the world's center; without a period of the month of its recorded activity."""

    def path(world: World) -> str:
        month = f"{world.activities['recorded'].ends_at:%Y-%m}"
        center = world.cast.town if more == "town" else world.cast.center
        return f"{reverse(name, args=[metric])}?center={center.code}&period={period or month}"

    return path


def open_of(period: str) -> Callable[[World], str]:
    return lambda world: f"{reverse('stats:open_detail')}?period={period}"


RECORDS, EXPLAIN = "stats:record_list", "stats:explain_detail"
PEOPLE = "activity.people"

PLACES: tuple[Place, ...] = (
    page(RECORDS, path=of_figure(RECORDS, PEOPLE), who="staff"),
    page(RECORDS, "of a town", path=of_figure(RECORDS, PEOPLE, more="town"), who="town_admin"),
    page(RECORDS, "empty", path=of_figure(RECORDS, PEOPLE, "2020-02"), who="staff"),
    page(RECORDS, "reckoned", path=of_figure(RECORDS, "venue.open_minutes"), who="staff"),
    page(EXPLAIN, path=of_figure(EXPLAIN, PEOPLE, more="town"), who="town_admin", then=open_all),
    page(EXPLAIN, "of a share", path=of_figure(EXPLAIN, "venue.utilisation"), who="staff", then=open_all),
    page(EXPLAIN, "of a set", path=of_figure(EXPLAIN, "activity.persons"), who="staff", then=open_all),
    page(EXPLAIN, "not counted", path=of_figure(EXPLAIN, "inspection.coverage", "2020-02"), who="staff"),
    page("stats:metric_list"),
    page("stats:open_detail"),
    page("stats:open_detail", "of a year", path=open_of("2026")),
    page("stats:open_detail", "long ago", path=open_of("2020-02")),
)
