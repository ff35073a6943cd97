"""Grades of ratings, the channels they come by, and the steps of a follow-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Filled squares beside a grade, so that colour and place aren't the only cue.
MOST = 5


class Grade(models.IntegerChoices):
    """The five grades of 好差评, the best first. None is ever chosen beforehand."""

    VERY_SATISFIED = 5, _("Very satisfied")
    SATISFIED = 4, _("Satisfied")
    FAIRLY_SATISFIED = 3, _("Fairly satisfied")
    DISSATISFIED = 2, _("Dissatisfied")
    VERY_DISSATISFIED = 1, _("Very dissatisfied")


# Those who are counted as satisfied in what is published.
SATISFIED = (Grade.VERY_SATISFIED, Grade.SATISFIED)
# These open a follow-up (差评).
BAD = (Grade.DISSATISFIED, Grade.VERY_DISSATISFIED)


class Channel(models.TextChoices):
    QR = "qr", _("QR code")
    LINK = "link", _("Link")
    TABLET = "tablet", _("Tablet")


class Step(models.TextChoices):
    """Step of a follow-up that is to be done next."""

    VERIFY = "verify", _("To verify")
    FIX = "fix", _("To be put right")
    CALL_BACK = "call_back", _("To call back")
    DONE = "done", _("Settled")


class FollowUpVerb(models.TextChoices):
    OPEN = "open", _("Follow-up opened")
    VERIFY = "verify", _("Verified")
    FIX = "fix", _("Put right")
    CALL_BACK = "call_back", _("Called back")
    # Told to the center above, each once.
    VERIFY_OVERDUE = "verify_overdue", _("Not verified in time")
    FINISH_OVERDUE = "finish_overdue", _("Not finished in time")


# Done by the portal itself, so that the event has no actor.
AUTOMATIC = (FollowUpVerb.OPEN, FollowUpVerb.VERIFY_OVERDUE, FollowUpVerb.FINISH_OVERDUE)


class CallResult(models.TextChoices):
    """Result of calling back; the last only where no number was left."""

    REACHED = "reached", _("Called back")
    NOT_REACHED = "not_reached", _("The number isn't answered, or isn't theirs")
    NO_NUMBER = "no_number", _("No number was left: nobody to call")
