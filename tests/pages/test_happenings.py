"""What happens: on home, center and room pages, and as the next thing on one's own page."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.services.sign_ups import leave
from bookings.choices import ConfirmMode
from bookings.models import Booking, Space
from centers.models import Center
from common import clock as portal_clock
from tests.factories.activities import join, make_activity
from tests.factories.bookings import TOMORROW, book, make_booker, make_policy, make_space, open_daily
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

DAY = dt.timedelta(days=1)
HOME, MINE = reverse("pages:home"), reverse("pages:my_page")


@pytest.fixture
def village(db: None, clock: TestClock) -> Center:
    open_daily(Center.objects.get(code="330482"))
    village = Center.objects.get(code="330482001001")
    make_policy(village, confirm_mode=ConfirmMode.INSTANT, quota_count=100)
    return village


@pytest.fixture
def resident(db: None, clock: TestClock) -> User:
    return make_booker(1)


def in_room(space: Space, booking: Booking, title: str) -> None:
    made = make_activity(space.center, day=TOMORROW, title=title)
    type(made).objects.filter(pk=made.pk).update(booking=booking)


def test_home_shows_the_next_three_around_the_place_chosen(client: Client, village: Center) -> None:
    elsewhere = Center.objects.get(code="330482002")
    make_activity(elsewhere, day=portal_clock.today() + DAY, title="别的镇")
    for number in range(4):
        make_activity(village, day=portal_clock.today() + (number + 2) * DAY, title=f"本地{number}")
    rows = client.get(HOME).context["activities"]
    assert [row.activity.title for row in rows] == ["别的镇", "本地0", "本地1"]
    rows = client.get(HOME, {"near": village.code}).context["activities"]
    assert [row.activity.title for row in rows] == ["本地0", "本地1", "本地2"]
    rows = client.get(HOME, {"near": "330482003"}).context["activities"]
    assert len(rows) == 3, "where nothing is near, the next anywhere"
    assert reverse("activities:activity_list") in client.get(HOME).content.decode()


def test_a_center_shows_its_own_and_those_it_hosts_with_others(client: Client, village: Center) -> None:
    partner = Center.objects.get(code="330482002")
    make_activity(village, title="合办的").co_hosts.add(partner)
    make_activity(village, title="自己的")
    html = client.get(partner.get_absolute_url()).content.decode()
    assert "合办的" in html and f"{village.short_name}牵头" in html and "自己的" not in html
    own = client.get(village.get_absolute_url()).content.decode()
    assert "自己的" in own and f"与{partner.short_name}合办" in own


def test_a_room_shows_what_takes_place_in_it(client: Client, village: Center, resident: User) -> None:
    space, other = make_space(village, "议事厅"), make_space(village, "多功能厅")
    in_room(space, book(resident, space, 14, 16), "楼道整治议事")
    assert "楼道整治议事" in client.get(space.get_absolute_url()).content.decode()
    assert "楼道整治议事" not in client.get(other.get_absolute_url()).content.decode()


@pytest.mark.parametrize("page", ["home", "center", "room", "my page"])
def test_each_page_asks_the_same_of_two_and_of_twenty(
    client: Client, village: Center, resident: User, page: str
) -> None:
    space, partner = make_space(village, "议事厅"), Center.objects.get(code="330482002")
    addresses: dict[str, Callable[[], str]] = {
        "home": lambda: HOME,
        "center": village.get_absolute_url,
        "room": space.get_absolute_url,
        "my page": lambda: MINE,
    }
    url = addresses[page]()
    client.force_login(resident)

    days = iter(range(2, 25))

    def grow(count: int) -> None:
        for _ in range(count):
            day = portal_clock.today() + next(days) * DAY
            activity = make_activity(village, day=day)
            activity.co_hosts.add(partner)
            booking = book(make_booker(day.toordinal()), space, 14, 16, day=day)
            type(activity).objects.filter(pk=activity.pk).update(booking=booking)
            join(activity, 1)

    assert_constant_queries(grow, lambda: client.get(url))


def test_my_page_begins_with_the_next_thing_and_keeps_one_order(
    client: Client, village: Center, resident: User
) -> None:
    client.force_login(resident)
    assert client.get(MINE).context["next"] is None
    joined = join(make_activity(village, day=TOMORROW, title="第二件"), 1)
    book(resident, make_space(village, "第三件"), 17, 18)
    page = client.get(MINE)
    assert page.context["next"].number == joined.code and "qr-code" in page.content.decode()
    book(resident, make_space(village, "第一件"), 9, 10)
    page = client.get(MINE)
    assert [page.context["next"].title, *(one.title for one in page.context["coming"])] == [
        "第一件",
        "第二件",
        "第三件",
    ]
    assert "qr-code" not in page.content.decode(), "nobody scans a booking"


def test_my_page_asks_for_an_answer_first(client: Client, village: Center, resident: User) -> None:
    activity = make_activity(village, capacity=1)
    before, mine = join(activity, 2), join(activity, 1)
    leave(actor=before.participant.account, sign_up=before)
    client.force_login(resident)
    html = client.get(MINE).content.decode()
    accept = reverse("activities:sign_up_accept", args=[mine.code])
    assert accept in html
    answer = client.post(accept, {"next": MINE}, follow=True)
    assert answer.redirect_chain[-1][0] == MINE and accept not in answer.content.decode()
    assert answer.context["next"].number == mine.code
