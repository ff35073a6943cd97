"""A form in an encoding that the portal doesn't read is a bad request.

With the page and the headers of any other answer.
"""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ADDRESSES = ("/accounts/login/", "/accounts/login/code/", "/preferences/language/", "/nowhere/", "/search/")
GUARDS = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")


def send(path: str, charset: str) -> Any:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    return client.post(path, b"x=1", content_type=f"application/x-www-form-urlencoded; charset={charset}")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("charset", ["gbk", "utf-16", "latin-1", "utf-7"])
def test_it_is_a_bad_request_with_all_headers(path: str, charset: str) -> None:
    answer = send(path, charset)
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()
    assert not [name for name in GUARDS if name not in answer.headers]


def test_the_api_says_so_too() -> None:
    answer = send("/api/v1/bookings/", "gbk")
    assert answer.headers["Content-Type"] == "application/problem+json" and 400 <= answer.status_code < 500


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_utf8_is_read(charset: str) -> None:
    assert send("/accounts/login/", charset).status_code == 403, "read, and found to be forged"


def test_a_failure_of_ours_has_its_page_also_then(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware.process_view", fail)
    answer = send("/accounts/login/", "gbk")
    assert answer.status_code == 500 and "<h1" in answer.content.decode()
    assert not [name for name in GUARDS if name not in answer.headers]
