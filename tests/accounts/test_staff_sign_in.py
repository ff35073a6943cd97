"""Staff sign in on their own page and don't stay longer than they work."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from tests.accounts.sign_in import SLOT, Mailbox, ask_code, sign_in_staff
from tests.factories.people import PASSWORD, make_resident, make_staff
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"


def test_user_name_and_password(client: Client) -> None:
    staff = make_staff("guanli")
    assert sign_in_staff(client, "guanli", PASSWORD, next_url=SLOT).headers["Location"] == SLOT
    assert client.session["_auth_user_id"] == str(staff.pk)
    assert client.session.get_expire_at_browser_close()


def test_residents_have_no_password(client: Client) -> None:
    resident = make_resident()
    for name in (resident.username, resident.phone):
        assert sign_in_staff(client, name, "").status_code == 422
        assert sign_in_staff(client, name, "!").status_code == 422


def test_a_code_under_way_does_not_shut_the_staff_sign_in(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, "19900000007")
    assert client.get(reverse("account_login")).status_code == 200


def test_idle_staff_are_signed_out(client: Client, clock: TestClock) -> None:
    make_staff("guanli")
    sign_in_staff(client, "guanli", PASSWORD)
    for _ in range(3):
        clock.advance(minutes=29)
        assert client.get(INBOX).status_code == 200
    clock.advance(minutes=31)
    answer = client.get(INBOX)
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={INBOX}"
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Session expired. Please sign in again."]


def test_idle_residents_are_not(client: Client, clock: TestClock) -> None:
    client.force_login(make_resident())
    clock.advance(days=2)
    assert client.get(INBOX).status_code == 200


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_logout"])
def test_a_page_of_signing_in_or_out_is_no_place_to_go_on_to(client: Client, name: str) -> None:
    make_staff("guanli")
    signed_in = sign_in_staff(client, "guanli", PASSWORD, next_url=reverse(name))
    assert signed_in.headers["Location"] == reverse("pages:arrival")
    already_in = client.get(reverse("account_login"), {"next": reverse(name)})
    assert already_in.headers["Location"] == reverse("pages:arrival")


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(make_resident())
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).headers["Location"] == reverse("accounts:signed_out")
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("accounts:signed_out")).status_code == 200


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/reset/", "password/change/", "phone/change/", "reauthenticate/"]
)
def test_pages_that_we_do_not_use_do_not_exist(client: Client, path: str) -> None:
    client.force_login(make_resident())
    assert client.get(f"/accounts/{path}").status_code == 404
