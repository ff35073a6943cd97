"""The work log: made of what is recorded elsewhere, with one line a day that is corrected and never overwritten."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.models import Activity
from bookings.services.booking import approve_booking, reject_booking
from centers.models import Center
from common import clock as portal_clock
from common.months import Month
from ledger import exceptions as refused
from ledger.models import LedgerExport, LogLine
from ledger.selectors.work_log import days_of
from ledger.services.log_lines import write_line
from ledger.values.facts import DayFacts
from tests.factories.activities import make_activity
from tests.factories.bookings import book, make_booker, make_policy, make_space
from tests.factories.ledger import make_recorded
from tests.ledger.test_files import text_of
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

NOVEMBER = Month(dt.date(2026, 11, 1))
TODAY, YESTERDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 23)


def day_of(center: Center, day: dt.date) -> DayFacts:
    [found] = [one for one in days_of(center, Month.of(day)) if one.day == day]
    return found


def write(staff: User, village: Center, text: str, corrects: LogLine | None = None, day: dt.date = TODAY) -> LogLine:
    return write_line(actor=staff, center=village, day=day, text=text, corrects=corrects.pk if corrects else None)


def test_a_day_tells_activities_uses_and_decisions_each_once(village: Center, staff: User, clock: TestClock) -> None:
    room = make_space(village)
    make_policy(room, quota_count=10, confirm_mode="staff")
    booker = make_booker(9)
    used, made_of, no = (book(booker, room, hour, hour + 1, day=dt.date(2026, 11, 30)) for hour in (9, 11, 17))
    for booking in (used, made_of):
        approve_booking(actor=staff, booking=booking)
    reject_booking(actor=staff, booking=no, reason="布展")
    recorded = make_recorded(village, staff, clock, photos=0)
    Activity.objects.filter(pk=recorded.pk).update(booking=made_of)
    clock.advance(days=1)
    day = day_of(village, dt.date(2026, 11, 30))
    assert [(one.title, one.attendance) for one in day.activities] == [("新春送福", 9)]
    assert [use.starts_at for use in day.uses] == [used.starts_at], "the other stands there as its activity"
    assert (day.approved, day.rejected) == (0, 0)
    asked = day_of(village, TODAY)
    assert (asked.approved, asked.rejected) == (2, 1)
    assert not asked.uses and not asked.activities


def test_what_was_granted_at_once_nobody_decided(village: Center, staff: User, clock: TestClock) -> None:
    room = make_space(village)
    make_policy(room, quota_count=10, confirm_mode="instant")
    book(make_booker(9), room, 9, 10)
    assert day_of(village, TODAY).is_empty


def test_an_activity_stands_at_each_of_its_hosts_and_says_who_led_it(
    village: Center, staff: User, clock: TestClock
) -> None:
    host = Center.objects.get(code="330482001002")
    make_recorded(village, staff, clock, photos=0).co_hosts.add(host)
    [own] = day_of(village, dt.date(2026, 11, 30)).activities
    [hosted] = day_of(host, dt.date(2026, 11, 30)).activities
    assert (own.led_by, hosted.led_by) == ("", village.name)


def test_only_days_that_have_been_are_shown_and_empty_ones_say_so(village: Center, staff: User, client: Client) -> None:
    days = days_of(village, NOVEMBER)
    assert (days[0].day, days[-1].day) == (dt.date(2026, 11, 1), TODAY)
    page = client.get(reverse("ledger:work_log"))
    assert page.content.decode().count("没有记录。") == len(days)
    assert page.context["days"][0].facts.day == TODAY, "where one comes to write"


def test_a_line_is_written_and_corrected_and_nothing_is_lost(village: Center, staff: User) -> None:
    first = write(staff, village, "雨，走访三户")
    second = write(staff, village, "雨，走访四户", first)
    assert (first.corrects, second.corrects) == (None, first)
    line = day_of(village, TODAY).line
    assert line is not None and (line.text, line.corrected) == ("雨，走访四户", 1)
    assert LogLine.objects.count() == 2


def test_the_same_words_again_are_the_same_line(village: Center, staff: User) -> None:
    first = write(staff, village, "雨，走访三户")
    assert write(staff, village, " 雨，走访三户 ") == first
    assert write(staff, village, "雨，走访三户", first) == first
    assert LogLine.objects.count() == 1


def test_who_corrects_what_no_longer_stands_is_told_what_does(village: Center, staff: User, client: Client) -> None:
    first = write(staff, village, "雨")
    write(staff, village, "雨转晴", first)
    address = reverse("ledger:log_line", args=[village.code, TODAY])
    answer = client.post(address, {"text": "大雨", "corrects": first.pk})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "雨转晴" in page and "大雨" in page
    assert LogLine.objects.count() == 2


@pytest.mark.parametrize(("text", "status"), [("", 422), ("  \n", 422), ("长" * 201, 422)])
def test_a_line_that_makes_no_sense_is_refused(village: Center, client: Client, text: str, status: int) -> None:
    answer = client.post(reverse("ledger:log_line", args=[village.code, TODAY]), {"text": text})
    assert answer.status_code == status
    assert not LogLine.objects.exists()


@pytest.mark.parametrize("day", ["2026-11-25", "2026-11-31", "20261124", "1999-01-01", "yesterday"])
def test_no_page_answers_to_a_day_that_is_none_or_to_come(village: Center, client: Client, day: str) -> None:
    assert client.get(reverse("ledger:log_line", args=[village.code, day])).status_code == 404


def test_the_service_refuses_a_day_to_come_and_outsiders(village: Center, staff: User, clock: TestClock) -> None:
    with pytest.raises(refused.LogDayAhead):
        write(staff, village, "早了", day=TODAY + dt.timedelta(days=1))
    with pytest.raises(refused.LedgerNotAllowed):
        write(make_booker(3), village, "外人")


def test_the_page_goes_from_month_to_month_and_no_further_than_today(client: Client) -> None:
    page = client.get(reverse("ledger:work_log"))
    assert str(page.context["month"]) == "2026-11" and page.context["after"] is None
    page = client.get(reverse("ledger:work_log") + "?month=2026-01")
    assert (str(page.context["before"]), str(page.context["after"])) == ("2025-12", "2026-02")
    for nonsense in ("2026-12", "2026-00", "x", "1999-01", "２０２６-01"):
        assert str(client.get(reverse("ledger:work_log"), {"month": nonsense}).context["month"]) == "2026-11"


def test_the_pdf_tells_each_day_and_who_made_it_is_written_down(village: Center, staff: User, client: Client) -> None:
    write(staff, village, "#雨* $走访$ 三户")
    answer = client.post(reverse("ledger:work_log_file", args=[village.code]), {"month": "2026-11"})
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    told = text_of(answer.content)
    assert "#雨*$走访$三户" in told and told.count("没有记录") == len(days_of(village, NOVEMBER)) - 1
    assert LedgerExport.objects.get().made_by == staff


def test_a_month_costs_the_same_number_of_queries(
    village: Center, staff: User, client: Client, clock: TestClock
) -> None:
    room = make_space(village)
    made: list[Any] = []

    def grow(count: int) -> None:
        for _ in range(count):
            day = YESTERDAY - dt.timedelta(days=len(made))
            made.append(day)
            write(staff, village, f"第{len(made)}天", day=day)
            make_activity(village, day=day, state="recorded", attendance=3)

    assert room
    assert_constant_queries(grow, lambda: client.get(reverse("ledger:work_log")))
    assert portal_clock.today() == TODAY
