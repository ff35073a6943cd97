"""Residents come in by one field, and what they had chosen comes along."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common import clock as portal_clock
from common.messaging.errors import ChannelError
from tests.accounts.sign_in import SLOT, Mailbox, ask_code, enter_code, use_channel
from tests.factories.people import make_resident, phone_of

pytestmark = pytest.mark.django_db
PHONE = phone_of(7)


def next_in(location: str) -> str:
    return parse_qs(urlsplit(location).query)["next"][0]


def test_unknown_number_becomes_a_resident(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, "１９９-0000 0007")
    assert mailbox.sent[-1][0] == PHONE
    assert enter_code(client, mailbox.last_code).headers["Location"] == reverse("pages:arrival")
    resident = User.objects.get(phone=PHONE)
    assert resident.phone_verified_at and not resident.has_usable_password() and PHONE not in resident.username
    assert client.session["_auth_user_id"] == str(resident.pk)


def test_known_number_is_the_same_person(client: Client, mailbox: Mailbox) -> None:
    resident = make_resident(7)
    ask_code(client, PHONE)
    enter_code(client, mailbox.last_code)
    assert client.session["_auth_user_id"] == str(resident.pk)
    assert User.objects.filter(phone=PHONE).count() == 1


def test_known_and_unknown_numbers_get_the_same_answer(mailbox: Mailbox) -> None:
    make_resident(7)
    known, unknown = Client(), Client()
    answers = [ask_code(known, PHONE), ask_code(unknown, phone_of(8))]
    assert len({(answer.status_code, answer.headers["Location"]) for answer in answers}) == 1
    pages = [visitor.get(reverse("account_confirm_login_code")) for visitor in (known, unknown)]
    assert len({len(page.context["masked_phone"]) for page in pages}) == 1


def test_slot_survives_sign_in(client: Client, mailbox: Mailbox) -> None:
    answer = ask_code(client, PHONE, next_url=SLOT)
    assert next_in(answer.headers["Location"]) == SLOT
    page = client.get(answer.headers["Location"])
    assert page.context["here"].endswith(answer.headers["Location"].partition("?")[2])
    wrong = client.post(page.context["here"], {"code": "000000"})
    assert wrong.status_code == 422
    assert client.post(wrong.context["here"], {"code": mailbox.last_code}).headers["Location"] == SLOT


def test_slot_survives_three_wrong_codes(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, PHONE, next_url=SLOT)
    for _ in range(2):
        assert "Code wrong or expired" in enter_code(client, "000000", next_url=SLOT).content.decode()
    last = enter_code(client, "000000", next_url=SLOT)
    assert next_in(last.headers["Location"]) == SLOT
    assert [str(message) for message in get_messages(last.wsgi_request)] == ["Too many wrong codes. Ask for a new one."]
    late = enter_code(client, mailbox.last_code, next_url=SLOT)
    assert next_in(late.headers["Location"]) == SLOT and "_auth_user_id" not in client.session


def test_slot_survives_the_staff_sign_in(client: Client) -> None:
    page = client.get(reverse("account_request_login_code"), {"next": SLOT})
    assert next_in(page.context["staff_url"]) == SLOT


def test_another_slot_chosen_while_a_code_is_under_way(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, PHONE, next_url="/spaces/9/book/")
    answer = client.get(reverse("account_request_login_code"), {"next": SLOT})
    assert urlsplit(answer.headers["Location"]).path == reverse("account_confirm_login_code")
    assert next_in(answer.headers["Location"]) == SLOT


def test_number_can_be_changed(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, PHONE, next_url=SLOT)
    page = client.get(reverse("account_confirm_login_code"), {"next": SLOT})
    assert client.get(page.context["change_url"]).status_code == 200
    ask_code(client, phone_of(8), next_url=SLOT)
    assert enter_code(client, mailbox.last_code, next_url=SLOT).headers["Location"] == SLOT
    assert client.session["_auth_user_id"] == str(User.objects.get(phone=phone_of(8)).pk)


def test_expired_code_is_refused_and_said(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, PHONE, next_url=SLOT)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 301
    session.save()
    answer = enter_code(client, mailbox.last_code, next_url=SLOT)
    assert next_in(answer.headers["Location"]) == SLOT and "_auth_user_id" not in client.session
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Code wrong or expired"]


@pytest.mark.parametrize("typed", ["", "12345", "0573-12345678", "1390000000a"])
def test_what_is_no_mobile_number_is_said(client: Client, mailbox: Mailbox, typed: str) -> None:
    page = ask_code(client, typed)
    assert page.context["form"].errors["phone"] == ["Enter an 11-digit mobile number"]
    assert not mailbox.sent and not User.objects.filter(phone__isnull=False).exists()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_no_way_out_of_the_house(client: Client, mailbox: Mailbox, target: str) -> None:
    ask_code(client, PHONE, next_url=target)
    assert enter_code(client, mailbox.last_code, next_url=target).headers["Location"] == reverse("pages:arrival")


def test_other_host_of_ours_is_no_target_either(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    assert (
        client.get(reverse("account_request_login_code"), {"next": "http://other.example/"}).context["sign_in_next"]
        == ""
    )


def test_code_is_shown_in_the_demo_only(client: Client, mailbox: Mailbox, settings: Any) -> None:
    settings.DEMO = True
    ask_code(client, PHONE)
    assert mailbox.last_code in client.get(reverse("account_confirm_login_code")).content.decode()
    settings.DEMO = False
    assert mailbox.last_code not in client.get(reverse("account_confirm_login_code")).content.decode()


def test_closed_account_stays_out(client: Client, mailbox: Mailbox) -> None:
    resident = make_resident(7)
    User.objects.filter(pk=resident.pk).update(is_active=False)
    ask_code(client, PHONE)
    assert enter_code(client, mailbox.last_code).headers["Location"] == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200 and "_auth_user_id" not in client.session


def test_channel_that_is_down_is_said_on_the_page(client: Client, monkeypatch: Any) -> None:
    class Broken:
        def send(self, phone: str, text: str) -> None:
            raise ChannelError("no carrier")

    use_channel(monkeypatch, Broken())
    answer = ask_code(client, PHONE)
    assert "couldn't be sent" in str(next(iter(get_messages(answer.wsgi_request))))


def test_broker_that_is_dead_keeps_nobody_out(client: Client, mailbox: Mailbox, settings: Any, tmp_path: Path) -> None:
    settings.CELERY_BROKER_URL = f"redis+socket://{tmp_path}/nobody.sock?virtual_host=0"
    settings.CACHES = settings.CACHES | {
        "volatile": settings.CACHES["volatile"] | {"LOCATION": f"unix://{tmp_path}/nobody.sock?db=1"}
    }
    ask_code(client, PHONE, next_url=SLOT)
    assert enter_code(client, mailbox.last_code, next_url=SLOT).headers["Location"] == SLOT


def test_residents_stay_signed_in_for_two_weeks(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, PHONE)
    enter_code(client, mailbox.last_code)
    assert client.session.get_expiry_age() > 13 * 24 * 3600
    assert User.objects.get(phone=PHONE).last_login <= portal_clock.now()
