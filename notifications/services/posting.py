"""Posting: a message is written down in the transaction of the fact it tells of, and delivered after the commit."""

import functools
from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from common import clock
from notifications.models import Outbox
from notifications.services.worker import SWEEP, wake_for_message, wake_worker


def post_message(*, recipient: User, kind: str, subject_id: str = "") -> Outbox:
    """Write down that `recipient` is to be told, in the caller's transaction: both or neither happen. One statement.

    The worker is woken after the commit; a broker that is down delays the message, never the page.
    """
    now = clock.now()
    row = Outbox.objects.create(recipient=recipient, kind=kind, subject_id=subject_id, created_at=now, next_try_at=now)
    transaction.on_commit(functools.partial(wake_for_message, row.pk), robust=True)
    return row


def post_messages(*, recipients: Iterable[User], kind: str, subject_id: str = "") -> int:
    """Write down the same message for many people: one statement, one call to the worker. Returns how many."""
    now = clock.now()
    rows = [
        Outbox(recipient=person, kind=kind, subject_id=subject_id, created_at=now, next_try_at=now)
        for person in recipients
    ]
    Outbox.objects.bulk_create(rows)
    if rows:
        transaction.on_commit(functools.partial(wake_worker, SWEEP), robust=True)
    return len(rows)
