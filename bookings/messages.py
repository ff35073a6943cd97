"""What people are told about bookings: which message follows which verb, and its words at the moment it is read."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.choices import Status, Verb
from bookings.models import Booking
from common.words.times import span_words
from notifications import registry, services

PREFIX = "booking_"
TOLD = (Verb.APPROVE, Verb.REJECT, Verb.CANCEL, Verb.EXPIRE)


def post_created(booking: Booking) -> None:
    """Tell the booker that it's booked, or asked for. One statement."""
    kind = "booking_confirmed" if booking.status == Status.APPROVED else "booking_requested"
    services.post(recipient=booking.booker, kind=kind, subject_id=booking.reference)


def post_moved(booking: Booking, verb: Verb, actor: Any) -> None:
    """Tell the booker what others decided; nobody needs a message about what they just did themselves."""
    if verb in TOLD and (actor is None or actor.pk != booking.booker_id):
        services.post(
            recipient=booking.booker, kind=f"{PREFIX}{Status(booking.status).value}", subject_id=booking.reference
        )


def _words(kind: str, booking: Booking, reason: str) -> tuple[str, str]:
    where = _("{center}, {room}").format(center=booking.space.center.shown_short_name, room=booking.space.shown_name)
    when = span_words(booking.starts_at, booking.planned_ends_at or booking.ends_at)
    parts = {"where": where, "when": when, "reason": reason}
    texts = {
        "booking_confirmed": (_("Booked"), _("%(where)s is yours, %(when)s.")),
        "booking_requested": (_("Request received"), _("%(where)s, %(when)s: the center will answer.")),
        "booking_approved": (_("Approved"), _("%(where)s is yours, %(when)s.")),
        "booking_rejected": (_("Not granted"), _("%(where)s, %(when)s: %(reason)s")),
        "booking_cancelled": (_("Cancelled by the center"), _("%(where)s, %(when)s: %(reason)s")),
        "booking_expired": (
            _("Not decided in time"),
            _("%(where)s, %(when)s: the center didn't answer in time. We are sorry."),
        ),
    }
    title, body = texts[kind]
    return title, body % parts


def wordings(kind: str, subject_ids: Iterable[str]) -> dict[str, registry.Wording]:
    """Words of many messages of one kind, by booking reference. Two queries."""
    bookings = (
        Booking.objects.filter(reference__in=list(subject_ids))
        .select_related("space__center")
        .prefetch_related("events")
    )
    result = {}
    for booking in bookings:
        events = list(booking.events.all())
        title, body = _words(kind, booking, events[-1].reason if events else "")
        result[booking.reference] = registry.Wording(
            title=title, body=body, url=reverse("bookings:booking_detail", args=[booking.reference])
        )
    return result


KINDS = (
    "booking_confirmed",
    "booking_requested",
    "booking_approved",
    "booking_rejected",
    "booking_cancelled",
    "booking_expired",
)


def register_all() -> None:
    """Make the kinds known to the inbox and the channels."""
    for kind in KINDS:
        registry.register(kind, wordings)
