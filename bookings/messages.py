"""Messages to bookers: which one follows which verb, and its words at the moment it is read or sent."""

import datetime as dt
from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from bookings.choices import Status, Verb
from bookings.models import Booking, BookingEvent
from centers.domain.hours import unpublished_days
from common import clock
from common.words.times import clock_words, span_words
from notifications.domain import message_kinds
from notifications.domain.message_kinds import MessageKind
from notifications.services.posting import post_message
from notifications.values.texts import MessageText

SUBJECT = "booking"
PREFIX = "booking_"
TOLD = (Verb.APPROVE, Verb.REJECT, Verb.CANCEL, Verb.RELEASE, Verb.EXPIRE, Verb.MOVE)
MOVED = "booking_moved"
# Messages that promise a time.
PROMISES = ("booking_confirmed", "booking_requested", "booking_approved", MOVED)

# Each kind, and the status that a booking has as long as what the message says is so.
KINDS = {
    "booking_confirmed": Status.APPROVED,
    "booking_requested": Status.PENDING,
    MOVED: Status.APPROVED,
    **{
        f"{PREFIX}{status.value}": status
        for status in (Status.APPROVED, Status.REJECTED, Status.CANCELLED, Status.RELEASED, Status.EXPIRED)
    },
}


def post_created(booking: Booking) -> None:
    """Tell the booker that it's booked, or asked for. One statement."""
    kind = "booking_confirmed" if booking.status == Status.APPROVED else "booking_requested"
    post_message(recipient=booking.booker, kind=kind, subject_id=booking.reference)


def post_changed(booking: Booking, verb: Verb, actor: User | None) -> None:
    """Tell the booker what others decided; nobody needs a message about what they just did themselves."""
    if verb in TOLD and (actor is None or actor.pk != booking.booker_id):
        kind = MOVED if verb == Verb.MOVE else f"{PREFIX}{Status(booking.status).value}"
        post_message(recipient=booking.booker, kind=kind, subject_id=booking.reference)


def texts_of(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words of many messages of one kind, by booking reference. Two queries; for years not published, four."""
    bookings = (
        Booking.objects.filter(reference__in=list(subject_ids))
        .select_related("space__center")
        .prefetch_related("events")
    )
    days = {booking.pk: (booking.space.center_id, clock.local(booking.starts_at).date()) for booking in bookings}
    uncertain = unpublished_days(days.values())
    return {booking.reference: _text(kind, booking, days[booking.pk] in uncertain) for booking in bookings}


def register_all() -> None:
    """Make the kinds known to the inbox and the channels."""
    for kind in KINDS:
        message_kinds.register(MessageKind(kind, SUBJECT, texts_of))


def _text(kind: str, booking: Booking, is_uncertain: bool) -> MessageText:
    title, body = _words(kind, booking)
    if is_uncertain and kind in PROMISES:
        words = _("The public holidays of %(year)s aren't published yet: this may still change.")
        body = f"{body} {words % {'year': clock.local(booking.starts_at).year}}"
    return MessageText(
        title=title,
        body=body,
        url=reverse("bookings:booking_detail", args=[booking.reference]),
        is_current=booking.status == KINDS[kind],
        stale_after=_booked_until(booking),
    )


def _words(kind: str, booking: Booking) -> tuple[str, str]:
    """Title and sentence. A decision is called what pages call the status it led to."""
    event = _event_of(booking, KINDS[kind])
    parts = {
        "where": _("{center}, {room}").format(
            center=booking.space.center.shown_short_name, room=booking.space.shown_name
        ),
        "when": span_words(booking.starts_at, _booked_until(booking)),
        "before": _time_before(booking),
        "until": clock_words(booking.ends_at),
        "reason": event.reason if event else "",
    }
    titles = {"booking_confirmed": _("Booked"), "booking_requested": _("Request received"), MOVED: _("Booking moved")}
    bodies = {
        "booking_confirmed": _("%(where)s is yours, %(when)s."),
        "booking_requested": _("%(where)s, %(when)s: the center will answer."),
        "booking_approved": _("%(where)s is yours, %(when)s."),
        MOVED: _("%(where)s is now yours %(when)s (before: %(before)s)."),
        "booking_rejected": _("%(where)s, %(when)s: %(reason)s"),
        "booking_cancelled": _("%(where)s, %(when)s: the center cancelled it. %(reason)s"),
        "booking_released": _("%(where)s, %(when)s: the center ended the use at %(until)s. %(reason)s"),
        "booking_expired": _("%(where)s, %(when)s: the center didn't answer in time. We are sorry."),
    }
    return titles.get(kind) or str(KINDS[kind].label), (bodies[kind] % parts).strip()


def _event_of(booking: Booking, status: Status) -> BookingEvent | None:
    """The event that led to `status`, out of those loaded with the booking."""
    return next((event for event in reversed(booking.events.all()) if event.to_status == status), None)


def _time_before(booking: Booking) -> str:
    """Time before the last move, in words; the present one where only the room changed."""
    moves = [event.changes for event in booking.events.all() if event.verb == Verb.MOVE]
    start, end = (
        dt.datetime.fromisoformat(moves[-1][name][0]) if moves and name in moves[-1] else getattr(booking, name)
        for name in ("starts_at", "ends_at")
    )
    return span_words(start, end)


def _booked_until(booking: Booking) -> dt.datetime:
    """The end as it was booked, also where the use was ended early."""
    return booking.planned_ends_at or booking.ends_at
