"""The workbench: what waits, the rooms of today, another center's day, and the drawing."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from bookings.choices import ConfirmMode
from bookings.selectors.workbench import fit, in_lines, timeline
from bookings.services.booking import release_early
from centers.models import CenterRole
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

TODAY = dt.date(2026, 11, 24)
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, turnaround_minutes=0)
    return cast


def client_of(cast: Cast, role: str, language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(cast[role])
    return client


@pytest.mark.usefixtures("at_any_hour")
def test_requests_stand_by_deadline_with_whose_they_are(cast: Cast) -> None:
    make_policy(cast.center, confirm_mode=ConfirmMode.STAFF)
    space = make_space(cast.center)
    late, soon = book(make_booker(31), space, 9, 10), book(make_booker(32), space, 11, 12, day=TODAY)
    response = client_of(cast, "staff").get(reverse("pages:workbench"))

    assert [card.booking for card in response.context["requests"]] == [soon, late]
    assert response.context["waiting"] == 2
    page = response.content.decode()
    assert "199****0001" in page
    assert "by 11:00 today" in page
    assert "Shuidongdai Community" not in re.sub(r"(?s).*id=\"requests\"(.*?)</section>.*", r"\1", page)
    # Whoever works above is asked where nobody nearer works.
    CenterRole.objects.filter(user__in=[cast["staff"].pk, cast["manager"].pk]).delete()
    wide = client_of(cast, "town_admin").get(reverse("pages:workbench")).content.decode()
    assert "Shuidongdai Community" in re.sub(r"(?s).*id=\"requests\"(.*?)</section>.*", r"\1", wide)


def test_the_day_shows_bookings_of_the_center_alone_and_what_can_be_done(cast: Cast, clock: TestClock) -> None:
    space, above = make_space(cast.center), make_space(cast.town)
    clock.move_to(clock.now - dt.timedelta(hours=3))
    running, coming = book(make_booker(33), space, 9, 11, day=TODAY), book(make_booker(34), space, 15, 16, day=TODAY)
    book(make_booker(35), above, 15, 16, day=TODAY)
    clock.advance(hours=3)
    response = client_of(cast, "manager").get(reverse("pages:workbench"))

    cards = response.context["today"].cards
    assert [(card.booking, card.can_release, card.can_cancel) for card in cards] == [
        (running, True, False),
        (coming, False, True),
    ]
    page = response.content.decode()
    assert reverse("bookings:booking_release", args=[running.reference]) in page
    assert reverse("bookings:booking_cancel", args=[coming.reference]) in page


@pytest.mark.usefixtures("at_any_hour")
def test_who_works_for_many_centers_looks_at_one_after_the_other(cast: Cast) -> None:
    make_space(cast.center, "二楼活动室")
    client = client_of(cast, "town_admin")
    first = client.get(reverse("pages:workbench"))
    assert first.context["reach"].chosen == cast.town

    page = client.get(reverse("pages:workbench"), {"center": cast.center.code}, **HTMX)
    assert page.context["reach"].chosen == cast.center
    assert "<html" not in page.content.decode()
    assert "二楼活动室" in page.content.decode()
    codes = {center.code for group in page.context["reach"].groups for center in group.centers}
    assert {cast.town.code, cast.center.code, cast.sibling.code} <= codes
    assert not {cast.city.code, cast.other_town.code} & codes


@pytest.mark.parametrize("code", ["nowhere", "330482'"])
def test_a_center_out_of_reach_is_as_if_none_was_named(cast: Cast, code: str) -> None:
    for asked in (code, cast.sibling.code):
        response = client_of(cast, "staff").get(reverse("pages:workbench"), {"center": asked})
        assert response.context["reach"].chosen == cast.center


def test_with_one_center_there_is_nothing_to_choose(cast: Cast) -> None:
    assert "<select" not in client_of(cast, "staff").get(reverse("pages:workbench")).content.decode()


def test_before_the_first_room_managers_are_led_to_make_it_and_staff_arent(cast: Cast) -> None:
    url = reverse("bookings:space_create", args=[cast.center.code])
    assert url in client_of(cast, "manager").get(reverse("pages:workbench")).content.decode()
    assert url not in client_of(cast, "staff").get(reverse("pages:workbench")).content.decode()


def test_the_page_asks_the_same_of_two_rooms_and_requests_and_of_twenty(cast: Cast) -> None:
    make_policy(cast.center, confirm_mode=ConfirmMode.STAFF)
    client = client_of(cast, "city_admin")
    numbers = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            n = next(numbers)
            book(make_booker(200 + n), make_space(cast.center, f"场所{n}"), 14, 15, day=TODAY)

    assert_constant_queries(grow, lambda: client.get(reverse("pages:workbench"), {"center": cast.center.code}))


def test_the_drawing_covers_whole_hours_and_marks_what_is_pending(cast: Cast) -> None:
    make_policy(cast.center, confirm_mode=ConfirmMode.STAFF)
    space = make_space(cast.center, "党员教育多功能报告大厅")
    booking = book(make_booker(36), space, 14, 16, day=TODAY)
    drawn = timeline(cast.center, TODAY, [booking])

    [row] = drawn.rows
    [bar] = row.bars
    width_of_an_hour = 524 / 13
    assert bar.is_pending
    assert bar.x == pytest.approx(90 + 6 * width_of_an_hour, abs=0.1)
    assert bar.width == pytest.approx(2 * width_of_an_hour, abs=0.2)
    assert row.name == ["党员教育多…"]
    assert drawn.now_x == pytest.approx(90 + (2 + 5 / 60) * width_of_an_hour, abs=0.1)
    assert "党员教育多功能报告大厅: 14:00–16:00" in drawn.words or "党员教育多功能报告大厅：14:00–16:00" in drawn.words


def test_a_day_without_hours_or_bookings_is_drawn_all_the_same(cast: Cast) -> None:
    cast.city.weekly_hours.all().delete()
    make_space(cast.center)
    drawn = timeline(cast.center, TODAY, [])
    assert [words for _x, words in drawn.ticks] == ["8:00", "10:00", "12:00", "14:00", "16:00", "18:00"]


def test_what_was_released_keeps_the_time_it_used(cast: Cast, clock: TestClock) -> None:
    space = make_space(cast.center)
    clock.move_to(clock.now - dt.timedelta(hours=3))
    booking = book(make_booker(37), space, 9, 12, day=TODAY)
    clock.advance(hours=3)
    release_early(actor=booking.booker, booking=booking)
    [card] = client_of(cast, "staff").get(reverse("pages:workbench")).context["today"].cards
    assert not (card.can_release or card.can_cancel)


@pytest.mark.parametrize(
    ("words", "letters", "shown"),
    [("培训", 4, "培训"), ("居民议事", 5, "居民…"), ("Training", 6, "Train…"), ("Training", 2, ""), ("", 0, "")],
)
def test_words_are_cut_to_what_fits(words: str, letters: int, shown: str) -> None:
    assert fit(words, letters) == shown


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_names_of_people_are_escaped_and_both_languages_serve(cast: Cast, language: str) -> None:
    make_policy(cast.center, confirm_mode=ConfirmMode.STAFF)
    booking = book(make_booker(38), make_space(cast.center, "<b>厅</b>"), 14, 15, day=TODAY)
    booking.contact.name = "<script>x</script>"
    booking.contact.save()
    page = client_of(cast, "staff", language).get(reverse("pages:workbench")).content.decode()
    assert "<script>x" not in page
    assert "<b>厅" not in page


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("二楼活动室", ["二楼活动室"]),
        ("Council Room", ["Council Room"]),
        ("Multi-purpose Hall", ["Multi-purpose", "Hall"]),
        ("Second-floor Activity Room", ["Second-floor", "Activity Room"]),
        ("Room of the old men", ["Room of the", "old men"]),
        ("Incomprehensibilities here", ["Incomprehens…", "here"]),
    ],
)
def test_a_long_name_breaks_at_a_blank(words: str, shown: list[str]) -> None:
    assert in_lines(words, 13) == shown
