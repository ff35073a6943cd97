"""Making and sweeping accounts, masks, and the log of who saw a number."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import translation

from accounts import exceptions
from accounts.models import PhoneReveal, User
from accounts.services import people, privacy
from accounts.values.phones import mask_phone, normalise_phone
from common import clock as portal_clock
from tests.factories.people import PASSWORD, make_resident, make_staff, phone_of
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("12800138000", None),
        ("1380013800", None),
        ("١٣٨٠٠١٣٨٠٠٠", None),
        ("", None),
    ],
)
def test_numbers_as_people_type_them(typed: str, number: str | None) -> None:
    assert normalise_phone(typed) == number


def test_masks() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone(None) == ""
    assert phone_of(1)[3:7] not in str(make_resident(1))


def test_registering_twice_gives_one_resident() -> None:
    assert people.register_resident(phone=phone_of(1)) == people.register_resident(phone=phone_of(1))


def test_registering_what_is_no_number() -> None:
    with pytest.raises(exceptions.InvalidPhone):
        people.register_resident(phone="12345")


@pytest.mark.parametrize(
    ("username", "error"),
    [("a b", exceptions.InvalidUsername), ("", exceptions.InvalidUsername), ("GUANLI", exceptions.UsernameTaken)],
)
def test_user_names(username: str, error: type[Exception]) -> None:
    make_staff("guanli")
    with pytest.raises(error):
        people.create_staff(username=username, password=PASSWORD, name="")


@pytest.mark.parametrize(
    ("password", "english", "chinese"),
    [
        ("lake-7", "At least 8 characters.", "至少8个字符。"),
        ("29364815", "Not digits alone.", "不能只用数字。"),
        ("password", "Too many people use this password.", "这个密码用的人太多。"),
        ("guanli-1", "Too much like the user name or the name.", "与账号或姓名太相似。"),
    ],
)
def test_weak_passwords_are_refused_in_the_language_of_the_page(password: str, english: str, chinese: str) -> None:
    for language, words in (("en", english), ("zh-hans", chinese)):
        with translation.override(language), pytest.raises(exceptions.WeakPassword) as caught:
            people.create_staff(username="guanli", password=password, name="")
        assert str(caught.value) == words


def test_numbers_nobody_proved_are_swept_after_a_day(clock: TestClock) -> None:
    mistyped, proved, staff = make_resident(1, verified=False), make_resident(2), make_staff()
    assert people.sweep_unverified(portal_clock.now() + dt.timedelta(hours=23)) == 0
    clock.advance(hours=25)
    out = StringIO()
    call_command("sweep_accounts", stdout=out)
    assert out.getvalue() == "1 deleted\n"
    assert set(User.objects.filter(pk__in=[mistyped.pk, proved.pk, staff.pk])) == {proved, staff}


def test_seeing_a_number_leaves_a_line() -> None:
    staff, resident = make_staff(), make_resident(1)
    privacy.log_phone_view(actor=staff, subject=resident, purpose="booking 7K2")
    privacy.log_phone_view(actor=resident, subject=resident, purpose="own")
    assert [(line.viewer, line.subject, line.purpose) for line in PhoneReveal.objects.all()] == [
        (staff, resident, "booking 7K2")
    ]
    with pytest.raises(exceptions.PurposeMissing):
        privacy.log_phone_view(actor=staff, subject=resident, purpose=" ")


def test_the_line_can_not_be_taken_back_but_the_person_can_be_erased(request: pytest.FixtureRequest) -> None:
    staff, resident = make_staff(), make_resident(1)
    privacy.log_phone_view(actor=staff, subject=resident, purpose="booking 7K2")
    request.getfixturevalue("app_role")
    for change in (lambda: PhoneReveal.objects.update(purpose="x"), lambda: PhoneReveal.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    resident.delete()
    assert PhoneReveal.objects.count() == 1
