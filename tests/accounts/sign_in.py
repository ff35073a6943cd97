"""Signing in, for tests."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from common.messaging import sms

SLOT = "/spaces/1/book/?starts_at=2026-11-28T09:00&ends_at=2026-11-28T11:00&headcount=20"


class Mailbox:
    """An SMS channel that keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, phone: str, text: str) -> None:
        self.sent.append((phone, text))

    @property
    def last_code(self) -> str:
        """The six digits of the last text."""
        return "".join(character for character in self.sent[-1][1] if character.isdigit())[:6]


def use_channel(monkeypatch: Any, channel: Any) -> None:
    """Let texts go to `channel`."""
    monkeypatch.setattr(sms, "_channel", lambda path: channel)


def ask_code(client: Client, phone: str, *, next_url: str = "", **headers: Any) -> HttpResponse:
    return client.post(reverse("account_request_login_code"), {"phone": phone, "next": next_url}, **headers)


def enter_code(client: Client, code: str, *, next_url: str = "") -> HttpResponse:
    return client.post(reverse("account_confirm_login_code"), {"code": code, "next": next_url})


def sign_in_staff(client: Client, username: str, password: str, *, next_url: str = "") -> HttpResponse:
    return client.post(reverse("account_login"), {"login": username, "password": password, "next": next_url})
