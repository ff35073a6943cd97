"""Metrics of rooms: uses, people, the share of the open hours that they are used, and requests that came to nothing."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bookings.choices import Status
from bookings.models import Booking
from bookings.selectors.use_of_rooms import use_by_hour, use_of_rooms
from common import clock
from stats.choices import Unit
from stats.domain.metrics import Area, Computed, Metric, Ratio, Shown, Source, Total, Weekly, register

VENUE = Area("venue", _("Use of rooms"), 60)
OURS = _("Ours")
USED = Q(status__in=(Status.APPROVED, Status.RELEASED))
REFUSED = Q(status__in=(Status.REJECTED, Status.EXPIRED))


def _over() -> QuerySet[Booking]:
    return Booking.objects.filter(ends_at__lte=clock.now())


BOOKINGS = Source(
    code="bookings",
    name=_("Bookings whose time is past"),
    rows=_over,
    at="ends_at",
    center="space__center_id",
    show=lambda booking: Shown(f"{booking.space.name} {booking.reference}", booking.get_absolute_url()),
    related=("space",),
)


METRICS: tuple[Metric, ...] = (
    Total(
        code="venue.uses",
        name=_("Uses of rooms"),
        unit=Unit.TIMES,
        area=VENUE,
        definition=_("Bookings that were granted and whose time is past."),
        basis=OURS,
        is_open=True,
        source=BOOKINGS,
        where=USED,
    ),
    Total(
        code="venue.people",
        name=_("People who used rooms"),
        unit=Unit.ATTENDANCES,
        area=VENUE,
        definition=_("People for whom these rooms were booked."),
        basis=OURS,
        is_open=True,
        source=BOOKINGS,
        where=USED,
        value=F("headcount"),
    ),
    Ratio(
        code="venue.utilisation",
        name=_("Share of open hours used"),
        unit=Unit.PERCENT,
        area=VENUE,
        definition=_("Minutes in which rooms were used while their center was open, of all such minutes."),
        basis=OURS,
        is_open=True,
        part="venue.used_minutes",
        whole="venue.open_minutes",
    ),
    Weekly(
        code="venue.by_hour",
        name=_("When rooms stand empty"),
        unit=Unit.PERCENT,
        area=VENUE,
        definition=_("Share of open hours used, for each hour of the week."),
        basis=OURS,
        rows=use_by_hour,
    ),
    Total(
        code="venue.refused",
        name=_("Requests that came to nothing"),
        unit=Unit.TIMES,
        area=VENUE,
        definition=_("Requests that were refused, or that nobody answered in time."),
        basis=OURS,
        source=BOOKINGS,
        where=REFUSED,
    ),
    Computed(
        code="venue.used_minutes",
        name=_("Minutes of rooms used"),
        unit=Unit.MINUTES,
        area=VENUE,
        definition=_("Minutes of granted uses within the open hours, for each part of a room that can be divided."),
        basis=OURS,
        rows=use_of_rooms,
        column=1,
    ),
    Computed(
        code="venue.open_minutes",
        name=_("Minutes of rooms open"),
        unit=Unit.MINUTES,
        area=VENUE,
        definition=_("Minutes in which the center was open by its real calendar, for each part of a room."),
        basis=OURS,
        rows=use_of_rooms,
        column=0,
    ),
)


def register_all() -> None:
    """Make the metrics known to the statistics."""
    register(*METRICS)
