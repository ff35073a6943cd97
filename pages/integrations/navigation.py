"""Menu entries of the composed pages."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Group, Menu, belongs, register


def register_all() -> None:
    """Register the pages in the menus."""
    register(
        Menu.SECTIONS,
        Entry("pages:home", _("Home"), 10, icon="home", short=_("Home")),
        Entry("pages:find", _("Find anything"), 80, icon="search", in_masthead=False, in_tab_bar=False),
        Entry(
            "pages:my_page",
            _("My page"),
            90,
            icon="person",
            short=_("Mine"),
            names=(
                "bookings:booking_",
                "activities:sign_up_",
                "activities:participant_",
                "activities:feed_",
                "notifications:",
                "account_",
            ),
            count="unread",
            in_masthead=False,
        ),
    )
    belongs(Menu.SECTIONS, "centers:center_list", "pages:center_")
    register(
        Menu.WORK,
        Entry(
            "pages:workbench",
            _("Workbench"),
            10,
            icon="grid",
            short=_("Work"),
            names=("pages:lookup", "pages:day_list", "pages:network_"),
        ),
        Entry("pages:more", _("More"), 90, icon="list", in_masthead=False, group=Group.REST),
    )
    register(Menu.SET_UP, Entry("pages:center_manage", _("Overview"), 10))
    register(Menu.ACCOUNT, Entry("pages:workbench", _("Workbench"), 90, staff_only=True))
    register(
        Menu.ABOUT,
        Entry("pages:about", _("About"), 10),
        Entry("pages:privacy", _("Privacy"), 20),
        Entry("pages:accessibility", _("Accessibility"), 30),
        Entry("pages:api_docs", _("API"), 40),
        Entry("pages:site_map", _("Site map"), 50),
    )
