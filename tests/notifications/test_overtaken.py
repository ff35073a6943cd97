"""A text that something later has made untrue isn't sent; the inbox keeps the history."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from common.messaging.errors import ChannelError
from notifications.choices import Outcome
from notifications.models import InboxMessage, Outbox
from notifications.services.delivery import deliver, sweep
from notifications.services.posting import post_message
from tests.factories.people import make_resident
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wake_ups")]


@pytest.fixture
def resident(clock: TestClock) -> Any:
    return make_resident(1)


def post(person: Any, kind: str = "thing", subject_id: str = "1") -> Outbox:
    return post_message(recipient=person, kind=kind, subject_id=subject_id)


def outcomes() -> list[tuple[str, str]]:
    return list(Outbox.objects.order_by("id").values_list("outcome", "outcome_reason"))


def texts(mailbox: Any) -> list[str]:
    return [text.removeprefix("【平湖党群】").removesuffix("：text") for _phone, text in mailbox.sent]


OVERTAKEN = (Outcome.SUPERSEDED, "a later message of the same subject")
DELIVERED = (Outcome.DELIVERED, "")


def test_the_channel_was_down_while_three_things_happened(resident: Any, mailbox: Any, clock: TestClock) -> None:
    """Booked, approved, cancelled within twenty minutes: the last word alone is sent, whatever the retries' order."""
    mailbox.error = ChannelError("no carrier")
    for kind in ("thing", "other", "thing"):
        deliver(post(resident, kind).pk)
        clock.advance(minutes=9)
    mailbox.error = None
    for _ in range(4):
        sweep(clock.now)
        clock.advance(minutes=30)
    assert texts(mailbox) == ["thing 1"]
    assert outcomes() == [OVERTAKEN, OVERTAKEN, DELIVERED]
    kinds = InboxMessage.objects.order_by("outbox_id").values_list("kind", flat=True)
    assert list(kinds) == ["thing", "other", "thing"], "the inbox tells all of it"


def test_the_last_message_takes_the_earlier_ones_along_in_order(resident: Any, mailbox: Any) -> None:
    rows = [post(resident, kind) for kind in ("thing", "other")]
    assert deliver(rows[1].pk) is True
    assert deliver(rows[0].pk) is False
    assert outcomes() == [OVERTAKEN, DELIVERED] and texts(mailbox) == ["other 1"]
    assert list(InboxMessage.objects.order_by("id").values_list("outbox_id", flat=True)) == [row.pk for row in rows]


def test_one_that_was_given_up_is_not_revived_past_a_later_one(resident: Any, mailbox: Any) -> None:
    mailbox.error = ValueError("broken")
    deliver(post(resident).pk)
    mailbox.error = None
    deliver(post(resident, "other").pk)
    call_command("deliver_messages", "--given-up")
    assert outcomes() == [OVERTAKEN, DELIVERED] and texts(mailbox) == ["other 1"]


def test_a_later_one_overtakes_even_if_it_was_given_up(resident: Any, mailbox: Any, clock: TestClock) -> None:
    mailbox.error = ChannelError("no carrier")
    deliver(post(resident).pk)
    mailbox.error = ValueError("broken")
    deliver(post(resident, "other").pk)
    mailbox.error = None
    clock.advance(minutes=1)
    sweep(clock.now)
    assert not mailbox.sent and outcomes() == [OVERTAKEN, (Outcome.FAILED, "")]


@pytest.mark.parametrize("other", [{"subject_id": "2"}, {"subject_id": ""}, {"kind": "unheard of"}])
def test_other_subjects_do_not_overtake(other: dict[str, str], resident: Any, mailbox: Any, clock: TestClock) -> None:
    """Numbers that happen to be the same belong to one subject only within its own kinds."""
    first = post(resident)
    post(resident, **other)
    assert deliver(first.pk) is True and texts(mailbox) == ["thing 1"]


def test_messages_without_a_subject_stand_alone(resident: Any, mailbox: Any) -> None:
    rows = [post(resident, subject_id="") for _ in range(2)]
    assert [deliver(row.pk) for row in rows] == [True, True] and len(mailbox.sent) == 2


def test_what_others_are_told_does_not_overtake(resident: Any, mailbox: Any) -> None:
    first = post(resident)
    post(make_resident(2), "other")
    assert deliver(first.pk) is True and len(mailbox.sent) == 1


def test_a_subject_that_changed_without_a_message(resident: Any, mailbox: Any, facts: dict[str, Any]) -> None:
    """Who cancels isn't told so, but mustn't read "is yours" afterwards either."""
    facts["thing 1"] = {"is_current": False}
    assert deliver(post(resident).pk) is False
    assert not mailbox.sent and outcomes() == [(Outcome.SUPERSEDED, "the subject has changed since")]


def test_the_inbox_marks_what_has_changed(client: Client, resident: Any, mailbox: Any, facts: dict[str, Any]) -> None:
    deliver(post(resident).pk)
    client.force_login(resident)
    inbox = reverse("notifications:message_list")
    english = {"Accept-Language": "en"}
    assert "Since changed" not in client.get(inbox, headers=english).content.decode()
    facts["thing 1"] = {"is_current": False}
    page = client.get(inbox, headers=english).content.decode()
    assert "Since changed" in page and "thing 1" in page


@pytest.mark.parametrize(("seconds", "sent"), [(-1, True), (0, False)])
def test_nothing_is_sent_once_its_time_is_over(
    seconds: int, sent: bool, resident: Any, mailbox: Any, clock: TestClock, facts: dict[str, Any]
) -> None:
    over = clock.now + dt.timedelta(hours=1)
    facts["thing 1"] = {"stale_after": over}
    row = post(resident)
    clock.move_to(over + dt.timedelta(seconds=seconds))
    assert deliver(row.pk) is sent and bool(mailbox.sent) is sent
    assert outcomes() == [DELIVERED if sent else (Outcome.EXPIRED, "its time is over")]


@pytest.mark.parametrize(("seconds", "sent"), [(-1, True), (0, False)])
def test_old_news_is_not_told(
    seconds: int, sent: bool, resident: Any, mailbox: Any, clock: TestClock, settings: Any
) -> None:
    """As after a restore, or an outage of days. Two days, if the installation says nothing else."""
    row = post(resident)
    assert dt.timedelta(hours=48) == settings.MESSAGE_MAX_AGE
    clock.advance(hours=48, seconds=seconds)
    assert deliver(row.pk) is sent and bool(mailbox.sent) is sent
    assert outcomes() == [DELIVERED if sent else (Outcome.EXPIRED, "older than MESSAGE_MAX_AGE")]
    assert InboxMessage.objects.count() == 1


def test_after_a_restore_all_that_waits_can_be_held_back(
    resident: Any, mailbox: Any, capsys: Any, clock: TestClock
) -> None:
    for subject_id in ("1", "2"):
        post(resident, subject_id=subject_id)
    call_command("deliver_messages", "--hold-back")
    assert capsys.readouterr().out == "2 held back\n"
    assert sweep(clock.now) == 0 and not mailbox.sent and InboxMessage.objects.count() == 2
    assert outcomes() == [(Outcome.EXPIRED, "held back by hand")] * 2
