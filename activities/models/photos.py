"""Photos of activities: evidence for the ledger, internal unless somebody consented to more."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models.activities import Activity
from activities.querysets import PhotoQuerySet
from common import clock

PHOTO_SENT_ONCE = "photo_sent_once"


def new_name() -> str:
    """Random name of a file: nothing of the activity, the person or the camera."""
    return f"{uuid.uuid4().hex}.jpg"


class Photo(models.Model):
    """Photo of an activity, kept as JPEG without what the camera wrote into it. Its file stands in the photo storage.

    `key` is made by the form, so that a photo sent twice is kept once. It is shown to residents only with `consent`:
    who agreed, and how.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="photos")
    key = models.UUIDField()
    name = models.CharField(max_length=40, unique=True, default=new_name, editable=False)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    is_public = models.BooleanField(_("Shown to residents"), default=False)
    consent = models.CharField(_("Who consented, and how"), max_length=100, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)
    is_demo = models.BooleanField(default=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "key"], name=PHOTO_SENT_ONCE),
            models.CheckConstraint(condition=Q(is_public=False) | ~Q(consent=""), name="photo_public_with_consent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("activities:photo_file", args=[self.name])
