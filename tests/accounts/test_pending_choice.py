"""The panel of what was chosen, and the elder mode switch."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain import pending_choice
from tests.factories.people import make_resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(monkeypatch: Any) -> None:
    def builder(kwargs: Any, query: Any) -> pending_choice.PendingChoice | None:
        return (
            pending_choice.PendingChoice(
                when=query["when"], what="二楼活动室", where="水洞埭社区党群服务中心", back_url="/back/"
            )
            if "when" in query
            else None
        )

    monkeypatch.setattr(pending_choice, "_builders", {"notifications:message_list": builder})


def test_choice_is_shown_as_kept_and_not_yet_booked(client: Client, described: None) -> None:
    page = client.get(
        reverse("account_request_login_code"), {"next": "/inbox/?when=Saturday"}, headers={"Accept-Language": "en"}
    ).content.decode()
    assert (
        "Saturday" in page
        and "二楼活动室" in page
        and "/back/" in page
        and "It is booked only once you submit it." in page
    )


@pytest.mark.parametrize("target", ["", "/inbox/", "/nowhere/?when=1", "https://evil.example/inbox/?when=1"])
def test_nothing_to_show(described: None, target: str) -> None:
    assert pending_choice.pending_choice_of(target) is None


def test_elder_mode_is_switched_and_leads_back(client: Client) -> None:
    switch = reverse("accounts:elder_mode")
    answer = client.post(switch, {"elder": "1", "next": "/inbox/?page=2"})
    assert answer.headers["Location"] == "/inbox/?page=2"
    assert answer.cookies["elder"].value == "1" and answer.cookies["elder"]["max-age"] == 365 * 24 * 3600
    assert "data-elder" in client.get(reverse("account_login")).content.decode()
    client.post(switch)
    assert "data-elder" not in client.get(reverse("account_login")).content.decode()
    assert client.post(switch, {"next": "https://evil.example"}).headers["Location"] == "/"
    assert client.get(switch).status_code == 405


@pytest.mark.parametrize("is_secure", [True, False])
def test_the_cookie_of_elder_mode_is_the_servers_alone(client: Client, settings: Any, is_secure: bool) -> None:
    settings.SESSION_COOKIE_SECURE = is_secure
    cookie = client.post(reverse("accounts:elder_mode"), {"elder": "1"}).cookies["elder"]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", is_secure)
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_nothing_keeps_the_pages_of_signing_out(client: Client) -> None:
    client.force_login(make_resident())
    asked = client.get(reverse("account_logout"))
    done = client.post(reverse("account_logout"))
    for answer in (asked, done, client.get(reverse("accounts:signed_out"))):
        assert "no-store" in answer.headers["Cache-Control"]


def test_registered_pages_lead_signed_in_people_on(client: Client) -> None:
    client.force_login(make_resident())
    assert client.get(reverse("account_request_login_code"), {"next": "/inbox/"}).headers["Location"] == "/inbox/"
