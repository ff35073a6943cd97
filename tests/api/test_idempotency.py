"""`Idempotency-Key`: a booking that is sent twice is made once, and answered alike."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from bookings.models import Booking, Space
from common import clock as portal_clock
from common.api.idempotency import sweep_idempotent_requests
from common.models import IdempotentRequest
from tests.api.asking import BOOKINGS, assert_problem, wish

KEY = {"HTTP_IDEMPOTENCY_KEY": "7f3c-once"}


def test_sent_again_it_gets_the_same_answer(space: Space, resident: User, api: Callable[..., Any]) -> None:
    first, again = (api(resident).send(BOOKINGS, wish(space), **KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first and again["Idempotency-Replayed"] == "true"
    assert Booking.objects.count() == 1


def test_another_request_under_the_key_is_refused(space: Space, resident: User, api: Callable[..., Any]) -> None:
    api(resident).send(BOOKINGS, wish(space), **KEY)
    assert_problem(api(resident).send(BOOKINGS, wish(space, 14, 15), **KEY), 422, "idempotency_key_reused")
    assert Booking.objects.count() == 1


def test_a_refused_request_may_be_tried_again(space: Space, resident: User, api: Callable[..., Any]) -> None:
    too_many = wish(space, headcount=space.capacity + 1)
    assert_problem(api(resident).send(BOOKINGS, too_many, **KEY), 400, "over_capacity")
    Space.objects.filter(pk=space.pk).update(capacity=space.capacity + 1)
    assert api(resident).send(BOOKINGS, too_many, **KEY).status_code == 201


def test_a_key_is_one_person_s(space: Space, resident: User, rival: User, api: Callable[..., Any]) -> None:
    assert api(resident).send(BOOKINGS, wish(space), **KEY).status_code == 201
    assert api(rival).send(BOOKINGS, wish(space, 14, 15), **KEY).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a" * 65, "schlüssel", "a b"])
def test_a_key_that_is_none_is_named(key: str, space: Space, resident: User, api: Callable[..., Any]) -> None:
    refused = api(resident).send(BOOKINGS, wish(space), HTTP_IDEMPOTENCY_KEY=key)
    assert_problem(refused, 400, "idempotency_key_invalid")


def test_after_a_day_it_is_forgotten(space: Space, resident: User, api: Callable[..., Any]) -> None:
    api(resident).send(BOOKINGS, wish(space), **KEY)
    assert sweep_idempotent_requests(portal_clock.now() + dt.timedelta(hours=24)) == 0
    assert sweep_idempotent_requests(portal_clock.now() + dt.timedelta(hours=24, seconds=1)) == 1
    assert not IdempotentRequest.objects.exists()
