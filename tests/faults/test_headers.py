"""What every answer says besides its body.

To browsers about scripts and frames, to caches about whose it is; where `next` may lead.
"""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.architecture.permission_table import Row, all_rows
from tests.support.cast import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("light_pages")]
# Stands in frames of other websites, and is the same for everybody: tests/activities/test_embedding.py.
FRAMED = "activities:embed_list"
FOR_CACHES = (FRAMED, "activities:public_calendar", "activities:public_json")
READ = [row for row in all_rows() if row.method == "get" and row.name != FRAMED]
ELSEWHERE = (
    "//evil.example/", "/\\evil.example", "\\\\evil.example",
    "https://evil.example/", "http:///evil.example", "/%09/evil.example/../..//evil.example",
    "javascript:alert(1)", "data:text/html,x", "https:evil.example", "\t//evil.example", "evil.example", "-1",
    "//testserver@evil.example/",
)  # fmt: skip


@pytest.fixture
def cast(clock: Any) -> Cast:
    return make_cast()


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast["city_admin"])
    return client


@pytest.mark.parametrize("row", READ, ids=str)
def test_every_answer_is_guarded_and_nobodys_page_is_kept(row: Row, cast: Cast, admin: Client) -> None:
    """Also an answer of the API, an error, a redirect."""
    address = reverse(row.name, kwargs=row.target(cast))
    for client in (Client(), admin):
        response = client.get(address)
        policy = {part.split()[0]: part.split()[1:] for part in response["Content-Security-Policy"].split(";")}
        assert policy["default-src"] == ["'none'"] and policy["script-src"] == policy["style-src"] == ["'self'"]
        assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"] and policy["form-action"] == ["'self'"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
    kept = {word.strip() for word in admin.get(address)["Cache-Control"].split(",")}
    assert row.name in FOR_CACHES or {"private", "no-store"} <= kept


@pytest.mark.parametrize(
    "path", ["/no/such/page/", "/api/v1/no-such-thing/", "/bookings/2222222222/", "/manage/centers/330482001001/"]
)
def test_errors_are_guarded_as_well(path: str, admin: Client) -> None:
    response = admin.get(path)
    assert (
        "Content-Security-Policy" in response
        and response["X-Frame-Options"] == "DENY"
        and "no-store" in response["Cache-Control"]
    )


def test_what_visitors_see_differs_by_cookie_and_language(cast: Cast) -> None:
    for name in ("pages:home", "bookings:space_search", "centers:center_list"):
        vary = {word.strip() for word in Client().get(reverse(name))["Vary"].split(",")}
        assert {"Cookie", "Accept-Language"} <= vary


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_next_leads_nowhere_else(elsewhere: str, cast: Cast, admin: Client) -> None:
    answers = [
        admin.post(reverse("accounts:elder_mode"), {"next": elsewhere}),
        admin.post(reverse("set_language"), {"next": elsewhere, "language": "en"}),
        admin.get(reverse("account_login"), {"next": elsewhere}),
        admin.get(reverse("account_request_login_code"), {"next": elsewhere}),
        admin.post(f"{reverse('account_logout')}?next={elsewhere}", {"next": elsewhere}),
    ]
    for answer in answers:
        assert (urlsplit(answer["Location"]).netloc == "" and answer["Location"].startswith("/")) or elsewhere in (
            "evil.example",
            "-1",
        ), answer


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast["city_admin"])
    for row in all_rows():
        if row.method == "post":
            mark = transaction.savepoint()
            assert strict.post(reverse(row.name, kwargs=row.target(cast)), dict(row.data)).status_code in (
                403,
                404,
                415,
            ), row
            transaction.savepoint_rollback(mark)
