"""Satisfaction as the API tells it: what is published, and nothing of a single rating."""

from collections.abc import Callable
from typing import Any

from ratings.choices import Grade
from tests.factories.activities import make_activity
from tests.factories.bookings import TODAY
from tests.factories.ratings import rate, rate_often
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries

SATISFACTION = "/api/v1/satisfaction/"


def test_hidden_under_twenty_and_said_from_then_on(cast: Cast, api: Callable[..., Any]) -> None:
    activity = make_activity(cast.center, 9, 10, day=TODAY)
    rate_often(activity, good=19)
    path = f"{SATISFACTION}{cast.center.code}/"
    hidden = {"answers": None, "satisfied": None, "percent": None}
    assert hidden.items() <= api().get(path).json().items()
    rate(activity, Grade.DISSATISFIED, comment="没人看得到")
    body = api().get(path).json()
    assert {"center": cast.center.code, "answers": 20, "satisfied": 19, "percent": 95.0}.items() <= body.items()
    assert "comment" not in body


def test_nothing_is_sent(cast: Cast, api: Callable[..., Any]) -> None:
    assert api(cast["staff"]).send(SATISFACTION, {"grade": 5}).status_code == 405


def test_constant_queries(cast: Cast, api: Callable[..., Any]) -> None:
    activity, client = make_activity(cast.center, 9, 10, day=TODAY), api()
    assert_constant_queries(lambda count: rate_often(activity, good=count), lambda: client.get(SATISFACTION))
