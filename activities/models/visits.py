"""Requests for study visits, before a center has made an activity of them."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.choices import VISIT_TONES, ActivityState, VisitorLevel, VisitState
from activities.models.activities import Activity
from activities.querysets import VisitRequestQuerySet
from bookings.values.references import new_reference
from centers.models import Center
from common import clock


class VisitRequest(models.Model):
    """Request of an account for a study visit at a center. Confirmed, it has the activity that was made of it.

    `key` is made by the form, so that a form sent twice asks once. `reason`: why it was refused.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="visit_requests")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visit_requests")
    visiting_body = models.CharField(_("Visiting body"), max_length=60)
    level = models.CharField(_("Its level"), max_length=16, choices=VisitorLevel.choices)
    people = models.PositiveSmallIntegerField(_("People"))
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until"))
    contact_name = models.CharField(_("Contact"), max_length=40)
    note = models.CharField(_("What you would like to see"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.REQUESTED)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    activity = models.OneToOneField(
        Activity, on_delete=models.PROTECT, null=True, related_name="visit_request", editable=False
    )
    is_demo = models.BooleanField(default=False)

    objects = VisitRequestQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state_known"),
            models.CheckConstraint(condition=Q(level__in=VisitorLevel.values), name="visit_level_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="visit_ends_after_start"),
            models.CheckConstraint(condition=Q(people__gt=0), name="visit_people_positive"),
            models.CheckConstraint(
                condition=Q(state=VisitState.CONFIRMED, activity__isnull=False)
                | (~Q(state=VisitState.CONFIRMED) & Q(activity__isnull=True)),
                name="visit_confirmed_has_activity",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.REQUESTED, decided_at__isnull=True)
                | (~Q(state=VisitState.REQUESTED) & Q(decided_at__isnull=False)),
                name="visit_decided_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.REFUSED) | ~Q(reason=""), name="visit_refused_has_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["center", "starts_at"], name="visit_to_decide", condition=Q(state=VisitState.REQUESTED)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("activities:visit_detail", args=[self.reference])

    @property
    def day(self) -> dt.date:
        """The day of the visit, in Shanghai."""
        return clock.local(self.starts_at).date()

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the center's answer."""
        return self.state == VisitState.REQUESTED

    @property
    def is_called_off(self) -> bool:
        """Whether the center called the visit off after it had confirmed it."""
        return self.activity is not None and self.activity.state == ActivityState.CANCELLED

    @property
    def shown_state(self) -> Promise | str:
        """State as pages say it."""
        return _("Called off") if self.is_called_off else self.get_state_display()

    @property
    def tone(self) -> str:
        """Tone of its tag."""
        return "bad" if self.is_called_off else VISIT_TONES[VisitState(self.state)]
