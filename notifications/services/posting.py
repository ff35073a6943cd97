"""Posting of messages: an outbox row in the transaction of the fact it tells of, delivered after the commit."""

import functools
from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from common import clock
from notifications.models import Outbox
from notifications.services.worker import wake_for_message


def post_message(*, recipient: User, kind: str, subject_id: str = "") -> Outbox:
    """Write an outbox message to `recipient` in the caller's transaction: both or neither happen. One query.

    The worker is woken after the commit; a broker that is down delays the message, never the page.
    """
    now = clock.now()
    row = Outbox.objects.create(recipient=recipient, kind=kind, subject_id=subject_id, created_at=now, next_try_at=now)
    transaction.on_commit(functools.partial(wake_for_message, row.pk), robust=True)
    return row


def post_messages(*, to: Iterable[tuple[User, str]], kind: str) -> int:
    """Write outbox messages of one kind to many: pairs of recipient and subject id. One query for any number of them.

    Returns how many. The worker is woken for the first; the sweep finds the others.
    """
    now = clock.now()
    rows = Outbox.objects.bulk_create(
        Outbox(recipient=recipient, kind=kind, subject_id=subject_id, created_at=now, next_try_at=now)
        for recipient, subject_id in to
    )
    if rows:
        transaction.on_commit(functools.partial(wake_for_message, rows[0].pk), robust=True)
    return len(rows)
