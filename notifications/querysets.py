"""Scopes over messages."""

import datetime as dt
from typing import Any, Self

from django.db import models


class OutboxQuerySet(models.QuerySet[Any]):
    def due(self, now: dt.datetime) -> Self:
        """Messages not yet delivered whose next try has come, oldest first."""
        return self.filter(done_at__isnull=True, next_try_at__lte=now).order_by("id")

    def given_up(self) -> Self:
        """Messages that are in the inbox but that a channel never took."""
        return self.filter(done_at__isnull=False).exclude(last_error="").exclude(deliveries__sent_at__isnull=False)


class InboxQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """A person's own messages; nobody else's, whatever the role."""
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)
