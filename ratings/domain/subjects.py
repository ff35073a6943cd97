"""Subject of a rating: the activity, the use of a room, or the center's services that a token names."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from activities.choices import COUNTED, ActivityState, SignUpState
from activities.models import Activity, SignUp
from bookings.choices import Status
from bookings.models import Booking
from catalog.domain.offers import Offer, offers_at
from catalog.models import Service
from centers.models import Center
from common import clock
from ratings.exceptions import NotBegunYet, NotHeld, RatingError, RatingIsOver, ServiceMissing
from ratings.values.limits import RATED_FOR
from ratings.values.tokens import Kind, Token, visit_key

HELD = (ActivityState.PUBLISHED, *COUNTED)
USED = (Status.APPROVED, Status.RELEASED)


@dataclasses.dataclass(frozen=True)
class Subject:
    """Subject of a rating at `center`: an activity, a booking, or neither, where one of the services is chosen.

    `code`: of the sign-up that was asked to rate, if one was.
    """

    center: Center
    activity: Activity | None = None
    booking: Booking | None = None
    code: str = ""
    is_there: bool = True

    @property
    def is_service(self) -> bool:
        return self.activity is None and self.booking is None

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime] | None:
        """Beginning and end of what is rated; None for services, which have none."""
        thing = self.activity or self.booking
        return (thing.starts_at, thing.ends_at) if thing else None

    @property
    def name(self) -> str:
        """Name of the activity or the room, as people entered it; empty for services."""
        if self.activity:
            return self.activity.title
        return self.booking.space.shown_name if self.booking else ""

    def refusal(self) -> RatingError | None:
        """Why it can't be rated now: not held, not begun, or too long ago. None if it can."""
        if self.span is None:
            return None
        if not self.is_there:
            return NotHeld()
        now, (begins, ends) = clock.now(), self.span
        if begins > now:
            return NotBegunYet()
        return RatingIsOver(days=RATED_FOR.days) if ends + RATED_FOR <= now else None

    def visits(self, visitor: str, service: Service | None = None) -> list[str]:
        """Keys of the visit of a browser (`visitor`), the one to be kept first.

        A sign-up is one visit, from whatever browser; and whoever has rated the activity by the code on the wall is
        asked no second time. A service may be rated again another day.
        """
        if self.activity:
            of_browser = visit_key("activity", self.activity.pk, visitor)
            return [visit_key("sign_up", self.code), of_browser] if self.code else [of_browser]
        if self.booking:
            return [visit_key("booking", self.booking.pk, visitor)]
        if service is None:
            return []
        return [visit_key("service", self.center.pk, service.pk, clock.today(), visitor)]


def subject_of(token: Token) -> Subject | None:
    """Subject that a token names, with its center; None where it is gone. One query."""
    return FINDERS[token.kind](token.key)


def _of_activity(reference: str) -> Subject | None:
    activity = Activity.objects.filter(reference=reference).select_related("center").first()
    return Subject(activity.center, activity, is_there=activity.state in HELD) if activity else None


def _of_sign_up(code: str) -> Subject | None:
    sign_up = SignUp.objects.filter(code=code).select_related("activity__center").first()
    if sign_up is None:
        return None
    activity = sign_up.activity
    is_there = activity.state in HELD and sign_up.state == SignUpState.IN
    return Subject(activity.center, activity, code=sign_up.code, is_there=is_there)


def _of_booking(reference: str) -> Subject | None:
    booking = Booking.objects.filter(reference=reference).select_related("space__center").first()
    return Subject(booking.space.center, booking=booking, is_there=booking.status in USED) if booking else None


def _of_center(code: str) -> Subject | None:
    center = Center.objects.public().filter(code=code).first()
    return Subject(center) if center else None


FINDERS: dict[Kind, Callable[[str], Subject | None]] = {
    Kind.ACTIVITY: _of_activity,
    Kind.SIGN_UP: _of_sign_up,
    Kind.BOOKING: _of_booking,
    Kind.CENTER: _of_center,
}


def services_at(center: Center) -> list[Offer]:
    """Services that can be rated at a center: those it offers, in its words. One query."""
    return offers_at(center)


def chosen_service(center: Center, pk: int | None) -> Service:
    """The service of that id, if the center offers it. Raises ServiceMissing."""
    found = next((offer.service for offer in services_at(center) if offer.service.pk == pk), None)
    if found is None:
        raise ServiceMissing
    return found
