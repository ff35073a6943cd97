"""The database doesn't answer: every page says so in a sentence, the API in its own shape, and the watchers hear of it."""

import pytest
from django.db import OperationalError, connections
from django.test import Client


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
    assert answer.status_code == 500
    page = answer.content.decode()
    assert words in page and "closed the connection" not in page and "Traceback" not in page
    assert answer["X-Frame-Options"] == "DENY" and "Content-Security-Policy" in answer


@pytest.mark.parametrize("path", ["/api/v1/centers/", "/api/v1/bookings/", "/api/v1/availability/"])
def test_the_api_says_so(path: str) -> None:
    answer = Client(raise_request_exception=False).get(path, HTTP_COOKIE=f"sessionid={'a' * 32}")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["code"] == "error"


def test_the_watchers_hear_of_it() -> None:
    assert Client(raise_request_exception=False).get("/healthz").status_code == 500


def test_what_needs_no_database_still_answers() -> None:
    assert Client().get("/privacy/").status_code == 200
