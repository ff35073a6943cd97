"""The cast of the booking tests: a village's room, open daily, and people."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bookings.choices import ConfirmMode
from bookings.models import Space
from centers.models import Center
from tests.factories.bookings import make_booker, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock


@pytest.fixture
def village(db: None, clock: TestClock) -> Center:
    """水洞埭社区, which has the city's hours."""
    return Center.objects.get(code="330482001001")


@pytest.fixture
def city(village: Center) -> Center:
    city = Center.objects.get(code="330482")
    open_daily(city)
    return city


@pytest.fixture
def space(city: Center, village: Center) -> Space:
    return make_space(village)


@pytest.fixture
def resident(db: None, clock: TestClock) -> User:
    return make_booker(1)


@pytest.fixture
def neighbour(db: None, clock: TestClock) -> User:
    return make_booker(2)


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    """One of each role; centers are open daily and their staff confirm."""
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, confirm_mode=ConfirmMode.STAFF, quota_count=100, turnaround_minutes=0, horizon_days=60)
    return cast


@pytest.fixture
def mine(client: Client, resident: User) -> Client:
    client.force_login(resident)
    return client


@pytest.fixture
def check_url(space: Space) -> str:
    return reverse("bookings:booking_create", args=[space.pk])
