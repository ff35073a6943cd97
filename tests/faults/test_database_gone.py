"""The database doesn't answer.

Every page says so in a sentence, the API in its own shape, and the watchers hear of it.
"""

import io
import logging
from collections.abc import Iterator

import psycopg2
import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.test import Client

from pingh_portal.outages import OneLineOutages, is_outage


@pytest.fixture(autouse=True)
def _gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """For this thread alone: others of the process still have theirs."""

    def refuse() -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(connections["default"], "ensure_connection", refuse)


@pytest.mark.parametrize(
    "path", ["/", "/search/", "/centers/330482/", "/me/", "/accounts/login/code/", "/no/such/page/"]
)
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "系统繁忙，请稍后再试"), ("en", "Please retry later")])
def test_pages_say_so(path: str, language: str, words: str) -> None:
    answer = Client(raise_request_exception=False).get(
        path, HTTP_ACCEPT_LANGUAGE=language, HTTP_COOKIE=f"sessionid={'a' * 32}"
    )
    assert answer.status_code == 503 and answer["Retry-After"] == "10"
    page = answer.content.decode()
    assert words in page and "closed the connection" not in page and "Traceback" not in page
    assert answer["X-Frame-Options"] == "DENY" and "Content-Security-Policy" in answer


@pytest.mark.parametrize("path", ["/api/v1/centers/", "/api/v1/bookings/", "/api/v1/availability/"])
def test_the_api_says_so(path: str) -> None:
    answer = Client(raise_request_exception=False).get(path, HTTP_COOKIE=f"sessionid={'a' * 32}")
    assert answer.status_code == 503 and answer["Retry-After"] == "10"
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["code"] == "unavailable"


def test_the_watchers_hear_of_it() -> None:
    assert Client(raise_request_exception=False).get("/healthz").status_code == 503


def test_what_needs_no_database_still_answers() -> None:
    assert Client().get("/privacy/").status_code == 200


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console handler of the settings writes of Django's log."""
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["outages"]
    assert settings.LOGGING["filters"]["outages"]["()"] == f"{OneLineOutages.__module__}.OneLineOutages"
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(OneLineOutages())
    logging.getLogger("django.request").addHandler(handler)
    yield written
    logging.getLogger("django.request").removeHandler(handler)


def test_the_log_gets_a_line_a_request(log: io.StringIO) -> None:
    Client(raise_request_exception=False).get("/")
    assert log.getvalue() == "Service Unavailable: / (database away: the server closed the connection)\n"


def test_another_error_keeps_its_traceback(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(connections["default"], "ensure_connection", fail)
    assert Client(raise_request_exception=False).get("/").status_code == 500
    assert "Traceback" in log.getvalue()


@pytest.mark.parametrize(
    ("state", "away"),
    [(None, True), ("57P01", True), ("08006", True), ("53300", True), ("40P01", False), ("53100", False)],
)
def test_what_the_server_says_tells_an_outage_from_a_fault(state: str | None, away: bool) -> None:
    class Said(psycopg2.OperationalError):
        pgcode = state

    error = OperationalError("x")
    error.__cause__ = Said("x")
    assert is_outage(error) is away
    assert not is_outage(ValueError("x"))
