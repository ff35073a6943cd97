"""Reminders of bookings and sign-ups: once a step and time, by the new time only, and none that would be a nuisance."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import Relation
from activities.domain.rules import Entry
from activities.services.activities import cancel_activity, edit_activity
from activities.services.sign_ups import leave, sign_up
from bookings.services.booking import cancel_booking
from bookings.services.moving import move_booking
from centers.models import Center
from common.messaging import sms
from notifications.domain import message_kinds
from notifications.models import Outbox, Reminder
from notifications.services.delivery import sweep
from notifications.services.reminders import send_reminders, set_reminders
from tests.factories.activities import D, join, make_activity, make_participant, make_plan
from tests.factories.bookings import book, make_booker, make_policy, make_space, slot
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

NEXT = D + dt.timedelta(days=1)


def at(clock: TestClock, hour: float, day: dt.date = D) -> list[tuple[str, str]]:
    """Run the job at an hour of a day. Who was reminded by it, and by which kind of message."""
    clock.move_to(slot(hour, 24, day)[0])
    before = set(Outbox.objects.values_list("pk", flat=True))
    send_reminders(now=clock.now)
    rows = Outbox.objects.exclude(pk__in=before).order_by("recipient__username", "kind")
    return list(rows.values_list("recipient__username", "kind"))


def test_the_day_before_and_two_hours_before_each_once(village: Center, clock: TestClock) -> None:
    join(make_activity(village, day=NEXT), 1)
    book(make_booker(2), make_space(village), 14, 16, day=NEXT)
    assert at(clock, 8.9) == []
    expected = [("resident-1", "activity_day_before"), ("resident-2", "booking_day_before")]
    assert at(clock, 9) == expected
    assert at(clock, 9.1) == at(clock, 23.5) == []
    assert at(clock, 11.9, NEXT) == []
    assert at(clock, 12.1, NEXT) == [("resident-1", "activity_two_hours"), ("resident-2", "booking_two_hours")]
    assert at(clock, 13, NEXT) == at(clock, 14, NEXT) == []
    assert Reminder.objects.count() == 4


def test_a_worker_that_stood_still_makes_up_for_it_and_not_too_late(village: Center, clock: TestClock) -> None:
    join(make_activity(village, 9, 11, day=NEXT), 1)
    assert at(clock, 20) == [("resident-1", "activity_day_before")]
    Reminder.objects.all().delete()
    assert at(clock, 0.5, NEXT) == []
    assert at(clock, 8.9, NEXT) == [("resident-1", "activity_two_hours")]


def test_nobody_is_woken_at_night(village: Center, clock: TestClock) -> None:
    join(make_activity(village, 8, 9, day=NEXT), 1)
    join(make_activity(village, 6, 9, day=NEXT), 2)
    assert len(at(clock, 9)) == 2
    assert at(clock, 6.5, NEXT) == at(clock, 4, NEXT) == []
    assert at(clock, 7, NEXT) == [("resident-1", "activity_two_hours")]


def test_who_signed_up_after_the_moment_isnt_told_what_they_have_just_done(village: Center, clock: TestClock) -> None:
    activity = make_activity(village, day=NEXT)
    clock.move_to(slot(10, 11, D)[0])
    join(activity, 1)
    book(make_booker(2), make_space(village), 14, 16, day=NEXT)
    assert at(clock, 11) == []
    clock.move_to(slot(12.5, 13, NEXT)[0])
    join(activity, 3)
    assert at(clock, 12.6, NEXT) == [("resident-1", "activity_two_hours"), ("resident-2", "booking_two_hours")]


def test_one_message_for_all_the_family_and_a_link_to_cancel(village: Center, clock: TestClock) -> None:
    resident = make_booker(1)
    people = [make_participant(resident, f"演示孩子{n:02}", relation=Relation.OTHER) for n in (1, 2)]
    first, second = sign_up(
        actor=resident, activity=make_activity(village, day=NEXT), entries=[Entry(person) for person in people]
    )
    assert at(clock, 9) == [("resident-1", "activity_day_before")]
    text = message_kinds.texts("activity_day_before", [first.code])[first.code]
    assert "演示孩子01，演示孩子02" in text.body and text.act_url == first.get_absolute_url()
    leave(actor=resident, sign_up=first)
    # The other one is still in: what is reminded of is the same, so nobody is told again.
    assert at(clock, 9.2) == []
    text = message_kinds.texts("activity_day_before", [first.code])[first.code]
    assert "演示孩子01" not in text.body
    assert text.act_url == reverse("activities:sign_up_leave", args=[second.code])
    assert at(clock, 13, NEXT) == [("resident-1", "activity_two_hours")]


def test_a_booking_is_cancelled_from_its_reminder(village: Center, clock: TestClock, client: Client) -> None:
    booking = book(make_booker(1), make_space(village), 14, 16, day=NEXT)
    at(clock, 9)
    client.force_login(booking.booker)
    sweep(clock.now)
    page = client.get(reverse("notifications:message_list")).content.decode()
    assert reverse("bookings:booking_cancel", args=[booking.reference]) in page


def test_none_for_what_was_cancelled_or_left_or_waits(village: Center, staff: User, clock: TestClock) -> None:
    full = make_activity(village, day=NEXT, capacity=1)
    gone, waiting = join(full, 1), join(full, 2)
    leave(actor=gone.participant.account, sign_up=gone)
    cancelled = make_activity(village, 9, 10, day=NEXT)
    join(cancelled, 3)
    cancel_activity(actor=staff, activity=cancelled, reason="台风")
    booking = book(make_booker(4), make_space(village), 14, 16, day=NEXT)
    cancel_booking(actor=booking.booker, booking=booking)
    make_policy(village, confirm_mode="staff")
    book(make_booker(5), make_space(village, "书画室"), 14, 16, day=NEXT)
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    assert at(clock, 9) == []


def test_a_move_is_reminded_of_by_the_new_time_only(village: Center, staff: User, clock: TestClock) -> None:
    activity = make_activity(village, day=NEXT)
    join(activity, 1)
    booking = book(make_booker(2), make_space(village), 14, 16, day=NEXT)
    assert len(at(clock, 9)) == 2
    later = NEXT + dt.timedelta(days=2)
    edit_activity(actor=staff, activity=activity, plan=make_plan(day=later))
    starts_at, ends_at = slot(14, 16, later)
    move_booking(actor=booking.booker, booking=booking, starts_at=starts_at, ends_at=ends_at)
    assert at(clock, 12.5, NEXT) == []
    both = [("resident-1", "activity_day_before"), ("resident-2", "booking_day_before")]
    assert at(clock, 9, later - dt.timedelta(days=1)) == both
    # Moved to tomorrow after 9:00: the move itself has told them.
    edit_activity(actor=staff, activity=activity, plan=make_plan(15, 17, day=later))
    assert at(clock, 10, later - dt.timedelta(days=1)) == []
    assert at(clock, 13.5, later) == [("resident-1", "activity_two_hours"), ("resident-2", "booking_two_hours")]


def test_each_chooses_which_and_none_is_none(village: Center, clock: TestClock, client: Client) -> None:
    activity = make_activity(village, day=NEXT)
    for number in (1, 2, 3):
        join(activity, number)
    address = reverse("notifications:reminder_edit")
    one, two = (User.objects.get(username=f"resident-{n}") for n in (1, 2))
    client.force_login(one)
    assert [client.get(address).context["form"][name].value() for name in ("day_before", "two_hours")] == [True, True]
    assert client.post(address, {"two_hours": "on"}).status_code == 302
    set_reminders(actor=two, day_before=False, two_hours=False)
    assert at(clock, 9) == [("resident-3", "activity_day_before")]
    assert at(clock, 12.5, NEXT) == [("resident-1", "activity_two_hours"), ("resident-3", "activity_two_hours")]


class Carrier:
    """A channel that keeps what it is given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def send(self, phone: str, text: str) -> None:
        self.texts.append(text)


def test_the_text_message_says_when_and_where(
    village: Center, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier = Carrier()
    monkeypatch.setattr(sms, "_channel", lambda path: carrier)
    join(make_activity(village, day=NEXT, title="读书会"), 1)
    at(clock, 9)
    sweep(clock.now)
    [text] = carrier.texts
    assert "读书会" in text and "明天 14:00–16:00" in text and "演示活动室" in text


def test_reminding_many_asks_as_often_as_reminding_two(village: Center, clock: TestClock) -> None:
    activity = make_activity(village, day=NEXT)
    space = make_space(village)
    make_policy(space, turnaround_minutes=0)
    numbers = iter(range(1, 100))
    clock.move_to(slot(8, 9, D)[0])

    def grow(count: int) -> None:
        clock.move_to(slot(8, 9, D)[0])
        for _ in range(count):
            number = next(numbers)
            booking = join(activity, number)
            start, end = 8 + number / 2, 8.5 + number / 2
            book(booking.participant.account, space, start, end, day=NEXT)
        Reminder.objects.all().delete()
        clock.move_to(slot(9.5, 10, D)[0])

    def ask() -> None:
        Reminder.objects.all().delete()
        assert send_reminders(now=clock.now) > 0

    assert_constant_queries(grow, ask)
