"""Rectifications: what an inspection found to be put right, by whom and until when, with the proof."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.choices import RectificationState, RectificationVerb
from activities.models.details import InspectionDetail
from activities.models.photos import Photo
from activities.querysets import RectificationQuerySet
from common import clock


class Rectification(models.Model):
    """Rectification of one thing that an inspection found, until the end of `due_on`.

    `key` is made by the form, so that a form sent twice demands it once. `reminded_at`: when the center was told that
    it is overdue, once.
    """

    inspection = models.ForeignKey(InspectionDetail, on_delete=models.PROTECT, related_name="rectifications")
    key = models.UUIDField(unique=True, editable=False)
    what = models.CharField(_("What has to be put right"), max_length=200)
    due_on = models.DateField(_("Deadline"))
    answers_for = models.CharField(_("Who answers for it"), max_length=60)
    state = models.CharField(max_length=8, choices=RectificationState.choices, default=RectificationState.OPEN)
    proof = models.CharField(_("What was done"), max_length=300, blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RectificationState.values), name="rectification_state_known"),
            models.CheckConstraint(
                condition=Q(state=RectificationState.OPEN, done_at__isnull=True)
                | (~Q(state=RectificationState.OPEN) & Q(done_at__isnull=False) & ~Q(proof="")),
                name="rectification_done_has_proof",
            ),
            models.CheckConstraint(
                condition=Q(state=RectificationState.VERIFIED, verified_at__isnull=False)
                | (~Q(state=RectificationState.VERIFIED) & Q(verified_at__isnull=True)),
                name="rectification_verified_has_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="rectification_to_do",
                condition=~Q(state=RectificationState.VERIFIED),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.state == RectificationState.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether its deadline has passed and it isn't put right."""
        return self.is_open and self.due_on < clock.today()

    @property
    def tone(self) -> str:
        """Tone of its tag."""
        if self.is_overdue:
            return "bad"
        return {RectificationState.OPEN: "warn", RectificationState.DONE: "info"}.get(
            RectificationState(self.state), "ok"
        )

    @property
    def shown_state(self) -> str:
        """State as pages say it, by the clock."""
        return str(_("Overdue")) if self.is_overdue else str(self.get_state_display())


class RectificationEvent(models.Model):
    """Event of a rectification: who did what, when, and why it was sent back."""

    append_only = True

    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=10, choices=RectificationVerb.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.rectification_id} {self.verb}"
