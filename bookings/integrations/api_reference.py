"""Part of the page about the API on spaces and bookings."""

from django.utils.translation import gettext_lazy as _

from bookings.exceptions import BookingError, SetupError, SlotTaken
from common.api import reference


def register_all() -> None:
    """Name the parts, and list what booking refuses: not what people meet who set up rooms."""
    reference.register_section("spaces", _("Spaces and free time"))
    reference.register_section("bookings", _("Bookings"))
    reference.register_refusals(error for error in BookingError.__subclasses__() if error is not SetupError)
    reference.register_example(SlotTaken, alternatives=["…"])
