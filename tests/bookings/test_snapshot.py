"""The snapshot of the network: what writes to a table behind it, by any path, is seen by the next search and list."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bookings import exceptions as refused
from bookings.domain.snapshot import Snapshot
from bookings.models import BookingPolicy, Space
from bookings.selectors.search.results import SearchCriteria, find
from bookings.values.slot_request import SlotRequest
from centers.choices import CalendarMark, CenterStatus, DayKind
from centers.models import (
    CalendarOverride,
    CalendarYear,
    Center,
    CenterAncestor,
    CenterParent,
    Closure,
    Level,
    SnapshotVersion,
    SpecialDay,
    WeeklyHours,
)
from centers.services.tree import move_center
from tests.factories.bookings import TOMORROW, make_policy, make_space, open_daily, slot
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

TODAY = dt.date(2026, 11, 24)
# A day of a year whose public holidays nobody has published.
UNPUBLISHED = dt.date(2027, 2, 2)
ROOM = "二楼活动室"
Seen = dict[str, Any]


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    """One room, open daily but on public holidays."""
    cast = make_cast()
    open_daily(cast.city)
    WeeklyHours.objects.filter(day_kind=DayKind.HOLIDAY).delete()
    make_space(cast.center, ROOM)
    return cast


def seen(cast: Cast, day: dt.date = TOMORROW) -> Seen:
    """What a search of the afternoon and a list of centers show of the room and its center."""
    found = find(SearchCriteria(SlotRequest(*slot(14, 15, day), 10), cast.center.pk))
    snapshot = Snapshot.take()
    listed = {center.id: center for center in snapshot.centers}
    next_year = snapshot.opening(UNPUBLISHED, UNPUBLISHED).get(cast.center.pk)
    center = listed.get(cast.center.pk)
    return {
        "rooms": [one.room.name for one in found.free],
        "at": [one.room.center_name for one in found.fit],
        "lineage": [one.lineage for one in found.fit],
        "reasons": list(found.excluded),
        "level": center and center.level.name,
        "parent": center and center.parent_id,
        "uncertain": next_year and next_year[UNPUBLISHED].year_unpublished,
    }


def close(cast: Cast) -> None:
    start, end = slot(8, 20)
    Closure.objects.create(center=cast.city, starts_at=start, ends_at=end, reason="停电")


SHUT = {"rooms": [], "reasons": [refused.CenterShut.code]}
# By model: what is done to its table, and what is seen differently at once.
CHANGES: dict[type[Any], tuple[Callable[[Cast], Any], Callable[[Cast], Seen]]] = {
    Space: (lambda cast: Space.objects.update(name="改名"), lambda cast: {"rooms": ["改名"]}),
    BookingPolicy: (
        lambda cast: make_policy(cast.city, longest_minutes=30),
        lambda cast: {"rooms": [], "reasons": [refused.TooLong.code]},
    ),
    WeeklyHours: (lambda cast: WeeklyHours.objects.all().delete(), lambda cast: SHUT),
    SpecialDay: (lambda cast: SpecialDay.objects.create(center=cast.town, day=TOMORROW), lambda cast: SHUT),
    Closure: (close, lambda cast: SHUT),
    CalendarOverride: (
        lambda cast: CalendarOverride.objects.create(center=cast.city, day=TOMORROW, mark=CalendarMark.HOLIDAY),
        lambda cast: SHUT,
    ),
    CalendarYear: (
        lambda cast: CalendarYear.objects.create(center=cast.city, year=UNPUBLISHED.year),
        lambda cast: {"uncertain": False},
    ),
    Center: (
        lambda cast: Center.objects.filter(pk=cast.center.pk).update(name="改名"),
        lambda cast: {"at": ["改名"]},
    ),
    CenterAncestor: (
        lambda cast: CenterAncestor.objects.filter(center=cast.center, ancestor=cast.city).delete(),
        lambda cast: SHUT | {"lineage": [[cast.center.pk, cast.town.pk]]},
    ),
    CenterParent: (
        lambda cast: CenterParent.objects.filter(center=cast.center).update(parent=cast.other_town),
        lambda cast: {"parent": cast.other_town.pk},
    ),
    Level: (
        lambda cast: Level.objects.filter(pk=cast.center.level_id).update(name="邻里"),
        lambda cast: {"level": "邻里"},
    ),
}


def behind_the_snapshot() -> set[type[Any]]:
    return {model for model, trigger in pgtrigger.registered() if trigger.name == "renews_snapshot_version"}


@pytest.mark.parametrize("model", CHANGES, ids=lambda model: model.__name__)
def test_a_change_is_seen_at_once(cast: Cast, model: type[Any]) -> None:
    change, differently = CHANGES[model]
    before = seen(cast)
    assert before["rooms"] == [ROOM]
    change(cast)
    assert seen(cast) == before | differently(cast)


def test_a_center_that_is_public_no_more_is_gone_at_once(cast: Cast) -> None:
    assert seen(cast)["rooms"] == [ROOM]
    Center.objects.filter(pk=cast.center.pk).update(status=CenterStatus.PLANNED)
    assert not any(seen(cast).values())


def test_each_table_behind_the_snapshot_is_tried() -> None:
    assert set(CHANGES) == behind_the_snapshot()


def test_each_table_that_the_snapshot_reads_renews_it(cast: Cast) -> None:
    Center.objects.filter(pk=cast.center.pk).update(phone="0573-00000001")  # so that nothing is known yet
    Space.objects.update(description="有投影")
    with CaptureQueriesContext(connection) as queries:
        snapshot = Snapshot.take()
        assert snapshot.rooms
        assert snapshot.centers
        assert snapshot.policies_on(TODAY)
        assert snapshot.ranked_from(cast.center.pk)
        assert snapshot.opening(TODAY, TOMORROW)
        assert snapshot.earliest_day(cast.center.pk, 1)
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    words = set(re.findall(r"\w+", " ".join(query["sql"] for query in queries)))
    assert {tables[word] for word in words & set(tables)} == behind_the_snapshot() | {SnapshotVersion}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bookings_space SET name = '改名'",
        "DELETE FROM centers_weeklyhours",
        "INSERT INTO centers_specialday (center_id, day, reason) SELECT id, '2026-11-25', '' FROM centers_center",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE centers_weeklyhours",
    ],
)
def test_so_is_one_by_straight_sql(cast: Cast, statement: str) -> None:
    before = seen(cast)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert seen(cast) != before


def test_nothing_is_asked_anew_while_nothing_changes(cast: Cast) -> None:
    seen(cast)
    with CaptureQueriesContext(connection) as queries:
        seen(cast)
    assert len(queries) == 3, "two versions, and what is taken"


def test_what_a_transaction_saw_before_it_was_undone_is_forgotten(cast: Cast) -> None:
    """Also by the next writer: the version it gives isn't the one that was undone."""
    before = seen(cast)
    with transaction.atomic():
        WeeklyHours.objects.all().delete()
        assert seen(cast) == before | SHUT
        transaction.set_rollback(True)
    assert seen(cast) == before
    for number in range(3):
        Center.objects.filter(pk=cast.city.pk).update(phone=f"0573-0000000{number}")
        assert seen(cast) == before


def test_the_next_day_has_its_own_tree(cast: Cast, clock: TestClock) -> None:
    """The center moves at midnight to a town with other rules: nothing is written then, and yet all of it holds."""
    make_policy(cast.other_town, longest_minutes=30)
    move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=TOMORROW)
    today = seen(cast, TODAY)
    assert (today["rooms"], today["parent"]) == ([ROOM], cast.town.pk)
    assert today["lineage"] == [[cast.center.pk, cast.town.pk, cast.city.pk]]
    clock.move_to(slot(0, 1, TOMORROW)[0])
    assert seen(cast, TOMORROW) == today | {
        "rooms": [],
        "reasons": [refused.TooLong.code],
        "parent": cast.other_town.pk,
        "lineage": [[cast.center.pk, cast.other_town.pk, cast.city.pk]],
    }


def test_the_next_day_a_moved_center_is_near_others(cast: Cast, clock: TestClock) -> None:
    make_space(cast.town, "镇上")
    make_space(cast.other_town, "邻镇")

    def nearest(day: dt.date) -> list[str]:
        return [one.room.name for one in find(SearchCriteria(SlotRequest(*slot(14, 15, day), 10), cast.center.pk)).free]

    move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=TOMORROW)
    assert nearest(TODAY) == [ROOM, "镇上", "邻镇"]
    clock.move_to(slot(0, 1, TOMORROW)[0])
    assert nearest(TOMORROW) == [ROOM, "邻镇", "镇上"]
