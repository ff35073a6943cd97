"""A channel that is down: when it is tried again, when it is given up, and who learns of that."""

import datetime as dt
import logging
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from common.messaging.errors import ChannelError
from notifications.choices import Outcome
from notifications.models import InboxMessage, Outbox
from notifications.services import delivery
from notifications.services.posting import post_message
from tests.factories.people import make_resident, phone_of
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wake_ups")]

# Seconds from one try to the next: docs/mechanisms/messages.md says the same.
WAITS = [10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800, 1800]


def try_until_given_up(row: Outbox, clock: TestClock) -> list[float]:
    """The seconds between the tries, as beat makes them: at the moment that is due, and not a second before."""
    waits = []
    delivery.sweep(clock.now)
    row.refresh_from_db()
    while row.done_at is None:
        waits.append((row.next_try_at - clock.now).total_seconds())
        tries = row.attempts
        clock.move_to(row.next_try_at - dt.timedelta(seconds=1))
        delivery.sweep(clock.now)
        row.refresh_from_db()
        assert row.attempts == tries, "tried before its time"
        clock.advance(seconds=1)
        delivery.sweep(clock.now)
        row.refresh_from_db()
        assert row.attempts == tries + 1, "due and not tried"
    return waits


def run(*options: str) -> str:
    out = StringIO()
    call_command("deliver_messages", *options, stdout=out)
    return out.getvalue()


def test_the_waits_between_all_tries(mailbox: Any, clock: TestClock) -> None:
    row = post_message(recipient=make_resident(), kind="thing", subject_id="1")
    mailbox.error = ChannelError("no carrier")
    assert try_until_given_up(row, clock) == WAITS
    assert (row.attempts, row.outcome, row.last_error) == (12, Outcome.FAILED, "no carrier")
    assert list(Outbox.objects.failed()) == [row] and InboxMessage.objects.count() == 1


def test_giving_up_is_an_error_in_the_log_without_the_number(
    mailbox: Any, clock: TestClock, caplog: pytest.LogCaptureFixture
) -> None:
    row = post_message(recipient=make_resident(1), kind="thing", subject_id="1")
    mailbox.error = ChannelError(f"carrier refuses {phone_of(1)}")
    try_until_given_up(row, clock)
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert errors == [f"message {row.pk} (thing) given up after 12 tries: carrier refuses 199****0001"]
    assert row.last_error == "carrier refuses 199****0001"


def test_a_programming_error_is_logged_with_its_place_and_without_the_number(
    mailbox: Any, caplog: pytest.LogCaptureFixture
) -> None:
    row = post_message(recipient=make_resident(1), kind="thing", subject_id="1")
    mailbox.error = ValueError(f"what is {phone_of(1)}?")
    assert delivery.deliver(row.pk) is False
    row.refresh_from_db()
    assert (row.outcome, row.last_error) == (Outcome.FAILED, "what is 199****0001?")
    assert "Traceback" in caplog.text and "what is 199****0001?" in caplog.text and phone_of(1) not in caplog.text


def test_what_was_given_up_is_tried_again_on_request(mailbox: Any, clock: TestClock) -> None:
    row = post_message(recipient=make_resident(), kind="thing", subject_id="1")
    mailbox.error = ChannelError("no carrier")
    try_until_given_up(row, clock)
    mailbox.error = None
    assert run("--given-up") == "1 queued again\n1 delivered\n"
    row.refresh_from_db()
    assert (row.outcome, row.last_error, row.attempts) == (Outcome.DELIVERED, "", 0)
    assert len(mailbox.sent) == 1 and not Outbox.objects.failed().exists()


def test_what_went_out_is_not_queued_again(mailbox: Any) -> None:
    delivery.deliver(post_message(recipient=make_resident(), kind="thing", subject_id="1").pk)
    assert run("--given-up") == "0 queued again\n0 delivered\n"
    assert len(mailbox.sent) == 1


def test_a_message_whose_time_is_over_is_not_revived(mailbox: Any, clock: TestClock, facts: dict[str, Any]) -> None:
    row = post_message(recipient=make_resident(), kind="thing", subject_id="1")
    mailbox.error = ChannelError("no carrier")
    try_until_given_up(row, clock)
    mailbox.error, facts["thing 1"] = None, {"stale_after": clock.now}
    assert run("--given-up") == "1 queued again\n0 delivered\n"
    row.refresh_from_db()
    assert (row.outcome, row.outcome_reason) == (Outcome.EXPIRED, "its time is over")
    assert not mailbox.sent and InboxMessage.objects.count() == 1


def test_the_status_says_what_waits_and_what_became_of_the_rest(
    mailbox: Any, clock: TestClock, facts: dict[str, Any]
) -> None:
    person = make_resident()
    facts["thing old"], facts["thing over"] = {"is_current": False}, {"stale_after": clock.now}
    for subject_id in ("1", "2", "old", "over"):
        post_message(recipient=person, kind="thing", subject_id=subject_id)
    delivery.sweep(clock.now)
    mailbox.error = ValueError("broken")
    delivery.deliver(post_message(recipient=person, kind="thing", subject_id="3").pk)
    mailbox.error = ChannelError("no carrier")
    delivery.deliver(post_message(recipient=person, kind="thing", subject_id="4").pk)
    clock.advance(seconds=5)
    post_message(recipient=person, kind="thing", subject_id="5")
    assert run("--status").splitlines() == [
        "waiting: 2, 1 of them due, the oldest since 2026-11-24 10:05",
        "delivered: 2",
        "superseded: 1",
        "expired: 1",
        "failed: 1",
    ]
    assert Outbox.objects.waiting().count() == 2, "looking changes nothing"


def test_the_status_of_an_empty_outbox() -> None:
    assert run("--status").splitlines()[0] == "waiting: 0, 0 of them due"


@pytest.mark.parametrize("wrong", [{"done_at": None}, {"outcome": ""}, {"outcome": "lost"}])
def test_what_is_done_has_an_outcome_and_what_waits_has_none(wrong: dict[str, Any], clock: TestClock) -> None:
    row = post_message(recipient=make_resident(), kind="thing", subject_id="1")
    delivery.deliver(row.pk)
    with pytest.raises(IntegrityError, match="outbox_"), transaction.atomic():
        Outbox.objects.filter(pk=row.pk).update(**wrong)
