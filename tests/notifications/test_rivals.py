"""Eight workers with the same message: one inbox message, one text. With the guards off it isn't so."""

import threading
import time
from typing import Any

import pytest
from django.db import IntegrityError, connection

from notifications import services
from notifications.models import InboxMessage, Outbox
from tests.factories.people import make_resident

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
RIVALS = 8


def deliver_at_once(row: Outbox) -> list[BaseException]:
    """Deliver `row` from all rivals together; what went wrong in them."""
    gate, errors = threading.Barrier(RIVALS), []

    def run() -> None:
        try:
            gate.wait()
            services.deliver(row.pk)
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
def row(nudges: list[Any]) -> Outbox:
    return services.post(recipient=make_resident(), kind="thing", subject_id="1")


def test_one_wins_and_the_others_pass_over_it(row: Outbox, mailbox: Any) -> None:
    assert not deliver_at_once(row)
    assert InboxMessage.objects.count() == 1 and len(mailbox.sent) == 1


def without_lock(monkeypatch: Any, mailbox: Any) -> None:
    """All rivals have read the row before any goes on, and none commits before the others are at it: as bad as it can get, every time."""
    all_have_read, send = threading.Barrier(RIVALS, timeout=30), mailbox.send

    def unlocked(outbox_id: int) -> Outbox | None:
        found = Outbox.objects.filter(pk=outbox_id, done_at__isnull=True).select_related("recipient").first()
        all_have_read.wait()
        return found

    def slow(phone: str, text: str) -> None:
        time.sleep(0.5)
        send(phone, text)

    monkeypatch.setattr(services, "_claim", unlocked)
    monkeypatch.setattr(mailbox, "send", slow)


def test_without_the_lock_the_constraints_still_show_and_send_once(row: Outbox, mailbox: Any, monkeypatch: Any) -> None:
    without_lock(monkeypatch, mailbox)
    deliver_at_once(row)
    assert InboxMessage.objects.count() == 1 and len(mailbox.sent) == 1


def test_canary_without_lock_and_constraints_it_goes_wrong(row: Outbox, mailbox: Any, monkeypatch: Any) -> None:
    without_lock(monkeypatch, mailbox)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE notifications_inboxmessage DROP CONSTRAINT notifications_inboxmessage_outbox_id_key"
        )
        cursor.execute("ALTER TABLE notifications_delivery DROP CONSTRAINT delivery_once_a_channel")
    deliver_at_once(row)
    assert InboxMessage.objects.count() > 1 and len(mailbox.sent) > 1
