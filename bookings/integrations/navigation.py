"""Menu entries of bookings."""

from django.utils.translation import gettext_lazy as _

from bookings.selectors.workbench import waiting_count
from common.navigation import Entry, Menu, register, register_counter


def register_all() -> None:
    """Make finding, one's own bookings, deciding and setting up known to the menus."""
    register(
        Menu.SECTIONS,
        Entry(
            "bookings:space_search",
            _("Book venue"),
            20,
            icon="calendar",
            short=_("Book"),
            names=("bookings:space_", "bookings:booking_create"),
        ),
    )
    register(
        Menu.WORK,
        Entry(
            "bookings:decision_list",
            _("Requests"),
            20,
            icon="check",
            short=_("To decide"),
            names=("bookings:booking_",),
            count="waiting",
        ),
    )
    register(
        Menu.SET_UP,
        Entry(
            "bookings:space_list_manage",
            _("Rooms"),
            20,
            names=("bookings:space_create", "bookings:space_edit", "bookings:space_policy_edit"),
        ),
        Entry("bookings:policy_edit", _("Booking rules"), 30),
    )
    register(Menu.ACCOUNT, Entry("bookings:booking_list", _("My bookings"), 30))
    register_counter("waiting", _("to decide"), waiting_count)
