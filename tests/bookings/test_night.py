"""Between midnight and 8:00, when UTC still has yesterday's date: each rule and page goes by the day in Shanghai.

It is Wednesday 25 November, 0:30; centers open at 6:00. Moments are given in UTC, as the database gives them.
"""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bookings import exceptions as refused
from bookings.choices import ConfirmMode
from bookings.models import Booking, Space
from bookings.services import booking as booking_services
from bookings.services.spaces import close_center
from centers.models import SpecialDay
from centers.services.tree import move_center
from common import clock
from tests.factories.bookings import book_slot, check_slot, make_booker, make_policy, make_space, open_daily, slot
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 25)
TOMORROW = TODAY + DAY
DECEMBER = dt.date(2026, 12, 1)

pytestmark = pytest.mark.usefixtures("db", "night")


@pytest.fixture
def cast(night: TestClock, db: None) -> Cast:
    cast = make_cast()
    open_daily(cast.city, opens=6)
    make_policy(cast.city, turnaround_minutes=0, quota_count=100)
    return cast


@pytest.fixture
def space(cast: Cast) -> Space:
    return make_space(cast.center)


def utc(hour: float, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The hour from `hour` o'clock in Shanghai, as moments in UTC."""
    start, end = slot(hour, hour + 1, day)
    return start.astimezone(dt.UTC), end.astimezone(dt.UTC)


def check(booker: User, space: Space, hour: float, day: dt.date) -> None:
    check_slot(booker, space, *utc(hour, day))


def book(booker: User, space: Space, hour: float, day: dt.date) -> Booking:
    return book_slot(booker, space, *utc(hour, day))


def client_of(cast: Cast, role: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast[role])
    return client


def test_a_use_early_in_the_morning_is_in_the_hours_of_that_day(cast: Cast, space: Space) -> None:
    SpecialDay.objects.create(center=cast.center, day=TODAY, reason="停电")
    check(cast["resident"], space, 7, TOMORROW)
    with pytest.raises(refused.CenterShut):
        check(cast["resident"], space, 7, TODAY)


def test_notice_counts_from_today_to_the_day_of_use(cast: Cast, space: Space) -> None:
    make_policy(space, notice_workdays=1)
    for hour in (7, 9):
        with pytest.raises(refused.TooSoon):
            check(cast["resident"], space, hour, TODAY)
        check(cast["resident"], space, hour, TOMORROW)


def test_the_horizon_counts_from_today_to_the_day_of_use(cast: Cast, space: Space) -> None:
    make_policy(space, horizon_days=1)
    for hour in (7, 9):
        check(cast["resident"], space, hour, TOMORROW)
        with pytest.raises(refused.TooFarAhead):
            check(cast["resident"], space, hour, TOMORROW + DAY)


def test_the_quota_counts_the_month_of_the_day_of_use(cast: Cast, space: Space) -> None:
    """7:00 on 1 December is still November in UTC."""
    make_policy(space, quota_count=1)
    book(cast["resident"], space, 7, DECEMBER)
    with pytest.raises(refused.OverQuota):
        check(cast["resident"], space, 9, DECEMBER + DAY)
    book(cast["resident"], space, 9, DECEMBER - DAY)
    with pytest.raises(refused.OverQuota):
        check(cast["resident"], space, 7, DECEMBER - DAY)
    with pytest.raises(refused.OverQuota):
        check(cast["resident"], space, 9, DECEMBER)


def test_an_early_use_of_the_next_month_is_not_in_this_months_quota(cast: Cast, space: Space) -> None:
    make_policy(space, quota_count=1)
    book(cast["resident"], space, 9, DECEMBER - DAY)
    check(cast["resident"], space, 7, DECEMBER)


def test_a_request_made_at_night_is_due_at_the_same_time_of_the_next_working_day(cast: Cast, space: Space) -> None:
    make_policy(space, confirm_mode=ConfirmMode.STAFF)
    assert book(cast["resident"], space, 9, TOMORROW + DAY).decide_by == slot(0.5, 1, TOMORROW)[0]


def test_an_early_use_is_outside_the_hours_of_its_own_day(cast: Cast, space: Space) -> None:
    make_policy(space, confirm_mode=ConfirmMode.STAFF)
    asked, granted = book(cast["resident"], space, 7, TOMORROW), book(make_booker(1), space, 8, TOMORROW)
    SpecialDay.objects.create(center=cast.center, day=TODAY, reason="停电")
    booking_services.approve_booking(actor=cast["staff"], booking=granted)
    SpecialDay.objects.create(center=cast.center, day=TOMORROW, reason="停电")
    with pytest.raises(refused.OpenNoMore):
        booking_services.approve_booking(actor=cast["staff"], booking=asked)
    page = client_of(cast, "manager").get(reverse("centers:special_day_list", args=[cast.center.code]))
    [conflicts] = page.context["conflicts"]
    assert list(conflicts.on) == [TOMORROW]


def test_a_closure_strands_an_early_use_where_its_center_stands_that_day(cast: Cast, space: Space) -> None:
    stranded = book(cast["resident"], space, 7, TOMORROW)
    move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=TOMORROW)
    words = {"starts_at": utc(6, TOMORROW)[0], "ends_at": utc(9, TOMORROW)[0], "reason": "停电"}
    assert close_center(actor=cast["city_admin"], center=cast.town, **words) == []
    assert close_center(actor=cast["city_admin"], center=cast.other_town, **words) == [stranded]


def test_the_workbench_shows_the_rooms_of_today(cast: Cast, space: Space) -> None:
    last_night = book_slot(make_booker(9), space, *slot(20, 21, TODAY))
    today, late = book(make_booker(1), space, 7, TODAY), book(make_booker(2), space, 9, TODAY)
    book(make_booker(3), space, 7, TOMORROW)
    page = client_of(cast, "staff").get(reverse("pages:workbench"))
    assert [card.booking for card in page.context["today"].cards] == [today, late, last_night]


def test_the_workbench_says_which_requests_are_due_today(cast: Cast, space: Space) -> None:
    """Of a request that is made now for tomorrow, the deadline is tomorrow at 0:30."""
    make_policy(space, confirm_mode=ConfirmMode.STAFF)
    today, tomorrow = book(make_booker(1), space, 9, TODAY), book(make_booker(2), space, 7, TOMORROW)
    page = client_of(cast, "staff").get(reverse("pages:workbench"))
    assert {card.booking: card.is_hot for card in page.context["requests"]} == {today: True, tomorrow: False}


def test_whose_reach_is_wide_sees_how_many_are_due_today(cast: Cast, space: Space) -> None:
    make_policy(space, confirm_mode=ConfirmMode.STAFF)
    book(make_booker(1), space, 9, TODAY)
    book(make_booker(2), space, 7, TOMORROW)
    page = client_of(cast, "town_admin").get(reverse("pages:workbench"))
    assert [(part.waiting, part.due_today) for part in page.context["parts"]] == [(2, 1)]


def test_another_time_of_the_same_day_is_offered(cast: Cast, space: Space) -> None:
    book(make_booker(1), space, 7, TOMORROW)
    query = {"starts_at": f"{TOMORROW}T07:00", "ends_at": f"{TOMORROW}T08:00", "headcount": "5", "purpose": "training"}
    page = client_of(cast, "resident").get(reverse("bookings:booking_create", args=[space.pk]), query)
    first = page.context["alternatives"][0]
    assert first["kind"] == "time"
    assert f"starts_at={TOMORROW}T06:00" in first["url"], "as near as 8:00, and earlier"


def test_the_same_hour_of_later_days_is_offered(cast: Cast, space: Space) -> None:
    booker = make_booker(1)
    for hour in range(6, 21):
        book(booker, space, hour, TOMORROW)
    query = {"starts_at": f"{TOMORROW}T07:00", "ends_at": f"{TOMORROW}T08:00", "headcount": "5", "purpose": "training"}
    page = client_of(cast, "resident").get(reverse("bookings:booking_create", args=[space.pk]), query)
    assert [way["kind"] for way in page.context["alternatives"]] == ["day"] * 3
    assert f"starts_at={TOMORROW + DAY}T07:00" in page.context["alternatives"][0]["url"]


def test_a_search_finds_the_early_hours_of_its_day(client: Client, cast: Cast, space: Space) -> None:
    def found(day: dt.date) -> list[int]:
        query = {"day": day.isoformat(), "start": "07:00", "end": "08:00", "headcount": "5"}
        return [result.room.id for result in client.get(reverse("bookings:space_search"), query).context["page"]]

    SpecialDay.objects.create(center=cast.center, day=TODAY, reason="停电")
    assert (found(TODAY), found(TOMORROW)) == ([], [space.pk])


def test_a_search_begins_today(client: Client, cast: Cast, space: Space) -> None:
    criteria: Any = client.get(reverse("bookings:space_search")).context["criteria"]
    assert clock.local(criteria.request.starts_at) == slot(9, 10, TODAY)[0]


def test_a_search_and_the_page_of_a_room_count_notice_and_horizon_from_today(
    client: Client, cast: Cast, space: Space
) -> None:
    make_policy(space, notice_workdays=1, horizon_days=2)
    expected = {TODAY: False, TOMORROW: True, TOMORROW + DAY: True, TOMORROW + 2 * DAY: False}
    page = client.get(reverse("bookings:space_detail", args=[space.pk]))
    assert {row["day"]: bool(row["free"]) for row in page.context["table"] if row["day"] in expected} == expected
    for day, is_free in expected.items():
        query = {"day": day.isoformat(), "start": "07:00", "end": "08:00", "headcount": "5"}
        found = client.get(reverse("bookings:space_search"), query).context["page"]
        assert bool(found.paginator.count) == is_free, day


def test_the_page_of_a_room_begins_today_and_offers_its_early_hours(client: Client, cast: Cast, space: Space) -> None:
    book(make_booker(1), space, 7, TODAY)
    page = client.get(reverse("bookings:space_detail", args=[space.pk]))
    first = page.context["table"][0]
    assert (first["day"], first["taken"], first["free"]) == (TODAY, ["7:00–8:00"], ["6:00–7:00", "8:00–21:00"])
    assert [entry["date"] for entry in page.context["days"] if entry["today"]] == [TODAY]
