"""Outcomes of message delivery."""

from django.db import models


class Outcome(models.TextChoices):
    """Outcome of an outbox row; blank while it waits. Whatever the outcome, the message is in the inbox."""

    DELIVERED = "delivered"
    # Not sent: a later message of the same subject came, or the subject has changed since.
    SUPERSEDED = "superseded"
    # Not sent: its time was over.
    EXPIRED = "expired"
    # Not sent: a channel refused it to the last try, or sending it is broken.
    FAILED = "failed"
