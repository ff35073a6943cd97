"""Posting of messages: an outbox row in the transaction of the fact it tells of, delivered after the commit."""

import functools

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
