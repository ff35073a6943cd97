"""How often codes and passwords may be tried, and what is said to those who try too often."""

from contextlib import ExitStack
from typing import Any

import pytest
from allauth.core.internal import ratelimit
from django.contrib.auth.hashers import get_hasher
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.exceptions import SignInBusy, TooManyCodesHere
from accounts.models import User
from accounts.services import limits
from tests.accounts.sign_in import SLOT, Mailbox, ask_code, enter_code, sign_in_staff
from tests.factories.people import PASSWORD, make_staff, phone_of

pytestmark = pytest.mark.django_db
PHONE = phone_of(7)
TOO_MANY = "Too many codes were asked for. Please retry later."


def move_on(monkeypatch: Any, seconds: float) -> None:
    """Let the limits' clock show a later time."""
    now = ratelimit.time.time() + seconds
    monkeypatch.setattr(ratelimit.time, "time", lambda: now)


def test_three_codes_a_minute_a_number(mailbox: Mailbox) -> None:
    for _ in range(3):
        ask_code(Client(), PHONE)
    refused = ask_code(Client(), PHONE, next_url=SLOT)
    assert refused.context["form"].errors["phone"] == [TOO_MANY]
    assert refused.context["sign_in_next"] == SLOT
    assert len(mailbox.sent) == 3
    assert ask_code(Client(), phone_of(8)).status_code == 302


def test_a_number_over_its_limit_makes_no_resident(mailbox: Mailbox, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"request_login_code": "0/m/key"}
    ask_code(Client(), PHONE)
    assert not User.objects.filter(phone=PHONE).exists() and not mailbox.sent


def test_daily_cap_a_number(mailbox: Mailbox, monkeypatch: Any, settings: Any) -> None:
    for _ in range(settings.SIGN_IN_CODES_A_DAY):
        ask_code(Client(), PHONE)
        move_on(monkeypatch, 61)
    assert len(mailbox.sent) == settings.SIGN_IN_CODES_A_DAY
    assert ask_code(Client(), PHONE).context["form"].errors["phone"] == [TOO_MANY]
    move_on(monkeypatch, 24 * 3600)
    assert ask_code(Client(), PHONE).status_code == 302


def test_daily_cap_an_address_whatever_the_numbers(mailbox: Mailbox, monkeypatch: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"code_from_address": "3/d/ip"}
    for number in range(3):
        ask_code(Client(), phone_of(number))
    refused = ask_code(Client(), PHONE, next_url=SLOT)
    assert refused.context["form"].errors["phone"] == [TooManyCodesHere.message]
    assert refused.context["sign_in_next"] == SLOT
    assert len(mailbox.sent) == 3 and not User.objects.filter(phone=PHONE).exists()
    assert ask_code(Client(), PHONE, REMOTE_ADDR="203.0.113.7").status_code == 302
    move_on(monkeypatch, 24 * 3600)
    assert ask_code(Client(), PHONE).status_code == 302


def test_another_code_in_the_same_browser_counts_for_the_address(
    client: Client, mailbox: Mailbox, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"code_from_address": "1/d/ip"}
    ask_code(client, PHONE)
    session = client.session
    session["code_sent_at"] -= 60
    session.save()
    refused = client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert [str(message) for message in get_messages(refused.wsgi_request)] == [TooManyCodesHere.message]
    assert len(mailbox.sent) == 1


def test_a_shared_address_is_not_stopped_by_the_cap_of_a_number(settings: Any) -> None:
    assert settings.SIGN_IN_CODES_A_DAY_BY_ADDRESS >= 10 * settings.SIGN_IN_CODES_A_DAY
    assert f"{settings.SIGN_IN_CODES_A_DAY_BY_ADDRESS}/d/ip" == settings.ACCOUNT_RATE_LIMITS["code_from_address"]


def test_another_code_needs_a_minute_and_counts(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, PHONE, next_url=SLOT)
    again = {"action": "resend", "next": SLOT}
    early = client.post(reverse("account_confirm_login_code"), again)
    assert "You can get a new code in" in str(next(iter(get_messages(early.wsgi_request))))
    assert "next=" in early.headers["Location"] and len(mailbox.sent) == 1
    first = mailbox.last_code
    session = client.session
    session["code_sent_at"] -= 60
    session.save()
    client.post(reverse("account_confirm_login_code"), again)
    assert len(mailbox.sent) == 2
    if mailbox.last_code != first:
        assert enter_code(client, first).status_code == 422
    assert enter_code(client, mailbox.last_code, next_url=SLOT).headers["Location"] == SLOT


def test_five_bad_passwords_lock_the_name(mailbox: Mailbox, monkeypatch: Any) -> None:
    make_staff("guanli")
    for _ in range(5):
        wrong = sign_in_staff(Client(), "guanli", "wrong", next_url=SLOT)
        assert wrong.context["form"].non_field_errors() == ["User name or password wrong"]
    locked = sign_in_staff(Client(), "GuanLi ", PASSWORD, next_url=SLOT)
    assert locked.context["form"].non_field_errors() == ["Too many attempts; retry in 5 min"]
    assert locked.context["sign_in_next"] == SLOT
    move_on(monkeypatch, 301)
    assert sign_in_staff(Client(), "guanli", PASSWORD, next_url=SLOT).headers["Location"] == SLOT


def test_names_that_do_not_exist_lock_alike() -> None:
    make_staff("guanli")
    answers = {
        name: [sign_in_staff(Client(), name, "wrong").context["form"].non_field_errors() for _ in range(6)]
        for name in ("guanli", "nobody")
    }
    assert answers["guanli"] == answers["nobody"]


def test_a_shared_address_locks_nobody_else(client: Client) -> None:
    make_staff("guanli")
    for number in range(15):
        sign_in_staff(Client(), f"other-{number}", "wrong")
    assert sign_in_staff(client, "guanli", PASSWORD).status_code == 302


def hashings(monkeypatch: Any) -> list[Any]:
    """Every hashing of a password from now on."""
    hashed: list[Any] = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *args, **kw: hashed.append(1) or encode(self, *args, **kw))
    return hashed


def test_one_address_can_not_have_passwords_hashed_without_end(monkeypatch: Any) -> None:
    hashed = hashings(monkeypatch)
    for number in range(25):
        last = sign_in_staff(Client(), f"other-{number}", "wrong")
    assert len(hashed) == 20
    assert "Too many attempts" in last.context["form"].non_field_errors()[0]


def test_no_more_passwords_at_once_than_leave_threads_for_the_pages(monkeypatch: Any, settings: Any) -> None:
    make_staff("guanli")
    hashed = hashings(monkeypatch)
    with ExitStack() as others:
        for _ in range(settings.PASSWORD_CHECKS_AT_ONCE):
            others.enter_context(limits.password_check())
        refused = sign_in_staff(Client(), "guanli", PASSWORD, next_url=SLOT)
        assert (refused.status_code, refused.headers["Retry-After"], hashed) == (429, "2", [])
        assert refused.context["form"].non_field_errors() == [SignInBusy.message]
        assert refused.context["form"]["login"].value() == "guanli" and refused.context["sign_in_next"] == SLOT
    for _ in range(settings.PASSWORD_CHECKS_AT_ONCE + 1):
        sign_in_staff(Client(), "guanli", "wrong")  # each gives its place back
    assert sign_in_staff(Client(), "guanli", PASSWORD).status_code == 302


def test_counts_outlive_a_flood_of_keys(mailbox: Mailbox) -> None:
    """Django's database cache would throw entries away at 300."""
    for _ in range(5):
        sign_in_staff(Client(), "guanli", "wrong")
    for number in range(320):
        cache.set(f"flood-{number}", number, 600)
    assert "retry in" in sign_in_staff(Client(), "guanli", "wrong").context["form"].non_field_errors()[0]
