"""Outcomes of message delivery, and the steps of reminders."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """Outcome of an outbox row; blank while it waits. Whatever the outcome, the message is in the inbox."""

    DELIVERED = "delivered"
    # Not sent: a later message of the same subject came, or the subject has changed since.
    SUPERSEDED = "superseded"
    # Not sent: its time was over.
    EXPIRED = "expired"
    # Not sent: a channel refused it to the last try, or sending it is broken.
    FAILED = "failed"


class ReminderStep(models.TextChoices):
    """Step of reminding somebody of what is coming."""

    DAY_BEFORE = "day_before", _("The day before, at 9:00")
    TWO_HOURS = "two_hours", _("Two hours before")
