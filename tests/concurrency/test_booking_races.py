"""Rivals for the same slot, by threads on real connections; canaries show which guard holds when another is off."""

import contextlib
import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, connections

from bookings import exceptions as refused
from bookings.choices import ConfirmMode, Status
from bookings.domain import occupancy
from bookings.models import NO_OVERLAP, Booking, Occupancy, Space
from bookings.services import booking as booking_services
from bookings.values.slot_request import SlotRequest
from centers.models import Center
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily, slot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.usefixtures("clock")]

RIVALS, SLOTS = 20, 20
DAYS = [dt.date(2026, 12, 1) + dt.timedelta(days=n) for n in range(SLOTS)]


@pytest.fixture
def space() -> Space:
    city = Center.objects.get(code="330482")
    open_daily(city)
    make_policy(city, quota_count=100)
    return make_space(city)


def all_at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of `count` threads got or raised, all let go at the same moment."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(number: int) -> None:
        try:
            barrier.wait()
            results[number] = act(number)
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def rush(space: Space) -> Counter[str]:
    """Every rival wants every slot, all in the same order, so that each is fought over by everybody.

    How it ended, counted.
    """
    bookers = [make_booker(n) for n in range(RIVALS)]

    def act(number: int) -> Counter[str]:
        ended: Counter[str] = Counter()
        for turn in range(SLOTS):
            try:
                book(bookers[number], space, 9, 10, day=DAYS[turn])
                ended["won"] += 1
            except refused.SlotTaken:
                ended["taken"] += 1
        return ended

    results = all_at_once(RIVALS, act)
    failed = [result for result in results if isinstance(result, Exception)]
    assert not failed, failed[0]
    return sum(results, Counter())


def without_lock(patch: pytest.MonkeyPatch) -> None:
    """Let bookings read what is taken without queueing for it."""
    patch.setattr(occupancy, "lock_and_read_taken", occupancy.taken_for)


def drop_constraint() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE bookings_occupancy DROP CONSTRAINT {NO_OVERLAP}")


def test_one_winner_a_slot_and_a_clean_refusal_for_everybody_else(space: Space) -> None:
    assert rush(space) == {"won": SLOTS, "taken": RIVALS * SLOTS - SLOTS}
    assert Occupancy.objects.count() == Booking.objects.count() == SLOTS


def test_canary_without_the_lock_the_constraint_holds(space: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    without_lock(monkeypatch)
    assert rush(space)["won"] == SLOTS


def test_canary_without_the_constraint_the_lock_holds(space: Space) -> None:
    drop_constraint()
    assert rush(space)["won"] == SLOTS


def test_canary_without_either_the_room_is_booked_twice(space: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    drop_constraint()
    without_lock(monkeypatch)
    assert rush(space)["won"] > SLOTS


def test_straight_sql_meets_the_constraint(space: Space) -> None:
    """Twenty connections insert into twenty slots by hand.

    Twenty rows, every loser gets 23P01, or 40P01 where they waited in a ring.
    """
    template = book(make_booker(99), space, 9, 10, day=dt.date(2026, 12, 24))
    cell = space.cells.get()

    def act(number: int) -> list[str]:
        codes = []
        for turn in range(SLOTS):
            start, end = slot(14, 15, DAYS[(turn + number) % SLOTS])
            try:
                with connections["default"].cursor() as cursor:
                    cursor.execute(
                        "INSERT INTO bookings_occupancy (cell_id, span, booking_id) VALUES (%s, tstzrange(%s, %s), %s)",
                        [cell.pk, start, end, template.pk],
                    )
                codes.append("")
            except (IntegrityError, OperationalError) as error:
                codes.append(str(getattr(error.__cause__, "pgcode", error)))
        return codes

    codes = Counter(code for result in all_at_once(RIVALS, act) for code in result)
    assert codes[""] == SLOTS
    assert set(codes) <= {"", "23P01", "40P01"}


def test_quota_holds_for_a_person_who_clicks_everywhere_at_once(space: Space) -> None:
    assert quota_rush(space) == 3


def test_canary_without_its_lock_the_quota_breaks(space: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    def lock_cells_alone(request: SlotRequest) -> occupancy.Taken:
        occupancy.lock_cells([request.space_id or 0])
        return occupancy.taken_for(request)

    monkeypatch.setattr(occupancy, "lock_and_read_taken", lock_cells_alone)
    assert quota_rush(space) > 3


def quota_rush(space: Space) -> int:
    """One person books ten different rooms in the same moment, with a quota of three. How many succeed."""
    space.center.booking_policy.delete()
    make_policy(space.center, quota_count=3)
    booker = make_booker(1)
    rooms = [make_space(space.center, f"房间{n}") for n in range(10)]
    # All have counted before any has written: what a quota without a lock lets through.
    together = threading.Barrier(10)
    counted = booking_services.checked_facts

    def count_then_wait(*args: Any) -> Any:
        facts = counted(*args)
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(timeout=0.3)
        return facts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(booking_services, "checked_facts", count_then_wait)
        results = all_at_once(10, lambda n: book(booker, rooms[n], 9, 10))
    assert all(isinstance(result, (Booking, refused.OverQuota)) for result in results), results
    return Booking.objects.filter(booker=booker).count()


def test_two_staff_decide_at_once_and_one_of_them_is_told_so(space: Space) -> None:
    from django.db.backends.postgresql.psycopg_any import DateRange

    from accounts.models import User
    from centers.choices import Role
    from centers.models import CenterRole

    space.center.booking_policy.delete()
    make_policy(space.center, confirm_mode=ConfirmMode.STAFF)
    booking = book(make_booker(1), space, 9, 10)
    staff = [User.objects.create(username=f"staff-{n}") for n in range(2)]
    for person in staff:
        CenterRole.objects.create(user=person, center=space.center, role=Role.STAFF, valid=DateRange(None, None))

    def decide(number: int) -> Booking:
        if number:
            return booking_services.approve_booking(actor=staff[1], booking=booking)
        return booking_services.reject_booking(actor=staff[0], booking=booking, reason="另有安排")

    results = all_at_once(2, decide)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyDecided", "Booking"]
    booking.refresh_from_db()
    assert Occupancy.objects.exists() == (booking.status == Status.APPROVED)
