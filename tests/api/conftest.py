"""Clients of the API.

One a person, each with the CSRF guard on, and the cast of the booking tests placed in the real tree.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from bookings.models import Space
from tests.factories.bookings import make_booker, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

TOKEN = "t" * 32


class ApiClient(Client):
    """Django's test client, sending JSON with the CSRF token as any client must, in a language of choice."""

    def __init__(self, user: Any = None, language: str = "en") -> None:
        super().__init__(enforce_csrf_checks=True, headers={"accept-language": language})
        if user is not None and user.is_authenticated:
            self.force_login(user)
        self.cookies["csrftoken"] = TOKEN

    def send(self, path: str, body: Any = None, **extra: Any) -> Any:
        """POST `body` as JSON."""
        return self.post(
            path,
            body if body is not None else {},
            content_type="application/json",
            headers={"x-csrftoken": TOKEN},
            **extra,
        )


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    return cast


@pytest.fixture
def space(cast: Cast) -> Space:
    """A room of the center where the cast's staff work."""
    return make_space(cast.center)


@pytest.fixture
def resident(cast: Cast) -> User:
    return cast["resident"]


@pytest.fixture
def rival(cast: Cast) -> User:
    return make_booker(9)


@pytest.fixture
def api() -> Callable[..., ApiClient]:
    """`api(user, language)`: a client signed in as that person; `api()` is a visitor."""
    return ApiClient
