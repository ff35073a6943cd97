"""Menu entries of activities."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Menu, register


def register_all() -> None:
    """Make finding an activity, and one's own sign-ups and people, known to the menus."""
    register(
        Menu.SECTIONS,
        Entry(
            "activities:activity_list",
            _("Activities"),
            25,
            icon="list",
            short=_("Events"),
            names=("activities:activity_", "activities:sign_up_create"),
        ),
    )
    register(
        Menu.ACCOUNT,
        Entry("activities:sign_up_list", _("My sign-ups"), 40),
        Entry("activities:visit_list", _("My study visits"), 45),
        Entry("activities:participant_list", _("My people"), 50),
        Entry("activities:feed_detail", _("In my own calendar"), 60),
    )
