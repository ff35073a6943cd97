"""The home page in elder mode: whom to call comes first, then four big ways in; and one's next thing on either."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import Center
from tests.factories.activities import join, make_activity
from tests.factories.bookings import book, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
CITY, TOWN, VILLAGE = "0573-00000001", "0573-00000002", "0573-00000003"


@pytest.fixture
def cast(clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    return cast


@pytest.fixture
def elder(client: Client) -> Client:
    client.cookies["elder"] = "1"
    return client


def phones(**of: tuple[Center, str]) -> None:
    for center, phone in of.values():
        Center.objects.filter(pk=center.pk).update(phone=phone)


def called(client: Client, **query: str) -> str:
    html = client.get("/", query).content.decode()
    found = html.partition('href="tel:')[2].partition('"')[0]
    assert not found or html.index('href="tel:') < html.index('class="doors')
    return found


def test_the_phone_is_the_nearest_there_is(elder: Client, cast: Cast) -> None:
    near = {"near": cast.center.code}
    assert called(elder, **near) == ""
    phones(city=(cast.city, CITY))
    assert called(elder, **near) == called(elder) == CITY
    phones(town=(cast.town, TOWN))
    assert called(elder, **near) == TOWN
    phones(village=(cast.center, VILLAGE))
    assert called(elder, **near) == VILLAGE
    assert called(elder) == CITY
    elder.cookies["search"] = f"near={cast.center.code}"
    assert called(elder) == VILLAGE


def test_four_doors_and_no_form(elder: Client, cast: Cast) -> None:
    response = elder.get("/")
    html = response.content.decode()
    doors = html.partition('class="doors')[2].partition("</nav>")[0]
    for name in ("bookings:space_search", "activities:activity_list", "centers:center_list", "catalog:service_list"):
        assert f'href="{reverse(name)}"' in doors
    assert doors.count("<a ") == 4
    assert "search-form" not in html
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("mode", ["0", "1"])
def test_ones_next_thing_is_on_the_page(client: Client, cast: Cast, mode: str) -> None:
    client.cookies["elder"] = mode
    assert client.get("/").context["next"] is None
    make_policy(cast.city, quota_count=9)
    sign_up = join(make_activity(cast.center, title="读书会", day=dt.date(2026, 11, 28)))
    resident: Any = sign_up.participant.account
    client.force_login(resident)
    assert client.get("/").context["next"].url == sign_up.get_absolute_url()
    booking = book(resident, make_space(cast.center), 14, 16, day=dt.date(2026, 11, 27))
    response = client.get("/")
    assert response.context["next"].url == booking.get_absolute_url()
    assert f'href="{booking.get_absolute_url()}"' in response.content.decode()


def test_the_queries_dont_grow(elder: Client, cast: Cast) -> None:
    elder.force_login(cast["resident"])

    def grow(count: int) -> None:
        for _ in range(count):
            make_activity(cast.center)

    assert_constant_queries(grow, lambda: elder.get("/"))
