"""Menu entries of activities among the work, each with the number of what waits."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.selectors.inspections import urgent_count
from activities.selectors.visits import waiting_count
from activities.selectors.workbench import unrecorded_count
from common.navigation import Entry, Group, Menu, register, register_counter


def register_all() -> None:
    """Make the activities known to the work menu."""
    register(
        Menu.WORK,
        Entry(
            "activities:manage_list",
            pgettext_lazy("work", "Activities"),
            30,
            icon="list",
            short=_("Events"),
            group=Group.ACTIVITIES,
            names=(
                "activities:manage_",
                "activities:desk_",
                "activities:record_",
                "activities:photo_",
                "activities:inspection_",
                "activities:archive_",
                "activities:wall_detail",
            ),
            count="unrecorded",
        ),
        Entry(
            "activities:visit_queue",
            _("Study visits"),
            34,
            icon="door",
            names=("activities:visit_decide", "activities:visit_refuse"),
            count="visits",
            group=Group.ACTIVITIES,
            in_tab_bar=False,
        ),
        Entry(
            "activities:rectification_list",
            _("To put right"),
            36,
            icon="alert",
            names=("activities:rectification_",),
            count="rectifications",
            group=Group.ACTIVITIES,
            in_tab_bar=False,
        ),
        Entry("activities:record_held", _("Record an activity"), 25, icon="edit", short=_("Record")),
        Entry("activities:coverage_detail", _("Coverage"), 42, icon="network", in_tab_bar=False, group=Group.RECORDS),
    )
    register_counter("unrecorded", _("to record"), unrecorded_count)
    register_counter("visits", _("to answer"), waiting_count)
    register_counter("rectifications", _("overdue or to verify"), urgent_count)
