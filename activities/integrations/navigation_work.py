"""Menu entry of activities among the work, with the number that wait to be recorded."""

from django.utils.translation import gettext_lazy as _

from activities.selectors.workbench import unrecorded_count
from common.navigation import Entry, Menu, register, register_counter


def register_all() -> None:
    """Make the activities known to the work menu."""
    register(
        Menu.WORK,
        Entry(
            "activities:manage_list",
            _("Activities"),
            30,
            icon="list",
            names=("activities:manage_", "activities:desk_", "activities:record_", "activities:wall_detail"),
            count="unrecorded",
        ),
    )
    register_counter("unrecorded", _("to record"), unrecorded_count)
