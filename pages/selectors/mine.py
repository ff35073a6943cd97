"""Context of “My page”: the next thing, all that a person is in by time, offers to answer, people, messages."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from activities.choices import SignUpState
from activities.models import SignUp
from activities.selectors.mine import own_attended, own_coming, people, shown_tag
from activities.selectors.rows import Tag, place_of
from activities.values.door import OPENS_BEFORE
from bookings.models import Booking
from centers import access
from centers.models import Center
from common import clock
from notifications.models import InboxMessage
from notifications.selectors.inbox import inbox_entries

BOOKINGS_SHOWN = 5
SIGN_UPS_SHOWN = 8
MESSAGES_SHOWN = 3
ATTENDED_SHOWN = 3


@dataclasses.dataclass(frozen=True)
class Coming:
    """A booking or a sign-up that is to come, as one line of one list."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str
    center: Center
    who: str
    number: str
    tag: Tag
    url: str
    is_booking: bool
    is_in: bool = False

    @property
    def door_opens_at(self) -> dt.datetime:
        return self.starts_at - OPENS_BEFORE


def my_page(user: access.Viewer) -> dict[str, Any]:
    """Context of what is to come, the people and the unread messages of `user`.

    The queries depend on the kinds of messages, not on any number.
    """
    booked = Booking.objects.own(user).live().upcoming(clock.now()).order_by("starts_at", "id")
    bookings = list(booked.select_related("space__center")[:BOOKINGS_SHOWN])
    sign_ups = own_coming(user)
    offers = [sign_up for sign_up in sign_ups if sign_up.state == SignUpState.OFFERED]
    others = [sign_up for sign_up in sign_ups if sign_up.state != SignUpState.OFFERED][:SIGN_UPS_SHOWN]
    coming = sorted([*map(_booking, bookings), *map(_sign_up, others)], key=lambda one: one.starts_at)
    first = _next(coming)
    unread = InboxMessage.objects.visible_to(user).unread()[:MESSAGES_SHOWN]
    return {
        "bookings": bookings,
        "offers": offers,
        "next": first,
        "coming": [one for one in coming if one is not first],
        "attended": own_attended(user)[:ATTENDED_SHOWN],
        "people": people(user),
        "letters": inbox_entries(unread),
    }


def _next(coming: Sequence[Coming]) -> Coming | None:
    """The soonest that is certain; where all is waited for, the soonest."""
    return next((one for one in coming if one.is_booking or one.is_in), coming[0] if coming else None)


def next_thing(user: access.Viewer) -> Coming | None:
    """The soonest of what `user` has booked or is signed up for. Two queries, none for visitors."""
    if not user.is_authenticated:
        return None
    booked = Booking.objects.own(user).live().upcoming(clock.now()).order_by("starts_at", "id")
    bookings = booked.select_related("space__center")[:1]
    coming = [*map(_booking, bookings), *map(_sign_up, own_coming(user)[:1])]
    return min(coming, key=lambda one: one.starts_at, default=None)


def _booking(booking: Booking) -> Coming:
    return Coming(
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        title=booking.space.shown_name,
        place="",
        center=booking.space.center,
        who=str(booking.get_purpose_display()),
        number=booking.reference,
        tag=Tag(str(booking.shown_status), booking.tone),
        url=booking.get_absolute_url(),
        is_booking=True,
    )


def _sign_up(sign_up: SignUp) -> Coming:
    activity = sign_up.activity
    return Coming(
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        title=activity.title,
        place=place_of(activity),
        center=activity.center,
        who=sign_up.participant.name,
        number=sign_up.code,
        tag=shown_tag(sign_up),
        url=sign_up.get_absolute_url(),
        is_booking=False,
        is_in=sign_up.state == SignUpState.IN,
    )
