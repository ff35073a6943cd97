"""A message is written with the fact it tells of, sent at least once, shown once."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, transaction

from common import clock as portal_clock
from common.messaging.errors import ChannelError
from notifications import registry, services, tasks
from notifications.models import Delivery, InboxMessage, Outbox
from notifications.nudge import DELIVER, SWEEP
from tests.factories.people import make_resident, make_staff
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db


def test_posting_is_one_statement_and_nudges_after_the_commit(
    nudges: list[Any], django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    resident = make_resident()
    with django_capture_on_commit_callbacks(execute=True):
        with django_assert_num_queries(1):
            row = services.post(recipient=resident, kind="thing", subject_id="1")
        assert not nudges
    assert nudges == [(DELIVER, row.pk)]


def test_a_fact_taken_back_takes_its_message_along(nudges: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    resident = make_resident()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        services.post(recipient=resident, kind="thing", subject_id="1")
        transaction.set_rollback(True)
    assert not nudges and not Outbox.objects.exists()


def test_many_at_once(
    nudges: list[Any], django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    people = [make_resident(number) for number in range(1, 4)]
    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(1):
        assert services.bulk_post(recipients=people, kind="thing", subject_id="1") == 3
    assert nudges == [(SWEEP,)]
    assert services.sweep(portal_clock.now()) == 3


def test_delivered_twice_is_done_once(nudges: list[Any], mailbox: Any) -> None:
    row = services.post(recipient=make_resident(1), kind="thing", subject_id="1")
    assert services.deliver(row.pk) is True
    assert services.deliver(row.pk) is False
    tasks.deliver_message(row.pk)
    assert InboxMessage.objects.count() == 1
    assert mailbox.sent == [("19900000001", "【平湖党群】thing 1：text")]
    assert Delivery.objects.get().sent_at is not None


def test_people_without_a_phone_get_the_inbox_alone(nudges: list[Any], mailbox: Any) -> None:
    row = services.post(recipient=make_staff(), kind="thing", subject_id="1")
    assert services.deliver(row.pk) is True
    assert InboxMessage.objects.count() == 1 and not mailbox.sent and not Delivery.objects.exists()


@pytest.mark.parametrize(("kind", "subject_id"), [("thing", "gone"), ("unheard of", "1")])
def test_without_words_nothing_is_texted(nudges: list[Any], mailbox: Any, kind: str, subject_id: str) -> None:
    row = services.post(recipient=make_resident(), kind=kind, subject_id=subject_id)
    assert services.deliver(row.pk) is True
    assert not mailbox.sent


@pytest.mark.parametrize("where", ["_show_in_inbox", "_send_by_sms"])
def test_a_crash_on_the_way_leaves_it_due(nudges: list[Any], mailbox: Any, monkeypatch: Any, where: str) -> None:
    """`kill -9` is no Exception: nothing after it runs, the transaction is gone."""
    row = services.post(recipient=make_resident(), kind="thing", subject_id="1")
    real = getattr(services, where)

    def dies(*args: Any) -> None:
        real(*args)
        raise SystemExit

    monkeypatch.setattr(services, where, dies)
    with pytest.raises(SystemExit):
        services.deliver(row.pk)
    assert not InboxMessage.objects.exists() and not Delivery.objects.exists()
    monkeypatch.setattr(services, where, real)
    assert services.sweep(portal_clock.now()) == 1
    assert InboxMessage.objects.count() == 1


def test_a_channel_that_is_down_is_tried_later_and_later(nudges: list[Any], mailbox: Any, clock: TestClock) -> None:
    row = services.post(recipient=make_resident(), kind="thing", subject_id="1")
    mailbox.error = ChannelError("no carrier")
    assert services.sweep(clock.now) == 0
    assert InboxMessage.objects.count() == 1
    row.refresh_from_db()
    assert (row.attempts, row.next_try_at - clock.now, row.last_error) == (1, services.FIRST_WAIT, "no carrier")
    assert services.sweep(clock.now + dt.timedelta(seconds=9)) == 0
    clock.advance(seconds=11)
    services.sweep(clock.now)
    row.refresh_from_db()
    assert (row.attempts, row.next_try_at - clock.now) == (2, 2 * services.FIRST_WAIT)
    mailbox.error = None
    clock.advance(seconds=21)
    assert services.sweep(clock.now) == 1
    assert len(mailbox.sent) == 1 and InboxMessage.objects.count() == 1


def test_tries_are_bounded_and_can_be_renewed(nudges: list[Any], mailbox: Any, clock: TestClock) -> None:
    row = services.post(recipient=make_resident(), kind="thing", subject_id="1")
    mailbox.error = ChannelError("no carrier")
    for _ in range(services.MOST_ATTEMPTS + 3):
        services.sweep(clock.now)
        clock.advance(hours=1)
    row.refresh_from_db()
    assert row.attempts == services.MOST_ATTEMPTS and row.done_at and list(Outbox.objects.given_up()) == [row]
    mailbox.error = None
    out = StringIO()
    call_command("deliver_messages", "--given-up", stdout=out)
    assert out.getvalue() == "1 queued again\n1 delivered\n"
    assert len(mailbox.sent) == 1 and not Outbox.objects.given_up().exists()


def test_what_a_channel_took_in_the_end_was_not_given_up(nudges: list[Any], mailbox: Any, clock: TestClock) -> None:
    """Though the row still says what had gone wrong before."""
    taken, lost = (services.post(recipient=make_resident(n), kind="thing", subject_id="1") for n in (1, 2))
    Outbox.objects.update(done_at=clock.now, last_error="no carrier")
    Delivery.objects.create(outbox=taken, channel="sms", sent_at=clock.now)
    Delivery.objects.create(outbox=lost, channel="sms")
    assert list(Outbox.objects.given_up()) == [lost]
    assert services.requeue_failed() == 1
    taken.refresh_from_db()
    assert taken.done_at is not None


def test_mistakes_of_ours_are_not_repeated(nudges: list[Any], mailbox: Any, monkeypatch: Any) -> None:
    def broken(kind: str, subject_ids: Any) -> Any:
        return InboxMessage.objects.raw("SELECT nonsense")[0]

    monkeypatch.setitem(registry._kinds, "thing", broken)
    first = services.post(recipient=make_resident(1), kind="thing", subject_id="1")
    second = services.post(recipient=make_resident(2), kind="other", subject_id="1")
    assert services.sweep(portal_clock.now()) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.done_at and "nonsense" in first.last_error and first.attempts == 0
    assert second.done_at and not second.last_error
    assert InboxMessage.objects.count() == 2


def test_a_database_that_is_gone_is_no_reason_to_give_up(nudges: list[Any], mailbox: Any) -> None:
    row = services.post(recipient=make_resident(), kind="thing", subject_id="1")
    mailbox.error = OperationalError("server closed the connection")
    with pytest.raises(OperationalError):
        services.deliver(row.pk)
    row.refresh_from_db()
    assert row.done_at is None and row.attempts == 0


def test_one_name_has_one_meaning() -> None:
    registry.register("thing", registry._kinds["thing"])
    with pytest.raises(ValueError, match="thing"):
        registry.register("thing", lambda kind, subject_ids: {})
