"""Context of a booking's pages: the check before sending, the booking itself, alternatives to a lost slot."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import User
from bookings import permissions
from bookings.choices import HOLDING, LIVE, Purpose
from bookings.domain.policies import resolve
from bookings.domain.snapshot import Snapshot
from bookings.domain.uses import uses_of
from bookings.exceptions import BookingError, OverCapacity, OverQuota, SlotTaken
from bookings.models import Booking, BookingContact, BookingEvent, Space
from bookings.selectors.search.alternatives import Alternative, alternatives_for
from bookings.selectors.space.page import notice_words
from bookings.selectors.unusable import refusals_of_use
from bookings.values.policy import Policy
from bookings.values.slot_request import SlotRequest
from bookings.values.slots import slot_query
from centers.access import Viewer
from centers.domain.hours import dates, unpublished_days
from common import clock
from common.words.names import center_name, zh
from common.words.numbers import people_words
from common.words.times import span_words
from notifications.selectors.reminders import reminder_due


def frame_of(is_own: bool) -> str:
    """Template around a booking's page: for its booker that of their own pages, for staff that of their work."""
    return "base.html" if is_own else "base_staff.html"


def same_booking(user: User, request: SlotRequest) -> Booking | None:
    """The person's own booking of just this slot: what a second click or the back button sends again."""
    same = Booking.objects.own(user).live().filter(space=request.space_id)
    same = same.filter(starts_at=request.starts_at, ends_at=request.ends_at)
    return same.select_related("contact").first()


def differs(booking: Booking, data: dict[str, Any]) -> bool:
    """Whether the clean data of a form of its slot ask for something else than this booking has."""
    contact = getattr(booking, "contact", None)
    has = {"headcount": booking.headcount, "purpose": booking.purpose}
    has |= {name: getattr(contact, name, "") for name in ("name", "organisation", "note")}
    return any(data[name] != value for name, value in has.items() if name in data)


def existing_booking_words(booking: Booking) -> str:
    """Words that the person's booking stands as it was made, and how to change it."""
    contact = getattr(booking, "contact", None)
    return _(
        "You have booked this slot already, and that stands: %(people)s, contact %(name)s. "
        "To change it, cancel it and book again."
    ) % {"people": people_words(booking.headcount), "name": contact.name if contact else "—"}


def usual_contact(user: User) -> dict[str, str]:
    """Contact and organisation as the person gave them last; the account's name if never."""
    last = BookingContact.objects.filter(booking__booker=user).order_by("-booking_id").first()
    return {"name": last.name, "organisation": last.organisation} if last else {"name": user.name}


def check_context(
    user: User, space: Space, request: SlotRequest, purpose: str, policy: Policy | None, error: BookingError | None
) -> dict[str, Any]:
    """Context of the check page.

    The answers with a way to change each, and alternatives where the slot can't be had. `policy`: that of the day of
    use, where the service has told it already.
    """
    snapshot = Snapshot.take() if error else None
    if policy is None:
        policies = snapshot.policies_on(request.day) if snapshot else resolve([space.pk], request.day)
        policy, _lineage = policies[space.pk]
    back = f"{space.get_absolute_url()}?{slot_query(*request.span, request.headcount)}&purpose={purpose}"
    # Who has used up the month's bookings can't have another slot either.
    helps = error and not isinstance(error, OverQuota)
    alternatives = alternatives_for(request, space=space, user=user, snapshot=snapshot) if helps else []
    return {
        "space": space,
        "request_made": request,
        "purpose": purpose,
        "policy": policy,
        "unpublished_year": unpublished_year(space.center_id, request.day),
        "refusal": error,
        "is_taken": isinstance(error, SlotTaken),
        "larger_url": _search_url(space, request) if isinstance(error, OverCapacity) else "",
        "alternatives": [instead(way, purpose) for way in alternatives],
        "back_url": f"{back}#book",
        "notices": notice_words(policy),
        "pairs": [
            {
                "label": _("Slot"),
                "value": format_html("<b>{}</b>", span_words(*request.span, full=True)),
                "url": f"{back}#week",
            },
            {"label": _("Venue"), "value": _venue(space), "url": f"{back}#book"},
            {"label": _("Headcount"), "value": people_words(request.headcount), "url": f"{back}#book"},
            {"label": _("Purpose"), "value": Purpose(purpose).label, "url": f"{back}#book"},
            {"label": _("Mobile"), "value": user.masked_phone or "—", "url": None},
        ],
    }


def _search_url(space: Space, request: SlotRequest) -> str:
    """Rooms for as many people at that time, from this center on."""
    start, end = clock.local(request.starts_at), clock.local(request.ends_at)
    wanted = {"day": start.date(), "start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "headcount": request.headcount}
    return f"{reverse('bookings:space_search')}?{urlencode({**wanted, 'near': space.center.code})}"


def unpublished_year(center_id: int, *days: dt.date) -> int | None:
    """First year of these days whose holidays aren't published, so that hours and deadlines on them may still change.

    Two queries or none.
    """
    return min((day.year for _center, day in unpublished_days((center_id, day) for day in days)), default=None)


def _days_promised(booking: Booking) -> list[dt.date]:
    """The day of use, and while an answer is due the days its deadline was reckoned over."""
    used = clock.local(booking.starts_at).date()
    if not booking.is_undecided or booking.decide_by is None:
        return [used]
    return [*dates(clock.local(booking.created_at).date(), clock.local(booking.decide_by).date()), used]


def _venue(space: Space) -> str:
    return format_html(_("{room}, {center}"), room=zh(space.shown_name), center=center_name(space.center.shown_name))


def instead(way: Alternative, purpose: str) -> dict[str, Any]:
    """An alternative as `components/_alternatives.html` shows it, leading to its own check page."""
    query = f"{slot_query(way.starts_at, way.ends_at, way.headcount)}&purpose={purpose}"
    words = {name: getattr(way, name) for name in ("kind", "changed", "title", "place", "facts")}
    return {**words, "url": f"{reverse('bookings:booking_create', args=[way.room.id])}?{query}"}


def detail_context(user: User, booking: Booking, *, is_new: bool) -> dict[str, Any]:
    """Context of a booking's page. The contact is shown to its booker in full, to staff with the phone masked."""
    is_own = booking.booker_id == user.pk
    events = list(booking.events.select_related("actor"))
    may_act = permissions.can_cancel(user, booking)
    refusal = refusals_of_use([booking]).get(booking.pk)
    can_cancel, can_release = may_act and booking.is_to_come, may_act and booking.can_end_early
    is_done_with = bool(refusal) or not (can_cancel or can_release)
    return {
        "booking": booking,
        "space": booking.space,
        "center": booking.space.center,
        "contact": getattr(booking, "contact", None),
        "events": events,
        "reason": _reason_of(booking, events[-1]) if events else "",
        "alternatives": _instead_of(booking, user) if is_own and _is_lost(booking, events) else [],
        "is_own": is_own,
        "frame_of_page": frame_of(is_own),
        "is_new": is_new and is_own,
        "tone": booking.tone,
        "unpublished_year": unpublished_year(booking.space.center_id, *_days_promised(booking))
        if booking.is_to_come
        else None,
        "refusal": refusal,
        "can_cancel": can_cancel,
        "can_take_along": is_own and not refusal and booking.status in LIVE and booking.ends_at > clock.now(),
        "reminded_at": reminder_due(user, booking.starts_at) if is_own and booking.is_to_come else None,
        "is_cancelled_in_time": booking.cancel_by > clock.now(),
        "can_release": can_release,
        "can_decide": booking.is_undecided and permissions.can_decide(user, booking),
        "may_call": may_act and not is_own,
        "uses": uses_of([booking], user)[booking.pk],
        "again_url": booking.again_url if is_own and is_done_with else "",
    }


def _reason_of(booking: Booking, last: BookingEvent) -> str:
    """Why others ended it, as they said; nothing where the booker did."""
    return last.reason if last.to_status == booking.status and last.actor_id != booking.booker_id else ""


def _is_lost(booking: Booking, events: list[BookingEvent]) -> bool:
    """Whether others took back the time, or never answered, while it could still be used elsewhere."""
    by_booker = bool(events) and events[-1].actor_id == booking.booker_id
    return booking.status not in HOLDING and not by_booker and booking.starts_at > clock.now()


def _instead_of(booking: Booking, user: Viewer) -> list[dict[str, Any]]:
    request = SlotRequest(booking.starts_at, booking.ends_at, booking.headcount, booking.space_id, booking.booker_id)
    ways = alternatives_for(request, space=booking.space, user=user)
    return [instead(way, booking.purpose) for way in ways]
