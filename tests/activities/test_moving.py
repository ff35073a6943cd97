"""An activity moves with its booking, or not at all; who is in is told once, and reminded by the new time alone."""

import datetime as dt

import pytest

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityState, ActivityVerb, Relation
from activities.domain.rules import Entry
from activities.models import Activity
from activities.services.activities import cancel_activity, create_activity, edit_activity
from activities.services.sign_ups import leave, sign_up
from activities.values.repeats import Repeat, repeated
from bookings.choices import Verb
from bookings.models import Booking, Space
from bookings.services.booking import cancel_booking, release_early
from centers.choices import Role
from centers.models import Center
from notifications.domain import message_kinds
from notifications.models import Outbox
from tests.factories.activities import D, join, make_participant, make_plan
from tests.factories.bookings import book, make_booker, make_policy, make_space, slot
from tests.factories.centers import grant
from tests.support.time import TestClock

NEXT = D + dt.timedelta(days=1)


@pytest.fixture
def room(village: Center) -> Space:
    return make_space(village)


@pytest.fixture
def booked(village: Center, staff: User, room: Space) -> Activity:
    """Published in its room, Monday 30 November 14:00–16:00; booked half an hour longer on either side."""
    booking = book(staff, room, 13.5, 16.5, day=D)
    return create_activity(actor=staff, center=village, plan=make_plan(), booking=booking, publish=True)


def held(room: Space) -> list[tuple[dt.datetime, dt.datetime]]:
    """Spans of which the room is taken, without the turnaround."""
    tail = dt.timedelta(minutes=30)
    cells = room.cells.first().occupancy.order_by("span")  # type: ignore[union-attr]
    return [(row.span.lower, row.span.upper - tail) for row in cells]


def told(kind: str) -> list[str]:
    return list(
        Outbox.objects.filter(kind=kind).order_by("recipient__username").values_list("recipient__username", flat=True)
    )


def test_b09_moved_copied_carried_over_the_leap_year(
    booked: Activity, staff: User, room: Space, resident: User
) -> None:
    family = [make_participant(resident, f"演示家人{n:02}", relation=Relation.OTHER) for n in range(1, 9)]
    sign_up(actor=resident, activity=booked, entries=[Entry(person) for person in family])
    for number in range(2, 6):
        join(booked, number)
    gone = join(booked, 6)
    leave(actor=gone.participant.account, sign_up=gone)
    left_at = gone.events.last().at
    own_room = make_space(booked.center, "书画室")
    mine = book(User.objects.get(username="resident-2"), own_room, 14, 15, day=NEXT)
    other = book(make_booker(20), room, 15, 16, day=NEXT)

    # The room is had by somebody else: refused, and nothing is changed.
    with pytest.raises(refused.RoomNotHad, match="已被预约"):
        edit_activity(actor=staff, activity=booked, plan=make_plan(day=NEXT))
    booked.refresh_from_db()
    assert (booked.starts_at, booked.booking.starts_at) == (slot(14, 16, D)[0], slot(13.5, 16, D)[0])
    assert told("activity_moved") == []

    # The room is had: everybody is told the old and the new time once, the clash is named to who has it.
    cancel_booking(actor=other.booker, booking=other)
    edit_activity(actor=staff, activity=booked, plan=make_plan(day=NEXT))
    booked.refresh_from_db()
    assert (booked.booking.starts_at, booked.booking.ends_at) == slot(13.5, 16.5, NEXT)
    assert held(room) == [slot(13.5, 16.5, NEXT)]
    assert told("activity_moved") == [f"resident-{n}" for n in range(1, 6)]
    messages = {
        row.recipient.username: message_kinds.texts(row.kind, [row.subject_id])[row.subject_id].body
        for row in Outbox.objects.filter(kind="activity_moved").select_related("recipient")
    }
    assert all("12月1日" in body and "周一 14:00–16:00" in body for body in messages.values()), messages
    clash = messages.pop("resident-2")
    assert "书画室" in clash and "14:00–15:00" in clash
    assert not any("书画室" in body for body in messages.values())
    assert mine.status == "approved"
    # Who had left hears nothing, and their sign-up stays as it was.
    gone.refresh_from_db()
    assert (gone.state, gone.events.last().at) == ("left", left_at)

    # A typo tells nobody.
    edit_activity(actor=staff, activity=booked, plan=make_plan(day=NEXT, title="新春送福字"))
    assert len(told("activity_moved")) == 5

    # Copies keep the weekday, and say which day 29 February became.
    assert repeated(dt.date(2027, 2, 13), Repeat.YEAR, dt.date(2027, 2, 13)).day == dt.date(2028, 2, 12)
    leap = repeated(dt.date(2028, 2, 29), Repeat.DATE, dt.date(2028, 3, 1))
    assert (leap.day, leap.is_shifted) == (dt.date(2029, 2, 28), True)


def test_a_move_is_written_down_with_the_booking_and_its_booker_is_told_by_others(
    village: Center, staff: User, room: Space, booked: Activity
) -> None:
    colleague = User.objects.create(username="colleague", name="演示站长02")
    grant(colleague, village, Role.STAFF)
    edit_activity(actor=colleague, activity=booked, plan=make_plan(day=NEXT))
    booking = Booking.objects.get()
    event = booking.events.last()
    assert (event.verb, event.actor, event.to_status) == (Verb.MOVE, colleague, "approved")
    assert sorted(event.changes) == ["ends_at", "starts_at"]
    assert booking.cancel_by == booking.starts_at - dt.timedelta(hours=24)
    assert told("booking_moved") == ["staff-of-village"]
    body = message_kinds.texts("booking_moved", [booking.reference])[booking.reference].body
    assert "12月1日" in body and "周一 13:30–16:30" in body
    assert booked.events.last().verb == ActivityVerb.MOVE


def test_it_moves_to_another_room_and_is_called_by_it(
    village: Center, staff: User, room: Space, booked: Activity
) -> None:
    edit_activity(actor=staff, activity=booked, plan=make_plan(place=room.name))
    join(booked, 1)
    hall = make_space(village, "一楼大厅")
    edit_activity(actor=staff, activity=booked, plan=make_plan(place=room.name), space=hall)
    booked.refresh_from_db()
    assert (booked.booking.space, booked.place) == (hall, "一楼大厅")
    assert (held(room), held(hall)) == ([], [slot(13.5, 16.5, D)])
    assert told("activity_moved") == ["resident-1"]


def test_moving_counts_once_against_the_quota_and_keeps_the_rules_of_booking(
    village: Center, staff: User, room: Space, booked: Activity
) -> None:
    make_policy(village, quota_count=1)
    edit_activity(actor=staff, activity=booked, plan=make_plan(9, 11, day=D))
    for plan, words in (
        (make_plan(5, 7, day=NEXT), "开放"),
        (make_plan(14, 16, day=D + dt.timedelta(days=40)), "30"),
        (make_plan(9, 15, day=D), "240"),
    ):
        with pytest.raises(refused.RoomNotHad, match=words):
            edit_activity(actor=staff, activity=booked, plan=plan)
    assert held(room) == [slot(8.5, 11.5, D)]


def test_a_room_that_a_colleague_confirms_is_not_moved_by_its_own_booker(
    village: Center, staff: User, room: Space, booked: Activity
) -> None:
    make_policy(village, confirm_mode="staff")
    with pytest.raises(refused.RoomNotHad, match="同事"):
        edit_activity(actor=staff, activity=booked, plan=make_plan(day=NEXT))


def test_a_use_that_ends_early_ends_its_activity_or_is_refused_while_that_has_yet_to_begin(
    booked: Activity, staff: User, room: Space, clock: TestClock
) -> None:
    booking = Booking.objects.get()
    clock.move_to(slot(13.75, 14, D)[0])
    with pytest.raises(refused.RoomNeeded, match="新春送福"):
        release_early(actor=staff, booking=booking)
    clock.move_to(slot(15, 16, D)[0])
    release_early(actor=staff, booking=booking)
    booked.refresh_from_db()
    booking.refresh_from_db()
    assert booked.ends_at == booking.ends_at == clock.now
    assert booked.is_unrecorded
    assert booked.events.last().changes == {"ends_at": ["2026-11-30T08:00:00+00:00", clock.now.isoformat()]}


def test_a_draft_whose_room_was_given_back_moves_nowhere(village: Center, staff: User, room: Space) -> None:
    booking = book(staff, room, 14, 16, day=D)
    draft = create_activity(actor=staff, center=village, plan=make_plan(), booking=booking)
    cancel_booking(actor=staff, booking=booking)
    with pytest.raises(refused.RoomNotHad):
        edit_activity(actor=staff, activity=draft, plan=make_plan(day=NEXT))
    cancel_activity(actor=staff, activity=draft, reason="不办了")
    draft.refresh_from_db()
    assert draft.state == ActivityState.CANCELLED
