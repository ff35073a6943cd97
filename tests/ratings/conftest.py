"""The cast of the rating tests: a village's center with its town, and an activity that is going on."""

from collections.abc import Callable

import pytest
from django.test import Client

from activities.models import Activity
from tests.factories.activities import make_activity
from tests.factories.bookings import TODAY, open_daily
from tests.support.cast import ANONYMOUS, Cast, make_cast
from tests.support.time import TestClock


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    return cast


@pytest.fixture
def activity(cast: Cast) -> Activity:
    """Of the cast's center, on Tuesday 24 November 2026, 9:00–10:30: the tests' clock stands at 10:05."""
    return make_activity(cast.center, 9, 10.5, day=TODAY, title="关爱小候鸟")


@pytest.fixture
def client_of(cast: Cast) -> Callable[..., Client]:
    """A browser of somebody of the cast, or of nobody, in Chinese unless said."""

    def make(role: str = ANONYMOUS, language: str = "zh-hans") -> Client:
        client = Client()
        client.cookies["django_language"] = language
        if role != ANONYMOUS:
            client.force_login(cast[role])
        return client

    return make
