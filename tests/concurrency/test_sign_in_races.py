"""Many at one moment: wrong codes for one sign-in, and the right one on several devices.

Canaries show what holds them.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.services import codes, people
from accounts.services.allauth_internals import CodeProcess
from accounts.values.months import months_before
from common import clock
from tests.accounts.sign_in import Mailbox, ask_code, enter_code, use_channel
from tests.factories.people import make_resident, phone_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

PHONE = phone_of(7)
MANY = 12
Rivals = Callable[[Sequence[Callable[[], Any]]], list[Any]]


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes that were looked at."""
    seen: list[str] = []
    is_code = CodeProcess.is_code

    def look(self: CodeProcess, code: str) -> bool:
        seen.append(code)
        return is_code(self, code)

    monkeypatch.setattr(CodeProcess, "is_code", look)
    return seen


def guess_at_once(rivals: Rivals, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """So many wrong codes, all different, in one session at one moment."""
    mailbox, client = Mailbox(), Client()
    use_channel(monkeypatch, mailbox)
    ask_code(client, PHONE)
    right, cookie = int(mailbox.last_code), client.cookies["sessionid"].value

    def guess(number: int) -> Callable[[], Any]:
        def send() -> Any:
            one = Client()
            one.cookies["sessionid"] = cookie
            return enter_code(one, f"{(right + number) % 1_000_000:06d}").status_code

        return send

    return rivals([guess(number) for number in range(1, MANY + 1)])


def test_three_codes_are_checked_however_many_are_sent_at_once(
    rivals: Rivals, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = guess_at_once(rivals, monkeypatch)
    assert set(answers) <= {302, 422}
    assert len(checked) == 3


def test_canary_without_the_claim_more_are(rivals: Rivals, checked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "_claim_try", lambda code_id: 2)
    guess_at_once(rivals, monkeypatch)
    assert len(checked) > 3


def test_the_new_holder_of_a_number_gets_one_account_on_all_devices(rivals: Rivals) -> None:
    earlier = make_resident(7)
    User.objects.filter(pk=earlier.pk).update(last_login=months_before(clock.now(), 13))
    found = rivals([lambda: people.resident_signing_in(phone=PHONE)] * MANY)
    assert {getattr(one, "pk", one) for one in found} == {User.objects.get(phone=PHONE).pk}
    earlier.refresh_from_db()
    assert earlier.phone is None and not earlier.is_active
