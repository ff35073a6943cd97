"""Eight workers with the same message: one inbox message, one text. With the guards off it isn't so."""

import threading
import time
from typing import Any

import pytest
from django.db import IntegrityError, connection

from common import clock
from notifications.models import InboxMessage, Outbox
from notifications.querysets import OutboxQuerySet
from notifications.services import delivery
from notifications.services.posting import post_message
from tests.factories.people import make_resident

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
RIVALS = 8


def deliver_at_once(row: Outbox) -> list[BaseException]:
    """Deliver `row` from all rivals together; what went wrong in them."""
    gate, errors = threading.Barrier(RIVALS), []

    def run() -> None:
        try:
            gate.wait()
            delivery.deliver(row.pk)
        except IntegrityError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.fixture
def row(wake_ups: list[Any]) -> Outbox:
    return post_message(recipient=make_resident(), kind="thing", subject_id="1")


def test_one_wins_and_the_others_pass_over_it(row: Outbox, mailbox: Any) -> None:
    assert not deliver_at_once(row)
    assert InboxMessage.objects.count() == 1 and len(mailbox.sent) == 1


def slow_down(monkeypatch: Any, mailbox: Any) -> None:
    """The channel takes half a second, so that the others are at it before the first commits."""
    send = mailbox.send

    def slow(phone: str, text: str) -> None:
        time.sleep(0.5)
        send(phone, text)

    monkeypatch.setattr(mailbox, "send", slow)


def without_lock(monkeypatch: Any, mailbox: Any) -> None:
    """All rivals have read the row before any goes on, and none commits before the others are at it.

    As bad as it can get, every time.
    """
    all_have_read = threading.Barrier(RIVALS, timeout=30)

    def unlocked(rows: OutboxQuerySet) -> list[Outbox]:
        found = list(rows.select_related("recipient"))
        all_have_read.wait()
        return found

    monkeypatch.setattr(delivery, "_locked", unlocked)
    slow_down(monkeypatch, mailbox)


def test_without_the_lock_the_constraints_still_show_and_send_once(row: Outbox, mailbox: Any, monkeypatch: Any) -> None:
    without_lock(monkeypatch, mailbox)
    deliver_at_once(row)
    assert InboxMessage.objects.count() == 1 and len(mailbox.sent) == 1


def drop_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE notifications_inboxmessage DROP CONSTRAINT notifications_inboxmessage_outbox_id_key"
        )
        cursor.execute("ALTER TABLE notifications_delivery DROP CONSTRAINT delivery_once_a_channel")


def test_canary_without_the_constraints_the_lock_holds(row: Outbox, mailbox: Any, monkeypatch: Any) -> None:
    drop_constraints()
    slow_down(monkeypatch, mailbox)
    assert not deliver_at_once(row)
    assert InboxMessage.objects.count() == 1 and len(mailbox.sent) == 1


def test_canary_without_lock_and_constraints_it_goes_wrong(row: Outbox, mailbox: Any, monkeypatch: Any) -> None:
    without_lock(monkeypatch, mailbox)
    drop_constraints()
    deliver_at_once(row)
    assert InboxMessage.objects.count() > 1 and len(mailbox.sent) > 1


def texts_of_two_workers(row: Outbox, mailbox: Any, monkeypatch: Any) -> list[str]:
    """The order of the texts when the subject changes while the first one is on its way to the carrier."""
    on_its_way, changed = threading.Event(), threading.Event()
    send = mailbox.send

    def held_up(phone: str, text: str) -> None:
        if not on_its_way.is_set():
            on_its_way.set()
            assert changed.wait(timeout=30)
        send(phone, text)

    monkeypatch.setattr(mailbox, "send", held_up)

    def first_worker() -> None:
        try:
            delivery.deliver(row.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=first_worker)
    thread.start()
    try:
        assert on_its_way.wait(timeout=30)
        delivery.deliver(post_message(recipient=row.recipient, kind="other", subject_id=row.subject_id).pk)
    finally:
        changed.set()
        thread.join()
    delivery.sweep(clock.now())
    return [text.removeprefix("【平湖党群】").removesuffix("：text") for _phone, text in mailbox.sent]


def test_two_workers_send_what_concerns_one_subject_in_order(row: Outbox, mailbox: Any, monkeypatch: Any) -> None:
    assert texts_of_two_workers(row, mailbox, monkeypatch) == ["thing 1", "other 1"]
    assert set(Outbox.objects.values_list("outcome", flat=True)) == {"delivered"}


def test_canary_without_lock_and_constraints_the_earlier_text_comes_last(
    row: Outbox, mailbox: Any, monkeypatch: Any
) -> None:
    drop_constraints()
    monkeypatch.setattr(delivery, "_locked", lambda rows: list(rows.select_related("recipient")))
    assert texts_of_two_workers(row, mailbox, monkeypatch)[:2] == ["other 1", "thing 1"]
