"""A number with a new holder doesn't open the earlier holder's account."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.exceptions import InvalidPhone
from accounts.models import User
from accounts.services import people
from accounts.values.months import months_before
from bookings.models import Booking
from common import clock as portal_clock
from tests.accounts.sign_in import Mailbox, ask_code, enter_code
from tests.factories.people import make_resident, phone_of
from tests.support.time import START, TestClock

pytestmark = pytest.mark.django_db
PHONE = phone_of(7)
SECOND = dt.timedelta(seconds=1)
A_YEAR_AGO = dt.datetime(2025, 11, 24, 10, 5, tzinfo=portal_clock.SHANGHAI)


def last_came(moment: dt.datetime) -> User:
    """Resident 7, who signed in at that moment and never since."""
    person = make_resident(7)
    User.objects.filter(pk=person.pk).update(last_login=moment, name="演示居民07")
    return person


@pytest.mark.usefixtures("clock")
class TestWhoIsSignedIn:
    def test_a_year_to_the_second_is_too_long(self) -> None:
        earlier = last_came(A_YEAR_AGO)
        assert people.resident_signing_in(phone=PHONE) != earlier

    def test_a_second_less_is_the_same_person(self) -> None:
        earlier = last_came(A_YEAR_AGO + SECOND)
        assert people.resident_signing_in(phone=PHONE) == earlier

    def test_the_months_are_a_setting(self, settings: Any) -> None:
        settings.IDLE_ACCOUNT_MONTHS = 3
        earlier = last_came(dt.datetime(2026, 8, 24, 10, 5, tzinfo=portal_clock.SHANGHAI))
        assert people.resident_signing_in(phone=PHONE) != earlier

    def test_who_never_signed_in_counts_from_the_start_of_the_account(self) -> None:
        earlier = make_resident(7)
        User.objects.filter(pk=earlier.pk).update(date_joined=A_YEAR_AGO)
        assert people.resident_signing_in(phone=PHONE) != earlier

    def test_what_is_no_number_opens_nothing(self) -> None:
        with pytest.raises(InvalidPhone):
            people.resident_signing_in(phone="110")

    def test_being_blocked_does_not_pass_to_the_next_holder(self) -> None:
        earlier = last_came(A_YEAR_AGO)
        User.objects.filter(pk=earlier.pk).update(is_active=False)
        assert people.resident_signing_in(phone=PHONE).is_active


def test_the_new_holder_sees_nothing_of_the_earlier_one(client: Client, mailbox: Mailbox, clock: TestClock) -> None:
    earlier, sitting = last_came(A_YEAR_AGO), Client()
    sitting.force_login(earlier)
    User.objects.filter(pk=earlier.pk).update(last_login=A_YEAR_AGO)
    ask_code(client, PHONE)
    enter_code(client, mailbox.last_code)
    newcomer = User.objects.get(phone=PHONE)
    assert client.session["_auth_user_id"] == str(newcomer.pk) != str(earlier.pk)
    assert not newcomer.name and not Booking.objects.filter(booker=newcomer).exists()
    earlier.refresh_from_db()
    assert (earlier.phone, earlier.phone_verified_at, earlier.is_active) == (None, None, False)
    assert earlier.name == "演示居民07", "records stay as they were"
    assert sitting.get("/me/").status_code == 302, "nobody is signed in to a closed account"


def test_asking_for_a_code_closes_nothing(client: Client, mailbox: Mailbox, clock: TestClock) -> None:
    earlier = last_came(A_YEAR_AGO)
    ask_code(client, PHONE)
    enter_code(client, "000000" if mailbox.last_code != "000000" else "000001")
    earlier.refresh_from_db()
    assert earlier.phone == PHONE and earlier.is_active


def test_a_sign_in_ends_after_two_weeks_however_much_it_is_used(client: Client, mailbox: Mailbox) -> None:
    """Else somebody who comes every week would count as not having come since they signed in."""
    ask_code(client, PHONE)
    enter_code(client, mailbox.last_code)
    ends = client.session.get_expiry_date()
    session = client.session
    session["anything"] = 1
    session.save()
    assert client.session.get_expiry_date() == ends


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        (START, 12, A_YEAR_AGO),
        (START.replace(month=3, day=31), 1, START.replace(month=2, day=28)),
        (START.replace(year=2028, month=2, day=29), 12, START.replace(year=2027, month=2, day=28)),
        (START.replace(month=1), 1, START.replace(year=2025, month=12)),
        # Half past midnight in Shanghai is still yesterday in UTC.
        (dt.datetime(2026, 3, 31, 16, 30, tzinfo=dt.UTC), 1, dt.datetime(2026, 2, 28, 16, 30, tzinfo=dt.UTC)),
    ],
)
def test_months_before(moment: dt.datetime, months: int, before: dt.datetime) -> None:
    assert months_before(moment, months) == before
