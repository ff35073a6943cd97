"""Whoever is given a password replaces it at the first sign-in, and may change it at any time."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts import exceptions
from accounts.models import User
from accounts.services import people
from centers.choices import Role
from centers.models import Center
from centers.services import roles as centers
from common import clock as portal_clock
from tests.accounts.sign_in import SLOT, sign_in_staff
from tests.factories.people import PASSWORD, make_resident, make_staff

pytestmark = pytest.mark.django_db
OWN = "lake-and-bridge-7"
PAGE = "/accounts/password/"
TOLD = "Your new password holds from now on. Wherever else you were signed in, you are signed out."


@pytest.fixture
def entered() -> User:
    """Somebody whom a manager has just entered."""
    role = centers.add_staff(
        actor=None,
        center=Center.objects.get(code="330482001001"),
        role=Role.STAFF,
        first=portal_clock.today(),
        username="yuangong",
        name="演示工作人员02",
        password=PASSWORD,
    )
    return User.objects.get(pk=role.user_id)


@pytest.fixture
def inside(client: Client, entered: User) -> Client:
    """Signed in with the password that was given."""
    sign_in_staff(client, "yuangong", PASSWORD)
    return client


def send(client: Client, password: str = OWN, *, again: str | None = None, address: str = PAGE, **more: str) -> Any:
    return client.post(address, {"password": password, "again": password if again is None else again, **more})


def test_the_first_sign_in_leads_there_and_on_to_where_one_was_going(client: Client, entered: User) -> None:
    going = sign_in_staff(client, "yuangong", PASSWORD, next_url=SLOT)
    led = client.get(going.headers["Location"])
    assert led.headers["Location"].startswith(f"{PAGE}?next=")
    page = client.get(led.headers["Location"])
    assert "current" not in page.context["form"].fields
    wrong = send(client, "short", address=page.context["here"])
    assert wrong.status_code == 422
    assert send(client, address=wrong.context["here"]).headers["Location"] == SLOT
    entered.refresh_from_db()
    assert not entered.must_set_password and client.get("/work/").status_code == 200


def test_without_a_target_one_arrives_as_usual(inside: Client) -> None:
    done = send(inside)
    assert done.headers["Location"] == reverse("pages:arrival")
    assert [str(message) for message in get_messages(done.wsgi_request)] == [TOLD]


@pytest.mark.parametrize("path", ["/", "/work/", "/me/", "/search/", "/about/", "/inbox/", "/api/"])
def test_every_page_leads_there(inside: Client, path: str) -> None:
    assert inside.get(path).headers["Location"].startswith(PAGE)


def test_nothing_that_is_sent_is_done(inside: Client) -> None:
    address = reverse("centers:hours_edit", args=["330482001001"])
    assert inside.post(address, {"inherit": "1"}).headers["Location"] == PAGE


def test_an_address_that_does_not_exist_stays_so(inside: Client) -> None:
    assert inside.get("/nowhere/").status_code == 404


def test_leaving_language_and_type_size_stay(inside: Client) -> None:
    assert inside.post(reverse("set_language"), {"language": "en", "next": PAGE}).headers["Location"] == PAGE
    assert inside.post(reverse("accounts:elder_mode"), {"next": PAGE}).headers["Location"] == PAGE
    assert inside.get(reverse("account_logout")).status_code == 200
    assert inside.post(reverse("account_logout")).headers["Location"] == reverse("accounts:signed_out")
    assert inside.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/bookings/", "/api/v1/centers/", "/api/v1/schema/", "/api/v1/nothing/"])
def test_the_api_refuses(inside: Client, path: str) -> None:
    refused = inside.get(path)
    assert (refused.status_code, refused.headers["Content-Type"]) == (403, "application/problem+json")
    assert refused.json()["code"] == "own_password_needed"
    send(inside)
    assert "own_password_needed" not in inside.get(path).content.decode()


def test_who_made_the_account_can_not_use_it_any_more(inside: Client) -> None:
    send(inside)
    assert sign_in_staff(Client(), "yuangong", PASSWORD).status_code == 422
    assert sign_in_staff(Client(), "yuangong", OWN).status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "field", "said"),
    [
        (PASSWORD, PASSWORD, "password", "Choose another password than the one you have now."),
        ("short-7", "short-7", "password", "At least 8 characters."),
        ("yuangong", "yuangong", "password", "Too much like the user name or the name."),
        ("20261124", "20261124", "password", "Not digits alone."),
        (OWN, OWN + "x", "again", "The two passwords differ."),
        ("", "", "password", "required"),
    ],
)
def test_what_will_not_do_is_said(inside: Client, password: str, again: str, field: str, said: str) -> None:
    page = send(inside, password, again=again)
    assert page.status_code == 422
    assert said in str(page.context["form"].errors[field])
    assert inside.get("/work/").headers["Location"].startswith(PAGE)


def test_the_rules_stand_beside_the_field(inside: Client, settings: Any) -> None:
    assert (
        "At least 8 characters; not digits alone, no common password, nothing like the user name."
        in inside.get(PAGE).content.decode()
    )
    asked = {rule["NAME"].rpartition(".")[2]: rule.get("OPTIONS") for rule in settings.AUTH_PASSWORD_VALIDATORS}
    assert asked == {
        "UserAttributeSimilarityValidator": None,
        "MinimumLengthValidator": {"min_length": 8},
        "CommonPasswordValidator": None,
        "NumericPasswordValidator": None,
    }, "say the new rule in common.forms.passwords.PASSWORD_RULES"


def test_it_can_be_changed_at_any_time_by_who_knows_it(client: Client) -> None:
    make_staff("guanli")
    elsewhere = Client()
    for one in (client, elsewhere):
        sign_in_staff(one, "guanli", PASSWORD)
    assert send(client, current="wrong").context["form"].errors["current"] == ["This isn't your current password."]
    assert send(client).status_code == 422
    assert send(client, current=PASSWORD, address=f"{PAGE}?next=/me/").headers["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302


def test_guessing_the_current_one_locks_the_name_as_at_sign_in(client: Client) -> None:
    make_staff("guanli")
    sign_in_staff(client, "guanli", PASSWORD)
    for _ in range(5):
        send(client, current="wrong")
    assert send(client, current=PASSWORD).context["form"].errors["current"] == ["Too many attempts; retry in 5 min"]
    assert sign_in_staff(Client(), "guanli", PASSWORD).status_code == 422


def test_what_is_printed_for_the_demo_stays_true(client: Client) -> None:
    people.create_staff(username="zhanzhang01", password=PASSWORD, name="演示站长01", password_lasts=True, is_demo=True)
    sign_in_staff(client, "zhanzhang01", PASSWORD)
    page = client.get(PAGE).content.decode()
    assert "The accounts of the demo keep their passwords" in page and "new-password" not in page
    assert send(client, current=PASSWORD).status_code == 422
    assert sign_in_staff(Client(), "zhanzhang01", PASSWORD).status_code == 302


def test_residents_have_none(client: Client) -> None:
    client.force_login(make_resident())
    assert client.get(PAGE).status_code == 404


def test_who_knows_the_password_decides_whether_it_lasts(monkeypatch: Any) -> None:
    call_command("createcityadmin", username="given", password=PASSWORD, stdout=StringIO())
    monkeypatch.setattr("getpass.getpass", lambda prompt: OWN)
    call_command("createcityadmin", username="typed", stdout=StringIO())
    assert dict(User.objects.values_list("username", "must_set_password")) == {"given": True, "typed": False}


def test_the_service_keeps_the_rules() -> None:
    person = make_staff("guanli")
    for password, refusal in ((PASSWORD, exceptions.PasswordUnchanged), ("12345678", exceptions.WeakPassword)):
        with pytest.raises(refusal):
            people.set_own_password(actor=person, password=password)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
