"""A message is written with the fact it tells of, sent at least once, shown once."""

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError, transaction

from common import clock as portal_clock
from common.messaging.errors import ChannelError
from notifications import tasks
from notifications.choices import Outcome
from notifications.domain import message_kinds
from notifications.domain.message_kinds import MessageKind
from notifications.models import Delivery, InboxMessage, Outbox
from notifications.services import delivery
from notifications.services.posting import post_message
from notifications.services.worker import DELIVER, RUSH_SECONDS, wake_for_message
from tests.factories.people import make_resident, make_staff
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db


def test_posting_is_one_statement_and_wakes_the_worker_after_the_commit(
    wake_ups: list[Any], django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    resident = make_resident()
    with django_capture_on_commit_callbacks(execute=True):
        with django_assert_num_queries(1):
            row = post_message(recipient=resident, kind="thing", subject_id="1")
        assert not wake_ups
    assert wake_ups == [(DELIVER, row.pk)]


def test_a_fact_taken_back_takes_its_message_along(
    wake_ups: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    resident = make_resident()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        post_message(recipient=resident, kind="thing", subject_id="1")
        transaction.set_rollback(True)
    assert not wake_ups and not Outbox.objects.exists()


def test_many_are_delivered_by_one_sweep(wake_ups: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    people = [make_resident(number) for number in range(1, 4)]
    with django_capture_on_commit_callbacks(execute=True):
        first, *_others = [post_message(recipient=person, kind="thing", subject_id="1") for person in people]
    assert wake_ups == [(DELIVER, first.pk)]
    assert delivery.sweep(portal_clock.now()) == 3


def test_delivered_twice_is_done_once(wake_ups: list[Any], mailbox: Any) -> None:
    row = post_message(recipient=make_resident(1), kind="thing", subject_id="1")
    assert delivery.deliver(row.pk) is True
    assert delivery.deliver(row.pk) is False
    tasks.deliver_message(row.pk)
    assert InboxMessage.objects.count() == 1
    assert mailbox.sent == [("19900000001", "【平湖党群】thing 1：text")]
    assert Delivery.objects.get().sent_at is not None


def test_people_without_a_phone_get_the_inbox_alone(wake_ups: list[Any], mailbox: Any) -> None:
    row = post_message(recipient=make_staff(), kind="thing", subject_id="1")
    assert delivery.deliver(row.pk) is True
    assert InboxMessage.objects.count() == 1 and not mailbox.sent and not Delivery.objects.exists()


@pytest.mark.parametrize(("kind", "subject_id"), [("thing", "gone"), ("unheard of", "1")])
def test_without_words_nothing_is_texted(wake_ups: list[Any], mailbox: Any, kind: str, subject_id: str) -> None:
    row = post_message(recipient=make_resident(), kind=kind, subject_id=subject_id)
    assert delivery.deliver(row.pk) is True
    assert not mailbox.sent


@pytest.mark.parametrize("where", ["_show_in_inbox", "_send_by_sms"])
def test_a_crash_on_the_way_leaves_it_due(wake_ups: list[Any], mailbox: Any, monkeypatch: Any, where: str) -> None:
    """`kill -9` is no Exception: nothing after it runs, the transaction is gone."""
    row = post_message(recipient=make_resident(), kind="thing", subject_id="1")
    real = getattr(delivery, where)

    def dies(*args: Any) -> None:
        real(*args)
        raise SystemExit

    monkeypatch.setattr(delivery, where, dies)
    with pytest.raises(SystemExit):
        delivery.deliver(row.pk)
    assert not InboxMessage.objects.exists() and not Delivery.objects.exists()
    monkeypatch.setattr(delivery, where, real)
    assert delivery.sweep(portal_clock.now()) == 1
    assert InboxMessage.objects.count() == 1


def test_a_channel_that_is_down_is_tried_later_and_later(wake_ups: list[Any], mailbox: Any, clock: TestClock) -> None:
    row = post_message(recipient=make_resident(), kind="thing", subject_id="1")
    mailbox.error = ChannelError("no carrier")
    assert delivery.sweep(clock.now) == 0
    assert InboxMessage.objects.count() == 1
    row.refresh_from_db()
    assert (row.attempts, row.next_try_at - clock.now, row.last_error) == (1, dt.timedelta(seconds=10), "no carrier")
    assert delivery.sweep(clock.now + dt.timedelta(seconds=9)) == 0
    clock.advance(seconds=11)
    delivery.sweep(clock.now)
    row.refresh_from_db()
    assert (row.attempts, row.next_try_at - clock.now) == (2, dt.timedelta(seconds=20))
    mailbox.error = None
    clock.advance(seconds=21)
    assert delivery.sweep(clock.now) == 1
    assert len(mailbox.sent) == 1 and InboxMessage.objects.count() == 1


def test_mistakes_of_ours_are_not_repeated(wake_ups: list[Any], mailbox: Any, monkeypatch: Any) -> None:
    def broken(kind: str, subject_ids: Any) -> Any:
        return InboxMessage.objects.raw("SELECT nonsense")[0]

    monkeypatch.setitem(message_kinds._kinds, "thing", MessageKind("thing", "thing", broken))
    first = post_message(recipient=make_resident(1), kind="thing", subject_id="1")
    second = post_message(recipient=make_resident(2), kind="other", subject_id="1")
    assert delivery.sweep(portal_clock.now()) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.done_at and "nonsense" in first.last_error and first.attempts == 0
    assert first.outcome == Outcome.FAILED
    assert second.done_at and not second.last_error and second.outcome == Outcome.DELIVERED
    assert InboxMessage.objects.count() == 2


def test_a_database_that_is_gone_is_no_reason_to_give_up(wake_ups: list[Any], mailbox: Any) -> None:
    row = post_message(recipient=make_resident(), kind="thing", subject_id="1")
    mailbox.error = OperationalError("server closed the connection")
    with pytest.raises(OperationalError):
        delivery.deliver(row.pk)
    row.refresh_from_db()
    assert row.done_at is None and row.attempts == 0


def test_one_name_has_one_meaning() -> None:
    message_kinds.register(message_kinds._kinds["thing"])
    with pytest.raises(ValueError, match="thing"):
        message_kinds.register(MessageKind("thing", "thing", lambda kind, subject_ids: {}))


def test_a_rush_of_messages_wakes_the_worker_once(wake_ups: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("notifications.services.worker.time.monotonic", lambda: now[0])
    for _ in range(20):
        wake_for_message(1)
    assert wake_ups == [(DELIVER, 1)]
    now[0] += RUSH_SECONDS
    wake_for_message(2)
    assert wake_ups == [(DELIVER, 1), (DELIVER, 2)]
