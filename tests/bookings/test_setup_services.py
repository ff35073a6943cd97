"""Rooms, policies, closures and repairs: what each service writes, whom it obeys, and which bookings it strands."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import exceptions as refused
from bookings import exceptions as wrong
from bookings.domain.policies import resolve
from bookings.models import BookingPolicy, Maintenance, Space
from bookings.services.booking import cancel_booking
from bookings.services.spaces import add_maintenance, add_space, change_space, close_center, set_policy
from centers.models import Closure
from centers.services.tree import move_center
from tests.factories.bookings import TOMORROW, book, make_booker, make_space, open_daily, slot
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

NOT_MANAGING = ("anonymous", "resident", "staff", "sibling_manager", "other_town_admin")
MANAGING = ("manager", "town_admin", "city_admin")


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    return cast


@pytest.mark.parametrize("role", MANAGING)
def test_who_manages_the_center_adds_a_room_of_one_cell(cast: Cast, role: str) -> None:
    space = add_space(actor=cast[role], center=cast.center, name="二楼活动室", capacity=30, equipment=["projector"])

    assert (space.center, space.capacity, space.equipment, space.is_active) == (cast.center, 30, ["projector"], True)
    assert [cell.name for cell in space.cells.all()] == ["二楼活动室"]


@pytest.mark.parametrize("role", NOT_MANAGING)
def test_nobody_else_sets_anything_up(cast: Cast, role: str) -> None:
    space = make_space(cast.center)
    start, end = slot(9, 10)
    for act in (
        lambda: add_space(actor=cast[role], center=cast.center, name="新", capacity=3),
        lambda: change_space(actor=cast[role], space=space, capacity=3),
        lambda: set_policy(actor=cast[role], center=cast.center, quota_count=9),
        lambda: set_policy(actor=cast[role], space=space, quota_count=9),
        lambda: close_center(actor=cast[role], center=cast.center, starts_at=start, ends_at=end, reason="台风"),
        lambda: add_maintenance(actor=cast[role], space=space, starts_at=start, ends_at=end, reason="检修"),
    ):
        with pytest.raises(refused.NotAllowed):
            act()
    assert not BookingPolicy.objects.exists()
    assert not Closure.objects.exists()
    assert not Maintenance.objects.exists()


def test_a_hall_of_two_rooms_and_each_of_them_exclude_each_other(cast: Cast) -> None:
    one, two = make_space(cast.center, "一号"), make_space(cast.center, "二号")
    hall = add_space(actor=cast["manager"], center=cast.center, name="大厅", capacity=60, parts=[one, two])
    book(make_booker(11), hall)

    with pytest.raises(refused.SlotTaken):
        book(make_booker(12), two)


def test_a_hall_needs_two_rooms_of_its_center_and_isnt_made_twice(cast: Cast) -> None:
    one, two, elsewhere = make_space(cast.center, "一号"), make_space(cast.center, "二号"), make_space(cast.sibling)
    manager = cast["manager"]
    add_space(actor=manager, center=cast.center, name="大厅", capacity=60, parts=[one, two])

    for error, parts in (
        (wrong.TooFewParts, [one]),
        (wrong.TooFewParts, [one, one]),
        (wrong.PartsElsewhere, [one, elsewhere]),
        (wrong.SameRoom, [two, one]),
    ):
        with pytest.raises(error):
            add_space(actor=manager, center=cast.center, name="另一大厅", capacity=60, parts=parts)
    assert not Space.objects.filter(name="另一大厅").exists()


def test_a_name_stands_once_a_center_and_a_refusal_leaves_no_cell(cast: Cast) -> None:
    make_space(cast.center, "一号")

    with pytest.raises(wrong.NameTaken):
        add_space(actor=cast["manager"], center=cast.center, name="一号", capacity=5)
    assert cast.center.cells.count() == 1
    assert add_space(actor=cast["city_admin"], center=cast.sibling, name="一号", capacity=5).pk


def test_values_out_of_range_are_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        add_space(actor=cast["manager"], center=cast.center, name="一号", capacity=0)
    with pytest.raises(ValidationError):
        add_space(actor=cast["manager"], center=cast.center, name="一号", capacity=5, equipment=["cannon"])
    with pytest.raises(ValidationError):
        set_policy(actor=cast["manager"], center=cast.center, turnaround_minutes=241)


def test_changing_a_room_writes_what_is_named_and_renames_to_no_other(cast: Cast) -> None:
    space = make_space(cast.center, "一号", capacity=30)
    make_space(cast.center, "二号")
    change_space(actor=cast["manager"], space=space, capacity=20, is_active=False)

    space.refresh_from_db()
    assert (space.name, space.capacity, space.is_active) == ("一号", 20, False)
    with pytest.raises(wrong.NameTaken):
        change_space(actor=cast["manager"], space=space, name="二号")
    with pytest.raises(TypeError):
        change_space(actor=cast["manager"], space=space, center=cast.sibling)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": "二号", "capacity": 20}, wrong.NameTaken),
        ({"name_en": "room two", "capacity": 20}, wrong.EnglishNameTaken),
        ({"capacity": 0}, ValidationError),
    ],
)
def test_a_change_that_is_refused_leaves_the_room_in_hand_as_it_was(
    cast: Cast, changes: dict[str, Any], error: type[Exception]
) -> None:
    space = make_space(cast.center, "一号", capacity=30)
    make_space(cast.center, "二号", name_en="Room Two")
    with pytest.raises(error):
        change_space(actor=cast["manager"], space=space, **changes)
    assert (space.name, space.name_en, space.capacity) == ("一号", "", 30)


def test_a_change_writes_only_what_is_named_over_what_was_saved_meanwhile(cast: Cast) -> None:
    space = make_space(cast.center, "一号", capacity=30)
    Space.objects.filter(pk=space.pk).update(description="新装修")
    changed = change_space(actor=cast["manager"], space=space, capacity=20)
    space.refresh_from_db()
    assert (changed.description, space.description, space.capacity) == ("新装修", "新装修", 20)


def test_a_policy_is_set_changed_and_given_up(cast: Cast) -> None:
    space = make_space(cast.center)
    set_policy(actor=cast["manager"], center=cast.center, quota_count=2, notice_workdays=0)
    set_policy(actor=cast["manager"], space=space, quota_count=7)
    policy, _lineage = resolve([space.pk])[space.pk]
    assert (policy.quota_count, policy.notice_workdays) == (7, 0)

    set_policy(actor=cast["manager"], center=cast.center, horizon_days=10)
    assert BookingPolicy.objects.get(center=cast.center).quota_count is None
    assert set_policy(actor=cast["manager"], space=space, confirm_mode="") is None
    assert not BookingPolicy.objects.filter(space=space).exists()
    with pytest.raises(TypeError):
        set_policy(actor=cast["manager"], center=cast.center, space=space)


def test_closing_a_center_returns_the_live_bookings_below_it(cast: Cast) -> None:
    inside, beside, above = make_space(cast.center), make_space(cast.sibling), make_space(cast.town)
    first, second = book(make_booker(13), inside, 9, 10), book(make_booker(14), above, 9.5, 11)
    gone = book(make_booker(15), inside, 14, 15)
    cancel_booking(actor=gone.booker, booking=gone)
    touching = book(make_booker(16), beside, 12, 13)
    start, end = slot(9, 12)

    stranded = close_center(actor=cast["town_admin"], center=cast.town, starts_at=start, ends_at=end, reason=" 台风 ")

    assert stranded == [first, second]
    assert touching not in stranded
    assert Closure.objects.get().reason == "台风"
    assert close_center(actor=cast["manager"], center=cast.center, starts_at=start, ends_at=end, reason="停电") == [
        first
    ]


def test_a_closed_center_takes_no_more_bookings(cast: Cast) -> None:
    space = make_space(cast.center)
    start, end = slot(9, 12)
    close_center(actor=cast["town_admin"], center=cast.town, starts_at=start, ends_at=end, reason="台风")

    with pytest.raises(refused.CenterShut):
        book(make_booker(17), space, 11, 13)


def test_a_center_that_moves_away_is_stranded_only_while_it_stands_below(cast: Cast) -> None:
    space = make_space(cast.center)
    before, after = (
        book(make_booker(18), space, 9, 10),
        book(make_booker(19), space, 9, 10, day=TOMORROW + dt.timedelta(days=2)),
    )
    move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=TOMORROW + dt.timedelta(days=1))
    start, _end = slot(8, 9)

    stranded = close_center(
        actor=cast["town_admin"], center=cast.town, starts_at=start, ends_at=start + dt.timedelta(days=4), reason="修缮"
    )

    assert stranded == [before]
    assert after not in stranded


def test_closures_and_repairs_need_an_end_after_the_start_and_a_reason(cast: Cast) -> None:
    space = make_space(cast.center)
    start, end = slot(9, 10)
    manager = cast["manager"]
    with pytest.raises(wrong.EndsBeforeStart):
        close_center(actor=manager, center=cast.center, starts_at=end, ends_at=start, reason="台风")
    with pytest.raises(refused.ReasonMissing):
        close_center(actor=manager, center=cast.center, starts_at=start, ends_at=end, reason=" ")
    with pytest.raises(wrong.EndsBeforeStart):
        add_maintenance(actor=manager, space=space, starts_at=start, ends_at=start, reason="检修")
    with pytest.raises(refused.ReasonMissing):
        add_maintenance(actor=manager, space=space, starts_at=start, ends_at=end, reason="")
    assert not Closure.objects.exists()


def test_a_repair_strands_bookings_of_the_room_and_of_the_hall_it_is_part_of(cast: Cast) -> None:
    one, two = make_space(cast.center, "一号"), make_space(cast.center, "二号")
    hall = make_space(cast.center, "大厅", cells=[*one.cells.all(), *two.cells.all()])
    in_room, in_hall, beside = (
        book(make_booker(20), one, 9, 10),
        book(make_booker(21), hall, 13, 14),
        book(make_booker(22), two, 9, 10),
    )
    start, end = slot(8, 18)

    assert add_maintenance(actor=cast["manager"], space=one, starts_at=start, ends_at=end, reason="检修") == [
        in_room,
        in_hall,
    ]
    assert beside.status == "approved"
    with pytest.raises(refused.UnderMaintenance):
        book(make_booker(23), one, 16, 17)


def test_closing_costs_the_same_for_two_rooms_and_for_twenty(cast: Cast) -> None:
    start, end = slot(9, 10)
    costs = []
    for rooms in (2, 18):
        for n in range(rooms):
            make_space(cast.center, f"{rooms}-{n}")
        with CaptureQueriesContext(connection) as queries:
            close_center(actor=cast["manager"], center=cast.center, starts_at=start, ends_at=end, reason="台风")
        costs.append(len(queries))
    assert costs[0] == costs[1]
