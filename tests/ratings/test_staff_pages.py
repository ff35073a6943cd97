"""Ratings as the centers' workers see them: the list, one with its follow-up, the codes to show and to print."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from activities.models import Activity
from bookings.models import Booking
from ratings.choices import CallResult, Grade, Step
from ratings.models import FollowUp, Rating
from ratings.services.follow_ups import take_step
from tests.factories.activities import make_activity
from tests.factories.bookings import book, make_space
from tests.factories.ratings import rate, rate_often
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

Clients = Callable[..., Client]
LIST = reverse("ratings:rating_list")
PHONE = "19900000042"


@pytest.fixture
def bad(activity: Activity) -> Rating:
    return rate(activity, Grade.DISSATISFIED, comment="等了二十分钟", phone=PHONE)


def test_bad_ones_come_first_with_their_deadline(
    cast: Cast, bad: Rating, activity: Activity, client_of: Clients
) -> None:
    rate(activity, Grade.VERY_SATISFIED, comment="很好")
    html = client_of("staff").get(LIST).content.decode()
    assert "待核实" in html and "明天17:30前" in html
    assert html.index("等了二十分钟") < html.index("很好")


def test_overdue_is_said_by_the_clock(bad: Rating, clock: TestClock, client_of: Clients) -> None:
    clock.move_to(bad.follow_up.verify_by)
    clock.advance(minutes=20)
    assert "已超时20分钟" in client_of("staff").get(LIST).content.decode()


def test_the_town_sees_its_villages_and_a_neighbour_nothing(cast: Cast, bad: Rating, client_of: Clients) -> None:
    assert "等了二十分钟" in client_of("town_admin").get(LIST, {"center": cast.town.code}).content.decode()
    assert "等了二十分钟" not in client_of("sibling_staff").get(LIST, {"center": cast.center.code}).content.decode()


def test_the_menu_counts_what_is_open(bad: Rating, client_of: Clients) -> None:
    shown = client_of("staff").get(LIST)
    assert shown.context["frame"]["counts"]["open_follow_ups"].n == 1
    assert "条差评待办" in shown.content.decode()


def test_filtered_by_grade_and_nonsense_narrows_nothing(bad: Rating, activity: Activity, client_of: Clients) -> None:
    rate(activity, Grade.VERY_SATISFIED)
    staff = client_of("staff")
    for query, count in (("", 2), ("?grade=5", 1), ("?grade=2&channel=qr", 1), ("?channel=tablet", 0)):
        assert len(staff.get(LIST + query).context["rows"]) == count, query
    for query in ("?grade=x", "?grade=9", "?channel=smoke", "?center=%00", "?page=-1"):
        assert staff.get(LIST + query).status_code == 200, query


def test_constant_queries(activity: Activity, client_of: Clients) -> None:
    staff = client_of("staff")

    def grow(count: int) -> None:
        for _ in range(count):
            rate(activity, Grade.DISSATISFIED, phone=PHONE)

    assert_constant_queries(grow, lambda: staff.get(LIST))


def test_one_step_after_the_other_on_the_page(cast: Cast, bad: Rating, client_of: Clients) -> None:
    staff, page = client_of("staff"), bad.get_absolute_url()
    for step, more in ((Step.VERIFY, {}), (Step.FIX, {}), (Step.CALL_BACK, {"result": CallResult.REACHED})):
        assert staff.get(page).context["form"]["step"].value() == step
        assert staff.post(page, {"step": step, "note": "已处理", **more}).status_code == 302
    assert FollowUp.objects.get().step == Step.DONE
    done = staff.get(page).content.decode()
    assert "已办结" in done and "<form" not in done[done.index('id="follow-up"') :]


def test_the_second_of_two_colleagues_is_told_what_the_first_did(cast: Cast, bad: Rating, client_of: Clients) -> None:
    take_step(actor=cast["manager"], rating=bad, step=Step.VERIFY, note="属实")
    answer = client_of("staff").post(bad.get_absolute_url(), {"step": Step.VERIFY, "note": "我也核实了"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "同事已经先处理了" in html and "属实" in html and "我也核实了" in html


@pytest.mark.parametrize("data", [{}, {"note": "一句"}, {"step": "verify"}, {"step": "nonsense", "note": "一句"}])
def test_what_is_missing_is_asked_for(bad: Rating, client_of: Clients, data: dict[str, str]) -> None:
    assert client_of("staff").post(bad.get_absolute_url(), data).status_code == 422
    assert FollowUp.objects.get().step == Step.VERIFY


def test_calling_back_asks_what_came_of_it_where_there_is_a_number(cast: Cast, bad: Rating, client_of: Clients) -> None:
    for step in (Step.VERIFY, Step.FIX):
        take_step(actor=cast["staff"], rating=bad, step=step, note="已处理")
    answer = client_of("staff").post(bad.get_absolute_url(), {"step": Step.CALL_BACK, "note": "已处理"})
    assert answer.status_code == 422
    assert "请选择回访结果" in answer.content.decode()


def test_the_number_is_masked_until_asked_for(bad: Rating, client_of: Clients) -> None:
    staff = client_of("staff")
    assert PHONE not in staff.get(bad.get_absolute_url()).content.decode()
    shown = staff.post(reverse("ratings:rating_phone", args=[bad.reference])).content.decode()
    assert f'href="tel:{PHONE}"' in shown


def test_a_good_rating_has_nothing_to_settle(activity: Activity, client_of: Clients) -> None:
    rating = rate(activity, Grade.SATISFIED)
    staff = client_of("staff")
    assert "差评要办完" not in staff.get(rating.get_absolute_url()).content.decode()
    assert staff.post(rating.get_absolute_url(), {"step": "verify", "note": "一句"}).status_code == 302
    assert not FollowUp.objects.exists()


def test_the_desk_shows_the_code_once_it_has_begun(cast: Cast, activity: Activity, client_of: Clients) -> None:
    staff = client_of("staff")
    assert "请参加的人评一评" in staff.get(activity.get_desk_url()).content.decode()
    coming = make_activity(cast.center)
    assert "请参加的人评一评" not in staff.get(coming.get_desk_url()).content.decode()


def test_a_use_that_has_begun_shows_its_code_to_staff_and_a_link_to_its_booker(
    cast: Cast, clock: TestClock, client_of: Clients
) -> None:
    booking: Booking = book(cast["resident"], make_space(cast.center), 9, 10)
    page, code = booking.get_absolute_url(), reverse("ratings:code_booking", args=[booking.reference])
    assert code not in client_of("staff").get(page).content.decode()
    clock.move_to(booking.starts_at)
    assert code in client_of("staff").get(page).content.decode()
    own = client_of("resident").get(page).content.decode()
    assert code not in own and "/rate/" in own


def test_the_sheet_of_a_center_has_a_code(cast: Cast, client_of: Clients) -> None:
    html = client_of("staff").get(reverse("ratings:code_center")).content.decode()
    assert 'class="qr-code"' in html and "扫一扫" in html


def test_the_overview_counts_each_grade(cast: Cast, activity: Activity, client_of: Clients) -> None:
    rate_often(activity, good=19, bad=1)
    shown = client_of("staff").get(LIST)
    assert [bar.count for bar in shown.context["overview"].bars] == [0, 19, 1, 0, 0]
    assert "95.0%" in shown.content.decode() and "已满20条" in shown.content.decode()
