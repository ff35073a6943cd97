"""The page of one space: what can be picked, what can't and why, and that the slot in the address survives."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bookings.domain.rules import RULES, DayRule
from bookings.exceptions import SpaceNotBookable, TooFarAhead, TooSoon
from bookings.models import Space
from bookings.selectors.space.page import DAY_WORDS
from centers.choices import Role
from centers.models import Center, SpecialDay
from centers.services.tree import move_center
from tests.factories.bookings import TOMORROW, book, make_booker, make_policy, make_space, slot
from tests.factories.centers import grant
from tests.support.time import TestClock


@pytest.fixture
def page(client: Client, space: Space) -> Any:
    def get(**query: str) -> Any:
        return client.get(reverse("bookings:space_detail", args=[space.pk]), query)

    return get


def column(response: Any, day: dt.date) -> list[str]:
    """Kinds of the cells of one day, an hour each."""
    index = [entry["date"] for entry in response.context["days"]].index(day)
    filled: list[list[str]] = []
    reach = [0] * len(response.context["days"])
    kinds = [""] * len(reach)
    for row in response.context["rows"]:
        cells = iter(row["cells"])
        for n in range(len(reach)):
            if reach[n] == 0:
                cell = next(cells)
                reach[n], kinds[n] = cell["rows"], cell["kind"]
            reach[n] -= 1
        filled.append(list(kinds))
    return [row[index] for row in filled]


def test_free_taken_and_shut_hours_of_tomorrow(page: Any, space: Space, resident: User, city: Center) -> None:
    make_policy(city, turnaround_minutes=0)
    book(resident, space, 9, 11)
    assert column(page(), TOMORROW) == ["free", "busy", "busy", *["free"] * 10]


def test_a_half_hour_that_is_free_can_be_picked(page: Any, space: Space, resident: User) -> None:
    """9:00–10:00 with half an hour after it: 10:30 is the next start, and 8:00 must leave half an hour before 9:00."""
    book(resident, space, 9, 10)
    html = page().content.decode()
    assert "starts_at=2026-11-25T10:30&amp;ends_at=2026-11-25T11:30" in html
    assert "starts_at=2026-11-25T08:00&amp;ends_at=2026-11-25T08:30" in html


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [({}, "10:30–11:30"), ({"starts_at": "2026-11-25T17:00", "ends_at": "2026-11-25T19:00"}, "14:00–16:00")],
)
def test_a_slot_of_a_phone_says_what_its_link_chooses(
    page: Any, space: Space, resident: User, chosen: dict[str, str], expected: str
) -> None:
    book(resident, space, 9, 10)
    said = {slot["words"]: slot["url"] for slot in page(day=str(TOMORROW), **chosen).context["slots"] if slot["url"]}
    assert {"8:00–8:30", expected} <= said.keys()
    for words, url in said.items():
        assert "starts_at=2026-11-25T{}&ends_at=2026-11-25T{}".format(*(f"{t:0>5}" for t in words.split("–"))) in url


def test_hours_that_have_passed_today_cannot_be_picked(page: Any) -> None:
    today = column(page(), dt.date(2026, 11, 24))
    assert today[:2] == ["past", "past"] and today[2] == "free"


def test_the_chosen_slot_is_shown_once_and_kept_in_every_way_on(page: Any) -> None:
    response = page(starts_at="2026-11-25T09:00", ends_at="2026-11-25T11:00", headcount="12", purpose="training")
    html = response.content.decode()
    assert column(response, TOMORROW)[:4] == ["free", "pick", "pick", "free"]
    assert 'name="starts_at" value="2026-11-25T09:00"' in html
    assert 'value="2026-11-25T11:00" selected' in html
    assert "headcount=12" in html
    ways_on = [one["url"] for one in (*response.context["day_links"], *response.context["slots"]) if one["url"]]
    assert len(ways_on) > 10 and all("headcount=12&purpose=training" in url for url in ways_on)


def test_a_slot_that_is_gone_is_not_offered(page: Any, space: Space, resident: User) -> None:
    book(resident, space, 9, 10)
    response = page(starts_at="2026-11-25T09:00", ends_at="2026-11-25T10:00")
    assert response.context["is_lost"] and "pick" not in column(response, TOMORROW)


@pytest.mark.usefixtures("at_any_hour")
def test_days_without_enough_notice_and_beyond_the_horizon_are_not_offered(page: Any, city: Center) -> None:
    make_policy(city, notice_workdays=2, horizon_days=4)
    response = page()
    assert "free" not in column(response, TOMORROW)
    assert "free" in column(response, dt.date(2026, 11, 26))
    assert "free" not in column(response, dt.date(2026, 11, 29))


@pytest.mark.usefixtures("at_any_hour")
def test_a_shut_day_says_why_in_the_table(page: Any, city: Center) -> None:
    SpecialDay.objects.create(center=city, day=TOMORROW, reason="换届选举")
    assert "换届选举" in page().content.decode()
    assert set(column(page(), TOMORROW)) == {"shut"}


def test_a_year_without_published_holidays_is_said(page: Any, clock: TestClock) -> None:
    clock.move_to(slot(10, 11, dt.date(2026, 12, 29))[0])
    html = page().content.decode()
    assert "2027" in html


@pytest.mark.parametrize(
    "query",
    [
        {"starts_at": "x"},
        {"week": "2026-13-40"},
        {"week": "1999-01-01"},
        {"headcount": "-3"},
        {"starts_at": "2026-11-25T11:00", "ends_at": "2026-11-25T09:00"},
    ],
)
def test_nonsense_in_the_address_is_as_if_it_were_not_there(page: Any, query: dict[str, str]) -> None:
    assert page(**query).status_code == 200


def test_queries_do_not_grow_with_bookings(
    page: Any, space: Space, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page()  # what seldom changes is read once: bookings.domain.snapshot
    counts = []
    for number in (2, 20):
        for n in range(number):
            try:
                book(
                    make_booker(number * 100 + n),
                    space,
                    8 + n % 10 + 0.0,
                    8.5 + n % 10,
                    day=TOMORROW + dt.timedelta(days=n % 6),
                )
            except Exception:
                continue
        with CaptureQueriesContext(connection) as captured:
            page()
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 14


def test_a_space_out_of_use_is_not_found(page: Any, space: Space) -> None:
    space.is_active = False
    space.save()
    assert page().status_code == 404


def test_htmx_gets_the_fragment_alone(client: Client, space: Space) -> None:
    response = client.get(space.get_absolute_url(), headers={"HX-Request": "true"})
    assert b"<html" not in response.content and b'id="space"' in response.content
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.usefixtures("at_any_hour")
def test_a_phone_begins_on_the_first_day_with_something_free(page: Any, village: Center) -> None:
    make_policy(village, notice_workdays=2)
    asked = page().context["asked"]
    assert asked.day == dt.date(2026, 11, 26)
    assert page(day="2026-11-24").context["asked"].day == dt.date(2026, 11, 24)


def test_what_is_over_is_past_before_it_is_too_soon(page: Any, city: Center) -> None:
    """At 10:05, where two working days lie between asking and using.

    8:00 and 9:00 were; 10:00 could never be asked for.
    """
    make_policy(city, notice_workdays=2)
    assert column(page(), dt.date(2026, 11, 24)) == ["past", "past", *["shut"] * 11]


def test_the_table_says_once_when_a_divisible_hall_is_taken(
    page: Any, client: Client, space: Space, village: Center, resident: User, neighbour: User
) -> None:
    other = make_space(village, "西厅")
    hall = make_space(village, "多功能厅", cells=[*space.cells.all(), *other.cells.all()])
    make_policy(village, turnaround_minutes=0)
    book(resident, hall, 9, 11)
    book(neighbour, space, 11, 12)
    book(neighbour, other, 15, 16)
    table = client.get(reverse("bookings:space_detail", args=[hall.pk])).context["table"]
    assert [row["taken"] for row in table if row["day"] == TOMORROW] == [["9:00–12:00", "15:00–16:00"]]


# The center moves on this day to a town of other rules.
MOVES = dt.date(2026, 11, 27)


def moves_to_a_town_of(village: Center, **policy: Any) -> None:
    town = Center.objects.get(code="330482002")
    make_policy(town, **policy)
    move_center(actor=None, center=village, new_parent=town, on=MOVES)


def words_of(response: Any, day: dt.date) -> set[str]:
    """What the cells of one day say, one a run of hours."""
    index = [entry["date"] for entry in response.context["days"]].index(day)
    reach = [0] * len(response.context["days"])
    found = set()
    for row in response.context["rows"]:
        cells = iter(row["cells"])
        for n in range(len(reach)):
            if reach[n] == 0:
                cell = next(cells)
                reach[n] = cell["rows"]
                if n == index:
                    found.add(str(cell.get("words", "")))
            reach[n] -= 1
    return found


@pytest.mark.usefixtures("at_any_hour")
def test_a_day_after_a_move_goes_by_the_policy_of_then(page: Any, village: Center) -> None:
    moves_to_a_town_of(village, longest_minutes=60, confirm_mode="staff", quota_count=7)
    before, after = page(day="2026-11-26"), page(day=MOVES.isoformat())
    assert before.context["policy"].is_instant and before.context["policy"].longest_minutes == 240
    assert not after.context["policy"].is_instant and after.context["policy"].longest_minutes == 60
    assert any("7" in notice for notice in after.context["notices"])
    picked = page(starts_at="2026-11-27T09:00", ends_at="2026-11-27T10:00")
    assert [end["value"][-5:] for end in picked.context["ends"]] == ["09:30", "10:00"]
    assert not picked.context["policy"].is_instant


@pytest.mark.usefixtures("at_any_hour")
def test_a_chosen_length_is_cut_to_the_longest_use_of_the_day(page: Any, village: Center) -> None:
    moves_to_a_town_of(village, longest_minutes=60)
    html = page(starts_at="2026-11-26T09:00", ends_at="2026-11-26T13:00").content.decode()
    assert "starts_at=2026-11-25T09:00&amp;ends_at=2026-11-25T13:00" in html
    assert "starts_at=2026-11-27T09:00&amp;ends_at=2026-11-27T10:00" in html
    assert "starts_at=2026-11-27T09:00&amp;ends_at=2026-11-27T13:00" not in html


@pytest.mark.usefixtures("at_any_hour")
def test_a_slot_longer_than_the_day_allows_is_not_kept(page: Any, city: Center) -> None:
    make_policy(city, longest_minutes=60)
    assert page(starts_at="2026-11-25T09:00", ends_at="2026-11-25T11:00").context["is_lost"]


@pytest.mark.usefixtures("at_any_hour")
def test_the_weeks_go_on_as_far_as_any_policy_to_come(page: Any, city: Center, village: Center) -> None:
    """Two days ahead now, thirty where the center moves to: 24 December is the last day."""
    make_policy(city, horizon_days=2)
    moves_to_a_town_of(village, horizon_days=30)
    first = page()
    assert set(column(first, MOVES)) == {"free"} and first.context["next_url"]
    assert page(day="2026-11-29").context["asked"].day == dt.date(2026, 11, 29)
    assert page(day="2027-01-31").context["asked"].day == dt.date(2026, 12, 24)
    last = page(week="2026-12-22").context
    assert last["next_url"] is None and last["previous_url"]


@pytest.mark.usefixtures("at_any_hour")
def test_the_weeks_end_with_a_nearer_horizon_to_come(page: Any, village: Center) -> None:
    """Thirty days ahead now, two where the center moves to: the day before the move is the last."""
    moves_to_a_town_of(village, horizon_days=2)
    response = page()
    assert response.context["next_url"] is None
    assert "free" in column(response, dt.date(2026, 11, 26)) and "free" not in column(response, MOVES)
    assert words_of(response, MOVES) == {str(DAY_WORDS[TooFarAhead])}
    assert page(day="2026-12-20").context["asked"].day == dt.date(2026, 11, 26)


def test_hours_that_are_refused_as_a_whole_say_by_which_rule(
    page: Any, client: Client, resident: User, space: Space, city: Center
) -> None:
    make_policy(city, notice_workdays=2, horizon_days=4)
    response = page()
    assert words_of(response, TOMORROW) == {str(DAY_WORDS[TooSoon])}
    assert words_of(response, dt.date(2026, 11, 29)) == {str(DAY_WORDS[TooFarAhead])}
    Space.objects.filter(pk=space.pk).update(is_active=False)
    grant(resident, city, Role.ADMIN)
    client.force_login(resident)
    assert words_of(page(), TOMORROW) == {str(DAY_WORDS[SpaceNotBookable])}


def test_each_rule_about_a_day_has_words_for_its_hours() -> None:
    assert {rule.error for rule in RULES if isinstance(rule, DayRule)} == set(DAY_WORDS)


def test_a_sliver_of_opening_too_short_for_a_use_is_shut_and_not_past(page: Any, city: Center) -> None:
    SpecialDay.objects.create(center=city, day=TOMORROW, opens=dt.time(9), closes=dt.time(16, 15))
    assert column(page(), TOMORROW) == ["shut", *["free"] * 7, *["shut"] * 5]
