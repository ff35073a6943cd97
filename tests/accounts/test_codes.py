"""Codes: what asking for one tells, how many tries it has, what is said of them, and what was typed."""

from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.services import people
from accounts.services.allauth_internals import CodeProcess
from accounts.values.phones import normalise_phone
from common import clock as portal_clock
from tests.accounts.sign_in import SLOT, Mailbox, ask_code, enter_code
from tests.factories.people import make_resident, phone_of
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
PHONE = phone_of(7)
NUMBER_PAGE, CODE_PAGE = reverse("account_request_login_code"), reverse("account_confirm_login_code")


def wrong(mailbox: Mailbox) -> str:
    return f"{(int(mailbox.last_code) + 1) % 1_000_000:06d}"


class TestAskingTellsNothing:
    def work(self, phone: str, monkeypatch: Any) -> tuple[list[str], int]:
        """The statements of asking for a code, and how many passwords were hashed on the way."""
        hashed: list[Any] = []
        hasher = type(get_hasher())
        monkeypatch.setattr(hasher, "encode", lambda self, *args, **kwargs: hashed.append(args) or "x$y")
        visitor = Client()
        visitor.get(NUMBER_PAGE)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask_code(visitor, phone)
        return [query["sql"].split(" WHERE ")[0].split(" VALUES ")[0] for query in queries], len(hashed)

    def test_a_known_number_costs_what_an_unknown_one_costs(self, mailbox: Mailbox, monkeypatch: Any) -> None:
        make_resident(7)
        ask_code(Client(), phone_of(6))  # counts of the address are there from now on
        known, unknown = (self.work(phone, monkeypatch) for phone in (PHONE, phone_of(8)))
        assert [_verb(sql) for sql in known[0]] == [_verb(sql) for sql in unknown[0]]
        assert known[1] == unknown[1] == 0
        assert not any("accounts_user" in sql for sql in known[0] + unknown[0]), "nobody is looked up"

    def test_nobody_is_made_before_the_code_is_entered(self, client: Client, mailbox: Mailbox) -> None:
        ask_code(client, PHONE)
        enter_code(client, wrong(mailbox))
        assert not User.objects.filter(phone=PHONE).exists()
        enter_code(client, mailbox.last_code)
        assert User.objects.get(phone=PHONE).phone_verified_at


def _verb(sql: str) -> tuple[str, str]:
    """What a statement does and to which table, without its values."""
    words = sql.split()
    if words[0] in ("SAVEPOINT", "RELEASE", "ROLLBACK"):
        return words[0], ""
    return words[0], next((word for word in words if word.startswith('"')), "")


class TestTries:
    def test_what_is_left_is_said(self, client: Client, mailbox: Mailbox) -> None:
        ask_code(client, PHONE)
        said = [enter_code(client, wrong(mailbox)).context["form"].errors["code"] for _ in range(2)]
        assert said == [["Code wrong or expired: 2 more tries"], ["Code wrong or expired: 1 more try"]]

    @pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12 34 5"])
    def test_what_can_be_no_code_is_no_try(self, client: Client, mailbox: Mailbox, typed: str) -> None:
        ask_code(client, PHONE)
        for _ in range(4):
            page = enter_code(client, typed)
            assert page.context["form"].errors["code"] == ["Enter the 6 digits of the text message"]
        assert enter_code(client, mailbox.last_code).status_code == 302 and "_auth_user_id" in client.session

    def test_digits_may_be_wide_and_in_groups(self, client: Client, mailbox: Mailbox) -> None:
        ask_code(client, PHONE)
        wide = mailbox.last_code.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
        enter_code(client, f" {wide[:3]} {wide[3:]}")
        assert "_auth_user_id" in client.session

    def test_the_right_code_after_three_wrong_ones_is_too_late(self, client: Client, mailbox: Mailbox) -> None:
        """Also where the session still knows it, as that of a rival's request would."""
        ask_code(client, PHONE)
        cookie = client.cookies["sessionid"].value
        under_way = client.session["account_login"]
        for _ in range(3):
            enter_code(client, wrong(mailbox))
        assert client.cookies["sessionid"].value == cookie
        session = client.session
        session["account_login"] = under_way
        session.save()
        late = enter_code(client, mailbox.last_code)
        assert late.headers["Location"] == NUMBER_PAGE and "_auth_user_id" not in client.session

    def test_another_code_has_three_tries_of_its_own(self, client: Client, mailbox: Mailbox) -> None:
        ask_code(client, PHONE)
        for _ in range(2):
            enter_code(client, wrong(mailbox))
        session = client.session
        session["code_sent_at"] -= 60
        session.save()
        client.post(CODE_PAGE, {"action": "resend"})
        assert enter_code(client, wrong(mailbox)).context["form"].errors["code"][0].endswith("2 more tries")


class TestWhatWasTyped:
    def number(self, client: Client) -> str:
        return client.get(NUMBER_PAGE).context["form"]["phone"].value()

    def test_the_number_stands_after_three_wrong_codes(self, client: Client, mailbox: Mailbox) -> None:
        ask_code(client, PHONE, next_url=SLOT)
        for _ in range(3):
            last = enter_code(client, wrong(mailbox), next_url=SLOT)
        assert client.get(last.headers["Location"]).context["form"]["phone"].value() == PHONE

    def test_and_after_a_code_that_ran_out(self, client: Client, mailbox: Mailbox) -> None:
        ask_code(client, PHONE)
        session = client.session
        session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 301
        session.save()
        enter_code(client, mailbox.last_code)
        assert self.number(client) == PHONE

    def test_a_mistyped_number_outlives_a_change_of_language(self, client: Client, mailbox: Mailbox) -> None:
        ask_code(client, "1380013800")
        client.post(reverse("set_language"), {"language": "en", "next": NUMBER_PAGE})
        assert self.number(client) == "1380013800"

    def test_not_for_the_next_visitor(self, client: Client, mailbox: Mailbox, clock: TestClock) -> None:
        ask_code(client, "1380013800")
        clock.advance(minutes=5)
        assert not self.number(client)

    def test_nor_after_signing_in(self, client: Client, mailbox: Mailbox) -> None:
        ask_code(client, "1380013800")
        ask_code(client, PHONE)
        enter_code(client, mailbox.last_code)
        assert "typed_number" not in client.session

    @pytest.mark.parametrize("typed", ["12345678901", "+86 123 4567 8901", "01234567890"])
    def test_eleven_digits_are_not_asked_for_where_there_are_eleven(self, client: Client, typed: str) -> None:
        page = ask_code(client, typed)
        assert page.context["form"].errors["phone"] == ["Check the number: a mobile number starts with 13 to 19"]


@pytest.mark.parametrize(
    "pasted",
    [
        "\u202d+86 199 0000 0007\u202c",
        "199\u20110000\u20100007",
        "199\u20130000\u20120007",
        "199\u22120000\u22120007",
        "\ufeff19900000007",
        "199\u200b0000\u200d0007",
        "\u2068199\u00a00000\u00a00007\u2069",
        "(+86) 199.0000.0007",
    ],
)
def test_a_pasted_number_is_read(client: Client, mailbox: Mailbox, pasted: str) -> None:
    ask_code(client, pasted)
    assert mailbox.sent[-1][0] == normalise_phone(pasted) == PHONE


class TestAfterTheSweep:
    """Somebody's number was never proved, and their record is swept while a code is under way."""

    @pytest.fixture
    def swept(self, client: Client, mailbox: Mailbox, clock: TestClock) -> None:
        make_resident(7, verified=False)
        clock.advance(hours=25)
        ask_code(client, PHONE)
        assert people.sweep_unverified(portal_clock.now()) == 1

    def test_the_code_opens(self, client: Client, mailbox: Mailbox, swept: None) -> None:
        assert enter_code(client, mailbox.last_code, next_url=SLOT).headers["Location"] == SLOT
        assert client.session["_auth_user_id"] == str(User.objects.get(phone=PHONE).pk)

    def test_another_one_is_sent(self, client: Client, mailbox: Mailbox, clock: TestClock, swept: None) -> None:
        clock.advance(minutes=1)
        answer = client.post(CODE_PAGE, {"action": "resend"})
        assert [str(message) for message in get_messages(answer.wsgi_request)] == ["A new code is on its way"]


def test_a_code_of_an_earlier_release_is_asked_for_anew(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, PHONE)
    session = client.session
    del session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code_id"]
    session.save()
    answer = enter_code(client, mailbox.last_code)
    assert answer.headers["Location"] == NUMBER_PAGE and "_auth_user_id" not in client.session


def test_the_code_is_compared_whole(client: Client, mailbox: Mailbox) -> None:
    ask_code(client, PHONE)
    process = CodeProcess.__new__(CodeProcess)
    process.state = {"code": mailbox.last_code}
    assert process.is_code(mailbox.last_code) and not process.is_code(mailbox.last_code[:5])
