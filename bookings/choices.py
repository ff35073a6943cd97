"""Booking statuses and the groups of them that the constraint, the querysets and the pages read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PENDING = "pending", _("Pending")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    CANCELLED = "cancelled", _("Cancelled")
    RELEASED = "released", _("Released early")
    EXPIRED = "expired", _("Not answered in time")


# Exactly these have occupancy rows. A released booking keeps the time it used: its end was moved to the release.
HOLDING = (Status.PENDING, Status.APPROVED, Status.RELEASED)
# These hold nothing: the time is free for others.
GIVEN_BACK = (Status.REJECTED, Status.CANCELLED, Status.EXPIRED)
# These can still be cancelled, and may yet be used.
LIVE = (Status.PENDING, Status.APPROVED)
# These count against a person's quota: what was refused, expired or given back before it began doesn't.
COUNTING = HOLDING


# How a status is washed on pages: ok, warn, bad, info or plain.
TONES = {
    Status.PENDING: "warn",
    Status.APPROVED: "ok",
    Status.REJECTED: "bad",
    Status.CANCELLED: "",
    Status.RELEASED: "info",
    Status.EXPIRED: "bad",
}


class Verb(models.TextChoices):
    CREATE = "create", _("Booked")
    APPROVE = "approve", _("Approved")
    MOVE = "move", _("Moved")
    REJECT = "reject", _("Rejected")
    CANCEL = "cancel", _("Cancelled")
    RELEASE = "release", _("Released early")
    EXPIRE = "expire", _("Expired")


# Done by the portal itself, so that the event has no actor.
AUTOMATIC = (Verb.EXPIRE,)


class ConfirmMode(models.TextChoices):
    INSTANT = "instant", _("Confirmed at once")
    STAFF = "staff", _("Confirmed by staff")


class Purpose(models.TextChoices):
    RESIDENTS_MEETING = "residents_meeting", _("Residents' meeting")
    PARTY_DAY = "party_day", _("Themed Party day")
    VOLUNTEERING = "volunteering", _("Volunteering")
    CULTURE_SPORT = "culture_sport", _("Culture and sport")
    TRAINING = "training", _("Training")
    OTHER = "other", _("Other public-benefit use")


class Equipment(models.TextChoices):
    PROJECTOR = "projector", _("Projector")
    AUDIO = "audio", _("Sound system")
    WHITEBOARD = "whiteboard", _("Whiteboard")
    MICROPHONE = "microphone", _("Microphone")
    SCREEN = "screen", _("Large screen")
    ROUND_TABLE = "round_table", _("Round table")
    STEP_FREE = "step_free", _("Step-free access")
