"""The clerk's day: bookings and activities in order of time, tomorrow as well, and the list for the door."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from activities.choices import ActivityKind
from bookings.choices import ConfirmMode
from bookings.services.booking import cancel_booking
from centers.models import CenterRole
from pages.selectors.agenda import Agenda
from tests.factories.activities import make_activity
from tests.factories.bookings import TODAY, TOMORROW, book, make_booker, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

WORK, DOOR = reverse("pages:workbench"), reverse("pages:day_list")


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city, 6)
    make_policy(cast.city, turnaround_minutes=0, quota_count=100, cancel_hours=0)
    return cast


def client_of(cast: Cast, role: str = "staff", language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(cast[role])
    return client


def agenda(cast: Cast, role: str = "staff", **query: str) -> Agenda:
    found: Agenda = client_of(cast, role).get(WORK, query).context["today"].agenda
    return found


def test_a_day_stands_in_order_of_time_parted_by_the_present(cast: Cast, clock: TestClock) -> None:
    space, other = make_space(cast.center), make_space(cast.center, "议事厅")
    clock.move_to(clock.now - dt.timedelta(hours=4))
    evening = book(make_booker(1), space, 19, 20, day=TODAY)
    running = book(make_booker(2), space, 9, 11, day=TODAY)
    over = book(make_booker(3), other, 7, 8, day=TODAY)
    gone = book(make_booker(4), other, 15, 16, day=TODAY)
    cancel_booking(actor=gone.booker, booking=gone)
    book(make_booker(5), make_space(cast.sibling), 15, 16, day=TODAY)
    activity = make_activity(cast.center, 14, 16, day=TODAY)
    clock.advance(hours=4)

    shown = agenda(cast)
    assert [row.card and row.card.booking for row in shown.before_now] == [running]
    assert [row.activity or row.card.booking for row in shown.after_now if row.card or row.activity] == [
        activity,
        evening,
    ]
    assert [row.card.booking for row in shown.ended if row.card] == [over]
    assert [card.booking for card in shown.gone] == [gone]
    page = client_of(cast).get(WORK).content.decode()
    assert page.index(running.reference) < page.index("day-rows-now") < page.index(evening.reference)


def test_an_activity_made_of_a_booking_is_one_row_that_can_be_called(cast: Cast) -> None:
    booking = book(make_booker(1), make_space(cast.center), 14, 16, day=TODAY)
    activity = make_activity(cast.center, 14, 16, day=TODAY, title="由预约办成")
    activity.booking = booking
    activity.save()
    [row] = agenda(cast).after_now
    assert row.activity == activity and row.card is not None and row.card.booking == booking
    page = client_of(cast).get(WORK).content.decode()
    assert reverse("bookings:booking_phone", args=[booking.reference]) in page


def test_tomorrow_is_one_press_away_with_its_number(cast: Cast) -> None:
    coming = book(make_booker(1), make_space(cast.center), 9, 10, day=TOMORROW)
    make_activity(cast.center, 14, 16, day=TOMORROW)
    response = client_of(cast).get(WORK)
    assert [(tab.day, tab.count, tab.is_shown) for tab in response.context["tabs"]] == [
        (TODAY, 0, True),
        (TOMORROW, 2, False),
    ]
    assert f"day={TOMORROW.isoformat()}" in response.content.decode()
    shown = agenda(cast, day=TOMORROW.isoformat())
    assert [row.card.booking for row in shown.after_now if row.card] == [coming] and not shown.shows_now


@pytest.mark.parametrize("day", ["", "nonsense", "2026-13-40", "0001-01-01", "9999-12-31", "\x00"])
def test_a_day_that_makes_no_sense_is_today(cast: Cast, day: str) -> None:
    assert agenda(cast, day=day).day == TODAY


def test_another_center_of_the_reach_keeps_the_day(cast: Cast) -> None:
    page = client_of(cast, "town_admin").get(WORK, {"center": cast.center.code, "day": TOMORROW.isoformat()})
    assert page.context["reach"].chosen == cast.center and page.context["day"] == TOMORROW
    assert f'<input type="hidden" name="day" value="{TOMORROW.isoformat()}">' in page.content.decode()


def test_requests_are_up_to_whoever_works_nearest_and_to_all_above_once_overdue(cast: Cast, clock: TestClock) -> None:
    make_policy(make_space(cast.center), confirm_mode=ConfirmMode.STAFF)
    space = cast.center.spaces.get()
    request = book(make_booker(1), space, 19, 20, day=dt.date(2026, 11, 27))
    queue = reverse("bookings:decision_list")

    def mine(role: str) -> tuple[int, int]:
        client = client_of(cast, role)
        context = client.get(WORK, {"center": cast.center.code}).context
        listed = client.get(queue, {"status": "up_to_me"}).context["cards"]
        assert len(listed) == context["waiting"]
        return context["waiting"], context["waiting_below"]

    assert [mine(role) for role in ("staff", "manager", "town_admin", "city_admin")] == [
        (1, 0),
        (1, 0),
        (0, 1),
        (0, 1),
    ]
    assert mine("sibling_staff") == (0, 0)
    CenterRole.objects.filter(center=cast.center).delete()
    assert [mine(role) for role in ("town_admin", "city_admin")] == [(1, 0), (0, 1)]
    assert request.decide_by is not None
    clock.move_to(request.decide_by + dt.timedelta(minutes=1))
    assert [mine(role) for role in ("town_admin", "city_admin")] == [(1, 0), (1, 0)]
    overdue = client_of(cast, "city_admin").get(queue, {"status": "overdue"})
    assert [card.booking for card in overdue.context["cards"]] == [request]


def test_nothing_names_a_person_on_the_list_for_the_door(cast: Cast) -> None:
    booking = book(make_booker(1), make_space(cast.center), 14, 15, day=TODAY)
    contact = booking.contact
    contact.name, contact.organisation = "演示王五", "演示合唱队"
    contact.save()
    make_activity(cast.center, 16, 17, day=TODAY, title="新春送福")
    make_activity(cast.center, 17, 18, day=TODAY, title="内部接待", kind=ActivityKind.RECEPTION, is_listed=False)
    page = client_of(cast).get(DOOR).content.decode()
    assert "演示合唱队" in page and "新春送福" in page and "14:00–15:00" in page
    for secret in ("演示王五", "0001", booking.reference, "内部接待"):
        assert secret not in page


def test_a_request_that_may_yet_be_refused_isnt_on_the_door(cast: Cast) -> None:
    space = make_space(cast.center)
    make_policy(space, confirm_mode=ConfirmMode.STAFF)
    book(make_booker(1), space, 19, 20, day=TODAY)
    assert "19:00" not in client_of(cast).get(DOOR).content.decode()


def test_the_workbench_asks_the_same_of_two_rows_and_of_twenty(cast: Cast) -> None:
    client, numbers = client_of(cast), iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            n = next(numbers)
            book(make_booker(200 + n), make_space(cast.center, f"场所{n}"), 14, 15, day=TODAY)
            make_activity(cast.center, 14, 16, day=TODAY, title=f"活动{n}")

    assert_constant_queries(grow, lambda: client.get(WORK))


@pytest.mark.parametrize("name", ["booking_detail", "booking_cancel", "booking_release"])
def test_staff_stay_among_their_work_and_the_booker_among_their_own(cast: Cast, name: str) -> None:
    booking = book(cast["resident"], make_space(cast.center), 14, 15, day=TODAY)
    url = reverse(f"bookings:{name}", args=[booking.reference])
    for role, is_work in (("staff", True), ("resident", False)):
        page = client_of(cast, role).get(url).content.decode()
        assert ('class="side-menu"' in page) == is_work, role
    page = client_of(cast).get(url).content.decode()
    assert f'href="{reverse("bookings:decision_list")}" aria-current="true"' in page


def test_bookings_of_a_day_run_from_morning_to_evening_and_those_to_come_soonest_first(cast: Cast) -> None:
    space = make_space(cast.center)
    late = book(make_booker(1), space, 19, 20, day=TODAY)
    early = book(make_booker(2), space, 12, 13, day=TODAY)
    far = book(make_booker(3), space, 9, 10, day=dt.date(2026, 12, 2))
    gone = book(make_booker(4), space, 15, 16, day=TODAY)
    cancel_booking(actor=gone.booker, booking=gone)
    queue = reverse("bookings:decision_list")

    def listed(**query: str) -> list[object]:
        return [card.booking for card in client_of(cast).get(queue, query).context["cards"]]

    assert listed(status="") == [early, late, far]
    assert listed(status="", day=TODAY.isoformat()) == [early, late]
    assert listed(status="gone") == [gone]
    assert listed(status="in_use") == []
