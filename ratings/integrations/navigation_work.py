"""Menu entry of ratings among the work, with the number of follow-ups that wait."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Group, Menu, register, register_counter
from ratings.selectors.staff import follow_up_count


def register_all() -> None:
    """Make the ratings known to the work menu."""
    register(
        Menu.WORK,
        Entry(
            "ratings:rating_list",
            _("Ratings"),
            50,
            icon="message",
            names=("ratings:rating_detail", "ratings:code_", "ratings:tablet_start"),
            count="open_follow_ups",
            in_tab_bar=False,
            group=Group.ACTIVITIES,
        ),
    )
    register_counter("open_follow_ups", _("bad ratings to follow up"), follow_up_count)
