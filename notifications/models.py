"""What people are told: the outbox row written with the fact, the inbox message it becomes, and each channel's delivery."""

from django.conf import settings
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import Q

from notifications.querysets import InboxQuerySet, OutboxQuerySet


class Outbox(models.Model):
    """A message to send, written in the transaction of the fact it tells of. Holds ids, never names, phones or free text.

    `done_at` with a `last_error` means given up: it is in the inbox, but a channel never took it.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=200, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [BTreeIndex(fields=["next_try_at"], name="outbox_due", condition=Q(done_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class InboxMessage(models.Model):
    """A message as its reader sees it; worded when read, in the reader's language. One an outbox row, however often that is delivered."""

    outbox = models.OneToOneField(Outbox, on_delete=models.CASCADE, related_name="inbox_message")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox")
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = InboxQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="inbox_newest_first"),
            # The count in the frame of every page.
            models.Index(fields=["recipient"], name="inbox_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Delivery(models.Model):
    """That a channel took a message. The row is written before the channel is called and says when it answered."""

    outbox = models.ForeignKey(Outbox, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outbox", "channel"], name="delivery_once_a_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.outbox_id}"
