"""Random networks: a hall of two halves, two towns of different rules, and what happened so far."""

import datetime as dt
import random

from bookings.choices import ConfirmMode, Status
from bookings.exceptions import BookingError
from bookings.models import BookingPolicy, Cell, Maintenance, Space
from bookings.services.booking import check_booking, create_booking, release_early
from bookings.values.policy import Policy
from bookings.values.slot_request import SlotRequest
from centers.models import Center, CenterParent, Closure, SpecialDay
from centers.services.tree import move_center
from common import clock
from tests.factories.bookings import CONTACT, TODAY, TOMORROW, make_booker, make_policy, make_space, open_daily, slot

DAY = dt.timedelta(days=1)
HEADCOUNT = 5


class Network:
    """A hall of two halves with turnarounds of their own in a village that may move to another town tomorrow."""

    def __init__(self, lot: random.Random) -> None:
        city, self.village = Center.objects.get(code="330482"), Center.objects.get(code="330482001001")
        town, self.other_town = Center.objects.get(code="330482001"), Center.objects.get(code="330482002")
        open_daily(city, lot.choice([0, 7, 8]), lot.choice([18, 21, 24]))
        open_daily(self.other_town, lot.choice([0, 6, 9]), lot.choice([17, 24]))
        make_policy(city, quota_count=100, notice_workdays=lot.choice([0, 0, 1, 2]), horizon_days=lot.choice([1, 30]))
        for one in (town, self.other_town):
            make_policy(
                one,
                longest_minutes=lot.choice([30, 90, 150]),
                horizon_days=lot.choice([None, 0, 2, 30]),
                notice_workdays=lot.choice([None, None, 0]),
                confirm_mode=lot.choice(ConfirmMode.values),
            )
        east, west = (Cell.objects.create(center=self.village, name=name) for name in ("东", "西"))
        self.hall = make_space(self.village, "多功能厅", cells=[east, west])
        self.halves = make_space(self.village, "东厅", cells=[east]), make_space(self.village, "西厅", cells=[west])
        for space, minutes in zip(self.spaces, (60, 0, 30), strict=True):
            make_policy(space, turnaround_minutes=minutes, longest_minutes=lot.choice([60, 240, None, None]))
        self.booker = make_booker(1)
        for happening in lot.choices(
            (
                self.somebody_books,
                self.the_center_closes,
                self.a_special_day,
                self.a_repair,
                self.policy_changes,
                self.the_center_moves,
            ),
            k=8,
        ):
            happening(lot)

    @property
    def spaces(self) -> tuple[Space, ...]:
        return (self.hall, *self.halves)

    def somebody_books(self, lot: random.Random) -> None:
        space, day, start = lot.choice(self.spaces), lot.choice((TODAY, TOMORROW)), lot.randrange(16, 42) / 2
        begins, ends = slot(start, start + lot.choice((0.5, 1, 2)), day)
        now = clock.now()
        # As if booked the day before; one of today that has begun may be given back early.
        with clock.frozen(now - DAY):
            try:
                request = SlotRequest(begins, ends, HEADCOUNT, space.pk, self.booker.pk)
                made = create_booking(actor=self.booker, request=request, purpose="other", contact=CONTACT)
            except BookingError:
                return
        is_used = made.status == Status.APPROVED and made.starts_at < now < made.ends_at
        if is_used and lot.random() < 0.7:
            release_early(actor=self.booker, booking=made)

    def the_center_closes(self, lot: random.Random) -> None:
        start = lot.randrange(12, 40) / 2 + lot.choice((0, 1 / 6))
        begins, ends = slot(start, start + 2, lot.choice((TODAY, TOMORROW)))
        Closure.objects.create(center=self.village, starts_at=begins, ends_at=ends, reason="停电")

    def a_special_day(self, lot: random.Random) -> None:
        opens = lot.choice((None, dt.time(9, 0), dt.time(9, 15)))
        closes = dt.time(16, 45) if opens else None
        SpecialDay.objects.get_or_create(
            center=self.village, day=lot.choice((TODAY, TOMORROW)), defaults={"opens": opens, "closes": closes}
        )

    def a_repair(self, lot: random.Random) -> None:
        start = lot.randrange(12, 40) / 2 + lot.choice((0, 0.25))
        begins, ends = slot(start, start + 1, lot.choice((TODAY, TOMORROW)))
        Maintenance.objects.create(space=lot.choice(self.spaces), starts_at=begins, ends_at=ends, reason="检修")

    def policy_changes(self, lot: random.Random) -> None:
        BookingPolicy.objects.filter(space=lot.choice(self.spaces)).update(
            longest_minutes=lot.choice([30, 120, 240]), turnaround_minutes=lot.choice([0, 30, 60, 90])
        )

    def the_center_moves(self, lot: random.Random) -> None:
        """Tomorrow, with its rooms, to a town of other rules and hours."""
        if not CenterParent.objects.filter(center=self.village, parent=self.other_town).exists():
            move_center(actor=None, center=self.village, new_parent=self.other_town, on=TOMORROW)


class Service:
    """What the service says of slots just now; each is asked once."""

    def __init__(self, network: Network) -> None:
        self._booker = network.booker
        self._known: dict[tuple[int, dt.datetime, dt.datetime], str | Policy] = {}

    def _says(self, space_id: int, start: dt.datetime, end: dt.datetime) -> str | Policy:
        key = (space_id, start, end)
        if key not in self._known:
            try:
                self._known[key] = check_booking(request=SlotRequest(start, end, HEADCOUNT, space_id, self._booker.pk))
            except BookingError as error:
                self._known[key] = error.code
        return self._known[key]

    def code(self, space_id: int, start: dt.datetime, end: dt.datetime) -> str | None:
        """The code of the refusal; None where the slot can be booked."""
        says = self._says(space_id, start, end)
        return None if isinstance(says, Policy) else says

    def policy(self, space_id: int, start: dt.datetime, end: dt.datetime) -> Policy:
        """The policy of a slot that can be booked."""
        says = self._says(space_id, start, end)
        assert isinstance(says, Policy), says
        return says
