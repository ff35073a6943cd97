"""Menu entry of the monthly reports among the work, with the number of those that wait."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Group, Menu, register, register_counter
from stats.selectors.report_list import waiting_count


def register_all() -> None:
    """Make the reports known to the work menu."""
    register(
        Menu.WORK,
        Entry(
            "stats:report_list",
            _("Monthly reports"),
            15,
            icon="check",
            names=("stats:report_", "stats:review_", "stats:late_change_"),
            count="reports_waiting",
            in_tab_bar=False,
            group=Group.RECORDS,
        ),
    )
    register_counter("reports_waiting", _("reports to submit or to review"), waiting_count)
