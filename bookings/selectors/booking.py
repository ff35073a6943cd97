"""What the pages of a booking show: the check before sending, the booking itself, the way on from a lost slot."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import permissions
from bookings.choices import Purpose
from bookings.domain.policies import policy_of
from bookings.exceptions import BookingError, OverQuota, SlotTaken
from bookings.models import Booking, BookingContact, Space
from bookings.selectors.outside_hours import outside_hours
from bookings.selectors.search.alternatives import Alternative, alternatives_for
from bookings.selectors.space.page import notice_words
from bookings.values.slots import slot_query
from common import clock
from common.words.names import center_name, zh
from common.words.times import span_words


def same_booking(user: Any, space: Space, start: dt.datetime, end: dt.datetime) -> Booking | None:
    """The person's own booking of just this slot: what a second click or the back button sends again."""
    own = Booking.objects.own(user).live().filter(space=space, starts_at=start, ends_at=end)
    return own.select_related("contact").first()


def differs(booking: Booking, data: dict[str, Any]) -> bool:
    """Whether the clean data of a form of its slot ask for something else than this booking has."""
    contact = getattr(booking, "contact", None)
    has = {"people": booking.headcount, "purpose": booking.purpose}
    has |= {name: getattr(contact, name, "") for name in ("name", "organisation", "note")}
    return any(data[name] != value for name, value in has.items() if name in data)


def standing_words(booking: Booking) -> str:
    """That the person's booking stands as it was made, and how to change it."""
    people = ngettext("%(n)d person", "%(n)d people", booking.headcount) % {"n": booking.headcount}
    contact = getattr(booking, "contact", None)
    return _(
        "You have booked this slot already, and that stands: %(people)s, contact %(name)s. "
        "To change it, cancel it and book again."
    ) % {"people": people, "name": contact.name if contact else "—"}


def usual_contact(user: Any) -> dict[str, str]:
    """Contact and organisation as the person gave them last; the account's name if never."""
    last = BookingContact.objects.filter(booking__booker=user).order_by("-booking_id").first()
    return {"name": last.name, "organisation": last.organisation} if last else {"name": user.name}


def check_context(user: Any, space: Space, slot: dict[str, Any], error: BookingError | None) -> dict[str, Any]:
    """Context of the check page: the answers with a way to change each, and alternatives where the slot can't be had."""
    policy, _lineage = policy_of(space.pk)
    back = (
        f"{space.get_absolute_url()}?{slot_query(slot['start'], slot['end'], slot['people'])}&purpose={slot['purpose']}"
    )
    people = ngettext("%(n)d person", "%(n)d people", slot["people"])
    # who has used up the month's bookings can't have another slot either
    helps = error and not isinstance(error, OverQuota)
    alternatives = (
        alternatives_for(space=space, start=slot["start"], end=slot["end"], headcount=slot["people"], user=user)
        if helps
        else []
    )
    return {
        "space": space,
        "slot": slot,
        "policy": policy,
        "refusal": error,
        "is_taken": isinstance(error, SlotTaken),
        "alternatives": [instead(way, slot["purpose"]) for way in alternatives],
        "back_url": f"{back}#book",
        "notices": notice_words(policy),
        "pairs": [
            {
                "label": _("Slot"),
                "value": format_html("<b>{}</b>", span_words(slot["start"], slot["end"], full=True)),
                "url": f"{back}#week",
            },
            {"label": _("Venue"), "value": _venue(space), "url": f"{back}#book"},
            {"label": _("Headcount"), "value": people % {"n": slot["people"]}, "url": f"{back}#book"},
            {"label": _("Purpose"), "value": Purpose(slot["purpose"]).label, "url": f"{back}#book"},
            {"label": _("Mobile"), "value": user.masked_phone or "—", "url": None},
        ],
    }


def _venue(space: Space) -> str:
    return format_html(_("{room}, {center}"), room=zh(space.shown_name), center=center_name(space.center.shown_name))


def instead(way: Alternative, purpose: str) -> dict[str, Any]:
    """An alternative as `components/_alternatives.html` shows it, leading to its own check page."""
    query = f"{slot_query(way.start, way.end, way.headcount)}&purpose={purpose}"
    words = {name: getattr(way, name) for name in ("kind", "changed", "title", "place", "facts")}
    return {**words, "url": f"{reverse('bookings:booking_create', args=[way.room.id])}?{query}"}


def detail_context(user: Any, booking: Booking, *, is_new: bool) -> dict[str, Any]:
    """Context of a booking's page. The contact is shown to its booker in full, to staff with the phone masked."""
    now = clock.now()
    is_own = booking.booker_id == user.pk
    may_act = permissions.can_cancel(user, booking)
    return {
        "booking": booking,
        "space": booking.space,
        "center": booking.space.center,
        "contact": getattr(booking, "contact", None),
        "events": booking.events.select_related("actor"),
        "is_own": is_own,
        "is_new": is_new and is_own,
        "tone": booking.tone,
        "is_outside_hours": bool(outside_hours([booking])),
        "can_cancel": may_act and booking.is_to_come,
        "is_cancelled_in_time": booking.cancel_by > now,
        "can_release": may_act and booking.can_end_early,
        "can_decide": booking.is_undecided and permissions.can_decide(user, booking),
        "may_call": may_act and not is_own,
        "again_url": f"{booking.space.get_absolute_url()}?people={booking.headcount}",
    }
