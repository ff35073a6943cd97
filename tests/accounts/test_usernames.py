"""A name is one name, however it is typed; a new password opens a name that wrong tries have locked."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client

from accounts.exceptions import InvalidUsername, UsernameTaken
from accounts.models import User
from accounts.services import people
from tests.accounts.sign_in import sign_in_staff
from tests.factories.people import PASSWORD, make_staff

pytestmark = pytest.mark.django_db
NEW = "lake-and-bridge-7"
WIDE = "\uff47\uff55\uff41\uff4e\uff4c\uff49\uff10\uff11"  # guanli01, as a Chinese keyboard may type it


def test_a_name_is_kept_plain() -> None:
    assert people.create_staff(username=f"\u3000{WIDE} ", password=PASSWORD, name="x").username == "guanli01"
    with pytest.raises(UsernameTaken):
        people.create_staff(username=WIDE.upper(), password=PASSWORD, name="x")
    for nothing in ("guan\u200bli", "guan\u202eli", "\u3000"):
        with pytest.raises(InvalidUsername):
            people.create_staff(username=nothing, password=PASSWORD, name="x")


@pytest.mark.parametrize("typed", [WIDE, f" {WIDE}\u3000", WIDE.upper(), "GuanLi01"])
def test_one_signs_in_however_it_is_typed(typed: str, client: Client) -> None:
    make_staff("guanli01")
    assert sign_in_staff(client, typed, PASSWORD).status_code == 302


def test_wrong_tries_count_for_the_name_however_it_is_typed() -> None:
    make_staff("guanli01")
    for typed in (WIDE, "guanli01", "GUANLI01", WIDE, " guanli01"):
        sign_in_staff(Client(), typed, "wrong")
    assert is_locked("guanli01", PASSWORD)


def test_names_of_before_are_written_plain() -> None:
    wide, other, taken = make_staff("one"), make_staff("two"), make_staff("a")
    for person, name in ((wide, WIDE), (other, "\uff41")):
        User.objects.filter(pk=person.pk).update(username=name)
    import_module("accounts.migrations.0005_language_and_names").write_names_one_way(apps, None)
    names = dict(User.objects.values_list("pk", "username"))
    assert (names[wide.pk], names[other.pk], names[taken.pk]) == ("guanli01", "\uff41", "a")


def is_locked(name: str, password: str, **headers: Any) -> bool:
    answer = sign_in_staff(Client(**headers), name, password)
    return answer.status_code == 422 and "Too many attempts" in answer.context["form"].non_field_errors()[0]


def test_a_new_password_lifts_the_lock_of_that_name_alone() -> None:
    forgetful = make_staff("Forgetful")
    make_staff("guanli")
    for name in ("forgetful", "guanli"):
        for _ in range(5):
            sign_in_staff(Client(), name, "wrong")
    assert is_locked("forgetful", PASSWORD) and is_locked("guanli", PASSWORD)
    people.give_password(actor=None, person=forgetful, password=NEW)
    assert sign_in_staff(Client(), "forgetful", NEW).status_code == 302
    assert is_locked("guanli", PASSWORD)


def test_a_lock_holds_whatever_host_the_portal_is_asked_by(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    make_staff("guanli")
    for number in range(5):
        sign_in_staff(Client(SERVER_NAME=f"host{number}.example"), "guanli", "wrong")
    assert is_locked("guanli", PASSWORD, SERVER_NAME="another.example")


def test_tries_of_an_address_stay_counted(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "2/m/ip,5/300s/key"}
    cache.clear()
    forgetful = make_staff("forgetful")
    for _ in range(2):
        sign_in_staff(Client(), "forgetful", "wrong")
    people.give_password(actor=None, person=forgetful, password=NEW)
    assert is_locked("forgetful", NEW)
