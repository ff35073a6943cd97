"""Whatever people and calendars do in whatever order.

No overlap, and the occupancy is exactly that of the holding bookings.
"""

import datetime as dt
from itertools import pairwise

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bookings.choices import HOLDING, ConfirmMode
from bookings.exceptions import BookingError
from bookings.models import Booking, BookingPolicy, Cell, Occupancy
from bookings.services import booking as booking_services
from bookings.services import spaces
from centers.choices import Role
from centers.models import Center, CenterRole
from common import clock
from tests.factories.bookings import TOMORROW, book, make_booker, make_policy, make_space, open_daily

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("clock")]

hours = st.integers(0, 47).map(lambda half: half / 2)
lengths = st.integers(1, 8).map(lambda half: half / 2)


class BookingMachine(RuleBasedStateMachine):
    """A hall of two rooms, three people and a manager, on one day and the next."""

    bookings = Bundle("bookings")

    @initialize()
    def set_up(self) -> None:
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.city = Center.objects.get(code="330482")
        open_daily(self.city)
        self.policy = make_policy(self.city, quota_count=50)
        cells = [Cell.objects.create(center=self.city, name=name) for name in "东西"]
        self.spaces = [
            make_space(self.city, "大厅", cells=cells),
            *(make_space(self.city, cell.name, cells=[cell]) for cell in cells),
        ]
        self.people = [make_booker(n) for n in range(3)]
        self.manager = make_booker(9)
        CenterRole.objects.create(user=self.manager, center=self.city, role=Role.MANAGER, valid=DateRange(None, None))

    @rule(
        target=bookings,
        who=st.integers(0, 2),
        what=st.integers(0, 2),
        start=hours,
        length=lengths,
        later=st.integers(0, 1),
    )
    def create(self, who: int, what: int, start: float, length: float, later: int) -> Booking | None:
        try:
            with transaction.atomic():
                return book(
                    self.people[who], self.spaces[what], start, start + length, day=TOMORROW + dt.timedelta(days=later)
                )
        except BookingError:
            return None

    @rule(booking=bookings, verb=st.sampled_from(["approve", "reject", "cancel", "release"]))
    def move(self, booking: Booking | None, verb: str) -> None:
        if booking is None:
            return
        try:
            with transaction.atomic():
                if verb == "approve":
                    booking_services.approve_booking(actor=self.manager, booking=booking)
                elif verb == "reject":
                    booking_services.reject_booking(actor=self.manager, booking=booking, reason="另有安排")
                elif verb == "cancel":
                    booking_services.cancel_booking(actor=booking.booker, booking=booking)
                else:
                    booking_services.release_early(actor=booking.booker, booking=booking)
        except BookingError:
            pass

    @rule(minutes=st.integers(10, 400))
    def time_passes(self, minutes: int) -> None:
        clock._frozen = clock.now() + dt.timedelta(minutes=minutes)
        booking_services.expire_undecided(now=clock.now())

    @rule(mode=st.sampled_from(ConfirmMode.values), turnaround=st.sampled_from([0, 30, 60]))
    def policy_changes(self, mode: str, turnaround: int) -> None:
        BookingPolicy.objects.filter(pk=self.policy.pk).update(confirm_mode=mode, turnaround_minutes=turnaround)

    @rule(start=hours, length=lengths)
    def center_closes(self, start: float, length: float) -> None:
        begin = clock.midnight(TOMORROW) + dt.timedelta(hours=start)
        end = begin + dt.timedelta(hours=length)
        stranded = spaces.close_center(
            actor=self.manager, center=self.city, starts_at=begin, ends_at=end, reason="停电"
        )
        expected = Booking.objects.live().overlapping(begin, end)
        assert {booking.pk for booking in stranded} == set(expected.values_list("pk", flat=True))

    @rule(what=st.integers(0, 2), start=hours, length=lengths)
    def space_is_repaired(self, what: int, start: float, length: float) -> None:
        begin = clock.midnight(TOMORROW) + dt.timedelta(hours=start)
        spaces.add_maintenance(
            actor=self.manager,
            space=self.spaces[what],
            starts_at=begin,
            ends_at=begin + dt.timedelta(hours=length),
            reason="检修",
        )

    @invariant()
    def nothing_overlaps_and_occupancy_is_what_holds(self) -> None:
        if not hasattr(self, "spaces"):
            return
        held = {(row.booking_id, row.cell_id, row.span.lower, row.span.upper) for row in Occupancy.objects.all()}
        due = {
            (booking.pk, cell.pk, booking.starts_at, booking.ends_at + dt.timedelta(minutes=booking.turnaround_minutes))
            for booking in Booking.objects.filter(status__in=HOLDING).prefetch_related("space__cells")
            for cell in booking.space.cells.all()
        }
        assert held == due
        rows = sorted((cell, lower, upper) for _booking, cell, lower, upper in held)
        for (cell, _lower, upper), (next_cell, next_lower, _upper) in pairwise(rows):
            assert cell != next_cell or upper <= next_lower

    def teardown(self) -> None:
        if hasattr(self, "rollback"):
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)


def test_no_overlap_and_occupancy_equals_the_holding_bookings() -> None:
    start = clock.now()
    # An example is some twenty steps with a transaction each.
    limits = settings(max_examples=settings.default.max_examples // 4, suppress_health_check=list(HealthCheck))

    class Fresh(BookingMachine):
        def __init__(self) -> None:
            super().__init__()
            clock._frozen = start

    run_state_machine_as_test(Fresh, settings=limits)
