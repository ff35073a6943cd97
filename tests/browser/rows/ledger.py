"""Pages of ledgers, their files and the work log."""

from django.urls import reverse

from common import clock
from tests.browser.place import Place, at, page, send
from tests.browser.rows.activities import of_activity
from tests.browser.world import World


def of_file(which: str) -> Place:
    path = at("ledger:export_detail", key=lambda world: world.ledger_files[which].key)
    return page("ledger:export_detail", which, path=path, who="staff")


def of_line(state: str, days: int, **more: object) -> Place:
    path = at(
        "ledger:log_line",
        code=lambda world: world.cast.center.code,
        day=lambda world: world.log_days[days],
    )
    return page("ledger:log_line", state, path=path, who="staff", **more)


def long_ago(name: str) -> object:
    return lambda world: f"{reverse(name)}?month=2020-02"


def this_month(name: str) -> object:
    """The month of the day before yesterday, which isn't this one on the first two of a month."""

    def path(world: World) -> str:
        day = clock.local(world.activities["recorded"].ends_at).date()
        return f"{reverse(name)}?month={day:%Y-%m}"

    return path


PLACES: tuple[Place, ...] = (
    page("ledger:ledger_list", who="staff", path=this_month("ledger:ledger_list")),
    page("ledger:ledger_list", "of the city", who="city_admin"),
    page("ledger:ledger_list", "empty", who="staff", path=long_ago("ledger:ledger_list")),
    of_activity("ledger:ledger_detail", "recorded"),
    of_activity("ledger:ledger_detail", "held"),
    *(of_file(which) for which in ("running", "made", "failed", "swept")),
    page("ledger:work_log", who="staff", path=this_month("ledger:work_log")),
    page("ledger:work_log", "empty", who="sibling_staff", path=long_ago("ledger:work_log")),
    of_line("first", 0),
    of_line("form errors", 0, then=send),
    of_line("to correct", 1),
)
