"""Querysets of messages."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from accounts.models import User
from notifications.choices import Outcome

if TYPE_CHECKING:
    from notifications.models import InboxMessage, Outbox  # noqa: F401  # the element types of the querysets


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def waiting(self) -> Self:
        """Messages with no outcome yet."""
        return self.filter(done_at__isnull=True)

    def due(self, now: dt.datetime) -> Self:
        """Waiting messages whose next try has come, oldest first."""
        return self.waiting().filter(next_try_at__lte=now).order_by("id")

    def failed(self) -> Self:
        """Messages given up: in the inbox, but no channel took them."""
        return self.filter(outcome=Outcome.FAILED)

    def about(self, recipient_id: int, kinds: Collection[str], subject_id: str) -> Self:
        """Messages to one person about one subject, oldest first."""
        return self.filter(recipient_id=recipient_id, kind__in=kinds, subject_id=subject_id).order_by("id")


class InboxQuerySet(models.QuerySet["InboxMessage"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """A person's own messages; nobody else's, whatever the role."""
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)
