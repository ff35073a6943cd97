"""Follow-ups of bad ratings, the number to call back, and what happened."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.values.phones import mask_phone
from common import clock
from ratings.choices import AUTOMATIC, CallResult, FollowUpVerb, Step
from ratings.models.ratings import Rating
from ratings.querysets import FollowUpQuerySet
from ratings.values.limits import LONGEST_NOTE

ONE_EVENT_A_VERB = "follow_up_event_once_a_verb"


class FollowUp(models.Model):
    """Follow-up of a bad rating: verified, put right, called back, in this order, each by its deadline.

    Its step is what is set; who did it and what was done stands in its events.
    """

    rating = models.OneToOneField(Rating, on_delete=models.PROTECT, related_name="follow_up", primary_key=True)
    verify_by = models.DateTimeField()
    finish_by = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    fixed_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    call_result = models.CharField(max_length=12, choices=CallResult.choices, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["finish_by", "rating"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fixed_at__isnull=True) | Q(verified_at__isnull=False), name="follow_up_verified_first"
            ),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True) | Q(fixed_at__isnull=False), name="follow_up_fixed_first"
            ),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, call_result="")
                | Q(called_at__isnull=False, call_result__in=CallResult.values),
                name="follow_up_ends_with_call_back",
            ),
            models.CheckConstraint(condition=Q(finish_by__gte=F("verify_by")), name="follow_up_deadlines_in_order"),
        ]
        indexes = [
            models.Index(fields=["finish_by"], name="follow_up_open", condition=Q(called_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"follow-up of {self.rating_id}"

    @property
    def step(self) -> Step:
        """The step that is to be done next."""
        if self.verified_at is None:
            return Step.VERIFY
        if self.fixed_at is None:
            return Step.FIX
        return Step.CALL_BACK if self.called_at is None else Step.DONE

    @property
    def shown_step(self) -> Promise | str:
        return self.step.label

    @property
    def due_at(self) -> dt.datetime:
        """The moment by which the next step is due."""
        return self.verify_by if self.verified_at is None else self.finish_by

    @property
    def is_overdue(self) -> bool:
        return self.called_at is None and self.due_at <= clock.now()

    @property
    def tone(self) -> str:
        if self.step == Step.DONE:
            return "ok"
        return "bad" if self.is_overdue else "warn"

    @property
    def progress(self) -> list[str]:
        """The three steps as the drawing shows them: `on` done, `now` the next, blank to come."""
        done = [moment is not None for moment in (self.verified_at, self.fixed_at, self.called_at)]
        return ["on" if is_done else "now" if sum(done) == number else "" for number, is_done in enumerate(done)]


class CallBackNumber(models.Model):
    """Number that a dissatisfied person left to be called back. Personal data: erasable, and no history copies it."""

    follow_up = models.OneToOneField(FollowUp, on_delete=models.CASCADE, related_name="number", primary_key=True)
    phone = models.CharField(_("Mobile"), max_length=11)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(phone__regex=r"^1[0-9]{10}$"), name="call_back_number_is_mobile")
        ]

    def __str__(self) -> str:
        return f"number of {self.follow_up_id}"

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)


class FollowUpEvent(models.Model):
    """Event of a follow-up: who did which step, when, and what was done. Each happens once."""

    append_only = True

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=16, choices=FollowUpVerb.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "verb"], name=ONE_EVENT_A_VERB),
            models.CheckConstraint(
                condition=Q(verb__in=AUTOMATIC) | (Q(actor__isnull=False) & ~Q(note="")),
                name="follow_up_event_says_who_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.verb}"
