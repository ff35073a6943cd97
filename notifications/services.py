"""Telling people: written with the fact, delivered later, at least once on the wire and once on the screen."""

import datetime as dt
import functools
import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import translation

from common import clock
from common.messaging.errors import ChannelError
from common.messaging.sms import send_sms
from notifications import registry
from notifications.models import Delivery, InboxMessage, Outbox
from notifications.nudge import DELIVER, SWEEP, nudge

SMS = "sms"
# 10 s, 20 s, 40 s … half an hour: eleven tries over about two and a half hours, then a person must look.
FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS = dt.timedelta(seconds=10), dt.timedelta(minutes=30), 11
SWEPT_AT_ONCE = 500

log = logging.getLogger(__name__)


def post(*, recipient: Any, kind: str, subject_id: str = "") -> Outbox:
    """Write down that `recipient` is to be told, in the caller's transaction: both or neither happen. One statement.

    The worker is nudged after the commit; a broker that is down delays the message, never the page.
    """
    now = clock.now()
    row = Outbox.objects.create(recipient=recipient, kind=kind, subject_id=subject_id, created_at=now, next_try_at=now)
    transaction.on_commit(functools.partial(nudge, DELIVER, row.pk), robust=True)
    return row


def bulk_post(*, recipients: Iterable[Any], kind: str, subject_id: str = "") -> int:
    """The same for many people at once: one statement, one nudge. Returns how many."""
    now = clock.now()
    rows = [
        Outbox(recipient=person, kind=kind, subject_id=subject_id, created_at=now, next_try_at=now)
        for person in recipients
    ]
    Outbox.objects.bulk_create(rows)
    if rows:
        transaction.on_commit(functools.partial(nudge, SWEEP), robust=True)
    return len(rows)


def deliver(outbox_id: int) -> bool:
    """Put a message into its reader's inbox and through the channels; True when that was done here and now.

    However often and from however many workers it is called, the work is done once: rivals pass over a row that another holds,
    and a row that is done stays done. A crash on the way leaves the row due. A channel that is out of order is tried again, later and
    later, a bounded number of times; what would fail every time (a mistake of ours) is logged and given up at once.
    """
    with transaction.atomic():
        row = _claim(outbox_id)
        if row is None:
            return False
        _show_in_inbox(row)
        try:
            # Inside its own savepoint, so that a wording that fails in the database doesn't take the inbox message along.
            with transaction.atomic():
                _send_by_sms(row)
        except ChannelError as error:
            return _try_later(row, error)
        except OperationalError:
            raise
        except Exception as error:
            log.exception("message %s (%s) can't be sent", row.pk, row.kind)
            return _give_up(row, error)
        row.done_at = clock.now()
        row.save(update_fields=["done_at"])
        return True


def sweep(now: dt.datetime) -> int:
    """Deliver what is due at `now`: what no nudge reached, what a crash left, what is to be tried again. Returns how many."""
    due = list(Outbox.objects.due(now).values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    return sum(deliver(pk) for pk in due)


def requeue_failed() -> int:
    """Try again all that was given up, once its cause is mended. Returns how many."""
    return Outbox.objects.given_up().update(done_at=None, attempts=0, next_try_at=clock.now(), last_error="")


def mark_read(*, actor: Any, message_ids: Iterable[int]) -> int:
    """Note that `actor` has seen these of their own messages; others' are passed over. Returns how many were unread."""
    return InboxMessage.objects.visible_to(actor).unread().filter(pk__in=list(message_ids)).update(read_at=clock.now())


def _claim(outbox_id: int) -> Outbox | None:
    """The row, locked, or None when it is done or another worker has it in hand."""
    waiting = Outbox.objects.filter(pk=outbox_id, done_at__isnull=True).select_related("recipient")
    return waiting.select_for_update(skip_locked=True, of=("self",)).first()


def _show_in_inbox(row: Outbox) -> None:
    InboxMessage.objects.get_or_create(
        outbox=row,
        defaults={
            "recipient": row.recipient,
            "kind": row.kind,
            "subject_id": row.subject_id,
            "created_at": row.created_at,
        },
    )


def _send_by_sms(row: Outbox) -> None:
    """A text in the language its reader last chose, else the portal's first, unless it went out before or there is no number."""
    if not row.recipient.phone:
        return
    delivery, _ = Delivery.objects.get_or_create(outbox=row, channel=SMS)
    if delivery.sent_at:
        return
    with translation.override(row.recipient.language or settings.LANGUAGE_CODE):
        words = registry.wordings(row.kind, [row.subject_id]).get(row.subject_id)
        if words is None:
            log.warning(
                "message %s (%s %s) has no words: unknown kind, or its subject is gone",
                row.pk,
                row.kind,
                row.subject_id,
            )
            return
        send_sms(row.recipient.phone, words.as_text)
    delivery.sent_at = clock.now()
    delivery.save(update_fields=["sent_at"])


def _try_later(row: Outbox, error: Exception) -> bool:
    row.attempts += 1
    if row.attempts >= MOST_ATTEMPTS:
        return _give_up(row, error)
    row.next_try_at = clock.now() + min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
    row.last_error = str(error)[:200]
    row.save(update_fields=["attempts", "next_try_at", "last_error"])
    return False


def _give_up(row: Outbox, error: Exception) -> bool:
    row.last_error = (str(error) or type(error).__name__)[:200]
    row.done_at = clock.now()
    row.save(update_fields=["attempts", "last_error", "done_at"])
    return False
