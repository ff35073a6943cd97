"""Delivery: an outbox row becomes an inbox message and a text, at least once on the wire and once on the screen."""

import datetime as dt
import logging
import traceback

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import translation

from common import clock
from common.messaging.errors import ChannelError
from common.messaging.masks import mask_phone
from common.messaging.sms import send_sms
from notifications.choices import Outcome
from notifications.domain import message_kinds
from notifications.models import Delivery, InboxMessage, Outbox
from notifications.querysets import OutboxQuerySet
from notifications.values.retries import wait_after

SMS = "sms"
SWEPT_AT_ONCE = 500
# Reasons not to send a text, for whoever looks at the table.
LATER_MESSAGE, SUBJECT_CHANGED = "a later message of the same subject", "the subject has changed since"
USE_IS_OVER, TOO_OLD, HELD_BACK = "its time is over", "older than MESSAGE_MAX_AGE", "held back by hand"

log = logging.getLogger(__name__)


class _NotSent(Exception):
    """A text that is no longer worth sending, with the outcome and the reason to write down."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        self.outcome, self.reason = outcome, reason


def deliver(outbox_id: int) -> bool:
    """Deliver a message to its reader's inbox and through the channels; True when that was done in this call.

    However often and from however many workers it is called, the work is done once: rivals pass over rows that another
    holds, and a row that is done stays done. Waiting messages of the same subject come before it, in order; a text that
    a later message has overtaken, or that isn't true any more, isn't sent. A crash in between leaves the rows due. A
    channel that is out of order is tried again, later and later, a bounded number of times; what would fail every time
    (a programming error) is logged and given up at once.
    """
    with transaction.atomic():
        rows = _claim(outbox_id)
        return [_deliver_row(row) for row in rows][-1] if rows else False


def sweep(now: dt.datetime) -> int:
    """Deliver what is due at `now`: what no call to the worker reached, what a crash left, what is to be tried again.

    Returns how many.
    """
    due = list(Outbox.objects.due(now).values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    return sum(deliver(pk) for pk in due)


def requeue_failed() -> int:
    """Requeue all messages that were given up, once the cause is mended. Returns how many.

    What has been overtaken or come too late meanwhile is not sent even then: delivery asks again.
    """
    return Outbox.objects.failed().update(
        done_at=None, outcome="", outcome_reason="", attempts=0, next_try_at=clock.now(), last_error=""
    )


def hold_back_waiting() -> int:
    """Cancel the text messages of all that waits, for after a restore; the inbox shows it all the same.

    Returns how many.
    """
    held = 0
    with transaction.atomic():
        for row in _locked(Outbox.objects.waiting().order_by("id")):
            _show_in_inbox(row)
            _finish(row, Outcome.EXPIRED, HELD_BACK)
            held += 1
    return held


def _claim(outbox_id: int) -> list[Outbox]:
    """Lock and load the message and those of its subject that wait before it, oldest first.

    Empty when it is done, or a rival holds any of them: then nothing of this subject is sent but by that rival.
    """
    row = Outbox.objects.waiting().filter(pk=outbox_id).first()
    if row is None:
        return []
    waiting = _of_same_subject(row).waiting().filter(pk__lte=row.pk)
    pks = list(waiting.values_list("pk", flat=True))
    locked = _locked(waiting)
    return locked if [each.pk for each in locked] == pks and pks[-1:] == [row.pk] else []


def _of_same_subject(row: Outbox) -> OutboxQuerySet:
    """Messages to the same person about the same subject; one without a subject stands alone."""
    if not row.subject_id:
        return Outbox.objects.filter(pk=row.pk).order_by("id")
    return Outbox.objects.about(row.recipient_id, message_kinds.kinds_of_same_subject(row.kind), row.subject_id)


def _locked(rows: OutboxQuerySet) -> list[Outbox]:
    """Lock and load the rows with their recipients; those that another transaction has locked are left out."""
    return list(rows.select_related("recipient").select_for_update(skip_locked=True, of=("self",)))


def _deliver_row(row: Outbox) -> bool:
    _show_in_inbox(row)
    try:
        # Inside its own savepoint, so that a text that fails in the database doesn't take the inbox message along.
        with transaction.atomic():
            _send_by_sms(row)
    except _NotSent as refusal:
        return _finish(row, refusal.outcome, refusal.reason)
    except ChannelError as error:
        return _try_later(row, error)
    except OperationalError:
        raise
    except Exception as error:
        details = _without_phone("".join(traceback.format_exception(error)), row)
        log.error("message %s (%s) can't be sent: %s", row.pk, row.kind, details)
        return _give_up(row, error)
    return _finish(row, Outcome.DELIVERED)


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
    """Send a text in the language its reader last chose, else the portal's first. Raises _NotSent.

    People without a number get none, and nobody gets a second one; some kinds are for the inbox alone.
    """
    if not row.recipient.phone or not message_kinds.is_texted(row.kind):
        return
    _must_be_the_latest(row)
    with translation.override(row.recipient.language or settings.LANGUAGE_CODE):
        text = message_kinds.texts(row.kind, [row.subject_id]).get(row.subject_id)
        if text is None:
            log.warning("message %s (%s %s) has no text: unknown kind, or no subject", row.pk, row.kind, row.subject_id)
            return
        if not text.is_current:
            raise _NotSent(Outcome.SUPERSEDED, SUBJECT_CHANGED)
        if text.is_stale(clock.now()):
            raise _NotSent(Outcome.EXPIRED, USE_IS_OVER)
        delivery, _ = Delivery.objects.get_or_create(outbox=row, channel=SMS)
        if delivery.sent_at:
            return
        send_sms(row.recipient.phone, text.as_sms)
    delivery.sent_at = clock.now()
    delivery.save(update_fields=["sent_at"])


def _must_be_the_latest(row: Outbox) -> None:
    """Raise _NotSent for old news: overtaken by a later message, whatever became of that, or older than the limit."""
    if _of_same_subject(row).filter(pk__gt=row.pk).exists():
        raise _NotSent(Outcome.SUPERSEDED, LATER_MESSAGE)
    if row.created_at + settings.MESSAGE_MAX_AGE <= clock.now():
        raise _NotSent(Outcome.EXPIRED, TOO_OLD)


def _try_later(row: Outbox, error: Exception) -> bool:
    row.attempts += 1
    wait = wait_after(row.attempts)
    if wait is None:
        log.error(
            "message %s (%s) given up after %s tries: %s",
            row.pk,
            row.kind,
            row.attempts,
            _without_phone(str(error), row),
        )
        return _give_up(row, error)
    row.next_try_at = clock.now() + wait
    row.last_error = _error_words(row, error)
    row.save(update_fields=["attempts", "next_try_at", "last_error"])
    return False


def _give_up(row: Outbox, error: Exception) -> bool:
    row.last_error = _error_words(row, error)
    return _finish(row, Outcome.FAILED)


def _finish(row: Outbox, outcome: Outcome, reason: str = "") -> bool:
    """Save the outcome of the message; True when it was delivered."""
    row.outcome, row.outcome_reason, row.done_at = outcome, reason, clock.now()
    row.save(update_fields=["attempts", "last_error", "outcome", "outcome_reason", "done_at"])
    return outcome is Outcome.DELIVERED


def _error_words(row: Outbox, error: Exception) -> str:
    return _without_phone(str(error) or type(error).__name__, row)[:200]


def _without_phone(text: str, row: Outbox) -> str:
    """Error text with its recipient's number masked: a carrier may quote it, and others read logs and tables."""
    phone = row.recipient.phone
    return text.replace(phone, mask_phone(phone)) if phone else text
