"""The cast of the catalogue's tests: a village with a town and the city above it."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    return make_cast()


@pytest.fixture
def client_of(cast: Cast) -> Callable[..., Client]:
    """A browser of somebody of the cast, or of nobody, in English unless said."""

    def make(role: str = "anonymous", language: str = "en") -> Client:
        client = Client()
        client.cookies["django_language"] = language
        if role != "anonymous":
            client.force_login(cast[role])
        return client

    return make
