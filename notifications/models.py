"""Messages to people: the outbox row written with the fact, the inbox message it becomes, each channel's delivery."""

from django.conf import settings
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import Q

from notifications.choices import Outcome, ReminderStep
from notifications.querysets import InboxQuerySet, OutboxQuerySet


class Outbox(models.Model):
    """A message to send, written in the transaction of the fact it tells of.

    Holds ids, never names, phones or free text. It waits while `done_at` is empty; `outcome` then says what became of
    it, `outcome_reason` why it wasn't sent.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices, default="", db_default="")
    outcome_reason = models.CharField(max_length=100, blank=True, default="", db_default="")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="outbox_outcome_known"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="outbox_done_with_an_outcome",
            ),
        ]
        indexes = [
            BTreeIndex(fields=["next_try_at"], name="outbox_due", condition=Q(done_at__isnull=True)),
            # For whoever runs the portal: what was given up, among millions that were not.
            models.Index(fields=["done_at"], name="outbox_failed", condition=Q(outcome=Outcome.FAILED)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class InboxMessage(models.Model):
    """A message as its reader sees it, worded when read, in the reader's language.

    One an outbox row, however often that is delivered.
    """

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
    """Delivery of a message by a channel: the row is written before the call and gets the moment of the answer."""

    outbox = models.ForeignKey(Outbox, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outbox", "channel"], name="delivery_once_a_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.outbox_id}"


class Reminder(models.Model):
    """Reminder that was posted: once an account, thing, step and time. What is moved is reminded of by its new time."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    step = models.CharField(max_length=10, choices=ReminderStep.choices)
    starts_at = models.DateTimeField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            # The time first: what was sent of one day is read together.
            models.UniqueConstraint(
                fields=["starts_at", "source", "step", "key", "account"], name="reminder_once_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key} {self.step}"


class ReminderPreference(models.Model):
    """Reminders that an account wants; without a row, all."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="reminder_preference"
    )
    day_before = models.BooleanField(default=True)
    two_hours = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"reminders of {self.account_id}"
