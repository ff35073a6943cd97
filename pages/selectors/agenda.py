"""Day of a center for its staff: bookings and activities together, in order of time."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from activities.models import Activity
from activities.selectors import workbench as activities
from bookings.models import Booking
from bookings.selectors import workbench
from bookings.selectors.workbench import Card
from centers.access import Viewer
from centers.models import Center
from common import clock


@dataclasses.dataclass(frozen=True)
class AgendaRow:
    """A booking, an activity, or an activity with the booking of its room."""

    card: Card | None = None
    activity: Activity | None = None

    @property
    def starts_at(self) -> dt.datetime:
        return self._thing.starts_at

    @property
    def ends_at(self) -> dt.datetime:
        return self._thing.ends_at

    @property
    def is_on(self) -> bool:
        """Whether it is going on."""
        return self.card.is_in_use if self.card and not self.activity else self.starts_at <= clock.now() < self.ends_at

    @property
    def waits(self) -> bool:
        """Whether its booking waits for an answer."""
        return bool(self.card and self.card.booking.is_undecided)

    @property
    def _thing(self) -> Booking | Activity:
        if self.activity is not None:
            return self.activity
        assert self.card is not None  # noqa: S101 - one of the two is there
        return self.card.booking


@dataclasses.dataclass(frozen=True)
class Agenda:
    """Agenda of a center for one day. `before_now`: rows that have begun, `after_now`: those to come, both by start.

    `ended`: what is over; `gone`: bookings that were cancelled, refused or not answered.
    """

    day: dt.date
    before_now: list[AgendaRow]
    after_now: list[AgendaRow]
    ended: list[AgendaRow]
    gone: list[Card]

    @property
    def count(self) -> int:
        """Number of bookings and activities that aren't over."""
        return len(self.before_now) + len(self.after_now)

    @property
    def shows_now(self) -> bool:
        """Whether the line of the present parts the rows."""
        return self.day == clock.today() and bool(self.count)


def agenda_of(center: Center, day: dt.date, held: Sequence[Booking], viewer: Viewer) -> Agenda:
    """Agenda of `center` on `day`, given what holds its rooms (`held_on`). Seven queries, however many rows."""
    led, now = activities.on_day(center, day), clock.now()
    rows = merged(workbench.cards(held, viewer), led)
    alive = [row for row in rows if row.ends_at > now]
    gone = workbench.cards(workbench.given_back_on(center, day), viewer)
    return Agenda(
        day,
        before_now=[row for row in alive if row.starts_at <= now],
        after_now=[row for row in alive if row.starts_at > now],
        ended=[row for row in rows if row.ends_at <= now],
        gone=gone,
    )


def merged(cards: Sequence[Card], led: Sequence[Activity]) -> list[AgendaRow]:
    """Bookings and activities by start; a booking that an activity was made of stands with it."""
    by_booking = {card.booking.pk: card for card in cards}
    rows = [AgendaRow(by_booking.pop(activity.booking_id or 0, None), activity) for activity in led]
    rows += [AgendaRow(card) for card in by_booking.values()]
    return sorted(rows, key=lambda row: (row.starts_at, row.ends_at))


def rows_to_come(center: Center, day: dt.date) -> int:
    """Number of rows of an agenda that aren't over. Two queries."""
    now, led = clock.now(), activities.on_day(center, day)
    made_of = {activity.booking_id for activity in led}
    held = [booking for booking in workbench.held_on(center, day) if booking.pk not in made_of]
    return sum(booking.ends_at > now for booking in held) + sum(activity.ends_at > now for activity in led)
