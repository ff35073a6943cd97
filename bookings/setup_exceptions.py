"""What can be wrong when rooms, policies, closures and repairs are set up: one class a rule, as in `bookings.exceptions`."""

from django.utils.translation import gettext_lazy as _

from bookings.exceptions import BookingError


class SetupError(BookingError):
    """Base of what the services of `bookings.setup_services` refuse for themselves."""

    status = 400


class NameTaken(SetupError):
    code = "name_taken"
    message = _("This center has a room of that name already.")
    status = 409
    field = "name"


class EnglishNameTaken(SetupError):
    """English pages would show two rooms that can't be told apart."""

    code = "english_name_taken"
    message = _("This center has a room of that English name already.")
    status = 409
    field = "name_en"


class TooFewParts(SetupError):
    code = "too_few_parts"
    message = _("A hall is made of two rooms or more.")
    field = "parts"


class PartsElsewhere(SetupError):
    code = "parts_elsewhere"
    message = _("A hall is made of rooms of its own center.")
    field = "parts"


class SameRoom(SetupError):
    code = "same_room"
    message = _("“%(name)s” is made of exactly these rooms already.")
    status = 409
    field = "parts"


class EndsBeforeStart(SetupError):
    code = "ends_before_start"
    message = _("The end must be after the start.")
    field = "ends_at"
