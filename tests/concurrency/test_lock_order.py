"""Two halls of the same rooms, bound in opposite order: whoever books either queues, and nobody waits in a ring."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from bookings import exceptions as refused
from bookings.domain import occupancy
from bookings.models import Booking, Cell, Occupancy, Space
from bookings.values.slot_request import SlotRequest
from centers.models import Center
from common.database import is_deadlock
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.usefixtures("clock")]

RIVALS = 10
DAYS = [dt.date(2026, 12, 1) + dt.timedelta(days=n) for n in range(15)]
Rivals = Callable[[list[Callable[[], Any]]], list[Any]]


@pytest.fixture
def halls() -> list[Space]:
    city = Center.objects.get(code="330482")
    open_daily(city)
    make_policy(city, quota_count=100)
    cells = [Cell.objects.create(center=city, name=name) for name in ("东", "中", "西")]
    halls = [make_space(city, name, cells=cells[:1]) for name in ("甲", "乙")]
    for hall, order in zip(halls, (cells, cells[::-1]), strict=True):
        hall.cells.clear()
        for cell in order:
            hall.cells.add(cell)
    return halls


def was_a_deadlock(error: refused.SlotTaken) -> bool:
    return isinstance(error.__cause__, OperationalError) and is_deadlock(error.__cause__)


def test_a_rush_on_both_has_one_winner_a_day_and_no_deadlock(halls: list[Space], rivals: Rivals) -> None:
    bookers = [make_booker(number) for number in range(RIVALS)]

    def book_all(number: int) -> list[refused.SlotTaken]:
        lost = []
        for day in DAYS:
            try:
                book(bookers[number], halls[number % 2], 9, 10, day=day)
            except refused.SlotTaken as error:
                lost.append(error)
        return lost

    results = rivals([lambda number=number: book_all(number) for number in range(RIVALS)])  # type: ignore[misc]
    assert all(isinstance(result, list) for result in results), results
    lost = [error for result in results for error in result]
    assert len(lost) == (RIVALS - 1) * len(DAYS)
    assert not [error for error in lost if was_a_deadlock(error)]
    assert Booking.objects.count() == len(DAYS)
    assert Occupancy.objects.count() == len(DAYS) * 3


def test_the_locks_are_asked_for_in_the_same_order(halls: list[Space], rivals: Rivals) -> None:
    """Whatever path the database would take through the tables."""
    for hall in halls:
        for setting in ("enable_nestloop", "enable_hashjoin", "enable_mergejoin"):
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL {setting} = off")
                    cursor.execute(occupancy.LOCK_CELLS_AND_BOOKER, {"spaces": [hall.pk], "booker": 1})
                    locked_with_booker, _ = cursor.fetchone()
                for ids in (occupancy.lock_cells([hall.pk]), locked_with_booker):
                    assert ids == sorted(ids)


def test_who_loses_a_deadlock_all_the_same_reads_that_the_slot_is_taken(
    halls: list[Space], rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Locks taken one by one in opposite order, by a path that forgot the rule: the database ends one of the two."""
    together = threading.Barrier(2)

    def lock_in_order_of_binding(request: SlotRequest) -> occupancy.Taken:
        through = Space.cells.through.objects.filter(space_id=request.space_id).order_by("pk")
        cell_ids = list(through.values_list("cell_id", flat=True))
        for cell_id in cell_ids:
            Cell.objects.select_for_update().get(pk=cell_id)
            if cell_id == cell_ids[0]:
                together.wait(30)
        return occupancy.taken_for(request)

    monkeypatch.setattr(occupancy, "lock_and_read_taken", lock_in_order_of_binding)
    bookers = [make_booker(number) for number in range(2)]
    results = rivals([lambda n=n: book(bookers[n], halls[n], 9, 10, day=DAYS[0]) for n in range(2)])  # type: ignore[misc]
    assert sorted(type(result).__name__ for result in results) == ["Booking", "SlotTaken"]
    [loser] = [result for result in results if isinstance(result, refused.SlotTaken)]
    assert was_a_deadlock(loser)
