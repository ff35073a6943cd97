"""Ratings, and the requests for them."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from bookings.models import Booking
from bookings.values.references import new_reference
from catalog.models import Service
from centers.models import Center
from centers.models.triggers import refuse
from common import clock
from ratings.choices import BAD, MOST, Channel, Grade
from ratings.querysets import RatingQuerySet
from ratings.values.limits import LONGEST_COMMENT

ONE_RATING_A_VISIT = "rating_once_a_visit"
SUBJECTS = ("activity", "booking", "service")
RATING_STAYS = "rating_stays_as_given"
GIVEN = ("center_id", "activity_id", "booking_id", "service_id", "grade", "channel", "visit", "given_at")

# Words and account are personal data, and can be erased.
stays_as_given = refuse(
    "stays_as_given",
    pgtrigger.Update,
    "TRUE",
    message="'rating % stays as it was given', NEW.id",
    constraint=RATING_STAYS,
    condition=pgtrigger.Condition(" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in GIVEN)),
)


def _exactly_one_subject() -> Q:
    """Condition: one of the subjects is named, and no other."""
    found = Q()
    for chosen in SUBJECTS:
        found |= Q(**{f"{name}__isnull": name != chosen for name in SUBJECTS})
    return found


class Rating(models.Model):
    """Rating of one visit to a center: of its activity, of a use of its room, or of a service there.

    `visit` tells visits apart without saying whose they are (`ratings.values.tokens.visit_key`). A grade is never
    changed, by no path: neither by who gave it nor by who received it.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="ratings")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="ratings")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="ratings")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="ratings")
    grade = models.PositiveSmallIntegerField(_("How satisfied are you?"), choices=Grade.choices)
    comment = models.CharField(_("Anything to add"), max_length=LONGEST_COMMENT, blank=True)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    visit = models.CharField(max_length=64, editable=False)
    # The browser's own key of the same visit, where it was asked by a link: the code on the wall asks no second time.
    browser_visit = models.CharField(
        max_length=64, editable=False, blank=True, default="", db_default="", db_index=True
    )
    # Of who had signed in; shown to nobody, and erasable.
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now, editable=False)
    is_demo = models.BooleanField(default=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-id"]
        triggers: ClassVar[list[Any]] = [stays_as_given]
        constraints = [
            models.UniqueConstraint(fields=["visit"], name=ONE_RATING_A_VISIT),
            models.CheckConstraint(condition=_exactly_one_subject(), name="rating_of_one_subject"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="rating_grade_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="rating_channel_known"),
            models.CheckConstraint(condition=~Q(visit=""), name="rating_has_visit"),
        ]
        indexes = [models.Index(fields=["center", "given_at"], name="rating_of_center")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("ratings:rating_detail", args=[self.reference])

    @property
    def is_bad(self) -> bool:
        return self.grade in BAD

    @property
    def pips(self) -> list[bool]:
        """Squares beside the grade: filled ones first."""
        return [number < self.grade for number in range(MOST)]


class RatingRequest(models.Model):
    """Request to those who were at an activity to rate it: posted once an activity."""

    append_only = True

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="rating_request", primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"request for {self.activity_id}"
