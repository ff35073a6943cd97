"""Who is counted, and how often they may ask."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts.models import User
from common.http.rate_limit import Rate, address_of, limit_rate, seconds_over, visitor_of
from tests.factories.people import make_resident


def coming_from(address: str, user: Any = None) -> Any:
    request = RequestFactory().get("/search/?headcount=4", REMOTE_ADDR=address, headers={"x-forwarded-for": "10.9.9.9"})
    request.user = user or AnonymousUser()
    return request


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_addresses(address: str, counted: str) -> None:
    assert address_of(coming_from(address)) == counted


def test_who_signed_in_is_counted_by_account_wherever_they_sit() -> None:
    one, other = User(pk=1), User(pk=2)
    assert visitor_of(coming_from("203.0.113.7", one)) == visitor_of(coming_from("203.0.113.8", one))
    assert visitor_of(coming_from("203.0.113.7", one)) != visitor_of(coming_from("203.0.113.7", other))


@pytest.mark.parametrize(
    ("text", "rate"),
    [("60/m", (60, 60)), ("120/min", (120, 60)), ("5/s", (5, 1)), ("9/hour", (9, 3600)), ("2/d", (2, 86400))],
)
def test_rates(text: str, rate: tuple[int, int]) -> None:
    assert Rate.read(text) == Rate(*rate)


@pytest.mark.parametrize("text", ["60", "0/m", "-1/m", "m/60", "60/x", "60 / m", "6_0/m"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        Rate.read(text)


def test_the_limit_itself_is_within_it() -> None:
    assert [seconds_over("test", "one", "3/m") for _ in range(5)] == [0, 0, 0, 60, 60]
    assert seconds_over("test", "other", "3/m") == 0, "each visitor has a count of their own"
    assert seconds_over("else", "one", "3/m") == 0, "and each thing that is limited"


def test_no_rate_is_no_limit() -> None:
    assert [seconds_over("test", "one", None) for _ in range(3)] == [0, 0, 0]


def test_every_count_has_an_end() -> None:
    """Also where the window ran out between two steps: a count without an end would keep somebody out for ever."""
    cache = caches["volatile"]
    server, key = cache._cache.get_client(None, write=True), cache.make_key("rate:end:one")  # type: ignore[attr-defined]
    seconds_over("end", "one", "1/m")
    assert 0 < server.ttl(key) <= 60
    server.set(key, 0)  # as if `incr` had made it anew
    assert server.ttl(key) == -1
    assert seconds_over("end", "one", "1/m") == 0
    assert 0 < server.ttl(key) <= 60


def test_too_often_is_said_and_when_to_come_again() -> None:
    page = limit_rate("page", lambda: "1/m")(lambda request: HttpResponse("here"))
    answers = [page(coming_from("203.0.113.7")) for _ in range(2)]
    assert [(answer.status_code, answer.get("Retry-After")) for answer in answers] == [(200, None), (429, "60")]


@pytest.mark.django_db
def test_two_at_one_address_who_signed_in_search_each_for_themselves(settings: Any) -> None:
    settings.SEARCH_RATE = "1/m"
    statuses = []
    for number in (1, 2):
        client = Client(REMOTE_ADDR="203.0.113.7")
        client.force_login(make_resident(number))
        statuses.append([client.get("/search/").status_code for _ in range(2)])
    assert statuses == [[200, 429], [200, 429]]


@pytest.mark.django_db
def test_a_network_that_changes_its_last_bits_is_one_visitor(settings: Any) -> None:
    settings.SEARCH_RATE = "2/m"
    statuses = [Client(REMOTE_ADDR=f"2001:db8::{n}").get("/search/").status_code for n in range(1, 4)]
    assert statuses == [200, 200, 429]
