"""Activities with their plan, what happened to them, and the record of how they went."""

import datetime as dt
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.choices import (
    COUNTED,
    ENDED,
    PUBLIC_KINDS,
    TONES,
    ActivityFormat,
    ActivityKind,
    ActivityState,
    ActivityVerb,
    Audience,
    MicroFormat,
    WorkLine,
)
from activities.models import triggers
from activities.models.series import Series
from activities.models.themes import Campaign, Theme
from activities.querysets import ActivityQuerySet
from activities.values.door import OPENS_BEFORE
from bookings.models import Booking
from bookings.values.references import new_reference
from centers.models import Center
from common import clock
from common.i18n.bilingual import in_page_language
from common.words.letters import LettersField

SEATS_WITHIN_CAPACITY = "activity_seats_within_capacity"
ONE_ACTIVITY_A_BOOKING = "activity_of_booking_once"
ONE_DATE_A_DAY = "activity_of_series_once_a_day"


class Activity(models.Model):
    """An event of one of the five kinds, led by one center, from `starts_at` to `ends_at` (UTC, half-open).

    `seats_taken` and `waiting` are counted by a trigger on the sign-ups: no path can fill more seats than there are.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    # Of the form that entered it, so that a form sent twice enters it once.
    key = models.UUIDField(null=True, unique=True, editable=False)
    kind = models.CharField(_("Kind"), max_length=12, choices=ActivityKind.choices)
    state = models.CharField(max_length=10, choices=ActivityState.choices, default=ActivityState.DRAFT)
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="activities")
    co_hosts = models.ManyToManyField(Center, related_name="co_hosted_activities", blank=True)
    title = models.CharField(_("Title"), max_length=60)
    # The title as it is typed in letters, for the search.
    letters = LettersField("title", max_length=480, db_default="")
    summary = models.TextField(_("What happens"), max_length=1000, blank=True)
    line = models.CharField(_("Line of work"), max_length=12, choices=WorkLine.choices, default=WorkLine.ORGANISATION)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("Theme")
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("Campaign")
    )
    format = models.CharField(_("Format"), max_length=8, choices=ActivityFormat.choices, default=ActivityFormat.ON_SITE)
    micro_format = models.CharField(_("Micro format"), max_length=8, choices=MicroFormat.choices, blank=True)
    online_url = models.URLField(_("Link for those who join online"), blank=True)
    audience = models.CharField(_("Audience"), max_length=14, choices=Audience.choices, default=Audience.EVERYONE)
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until"))
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="activities")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="dates", editable=False)
    series_day = models.DateField(null=True, editable=False)
    place = models.CharField(_("Place"), max_length=80, blank=True)
    contact_post = models.CharField(_("Service post to ask"), max_length=40, blank=True)
    is_listed = models.BooleanField(_("Shown to residents"), default=True)
    takes_sign_ups = models.BooleanField(_("Residents sign up"), default=True)
    sign_up_opens_at = models.DateTimeField(_("Sign-up opens"), null=True, blank=True)
    sign_up_closes_at = models.DateTimeField(_("Sign-up closes"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("Places"), null=True, blank=True)
    min_age = models.PositiveSmallIntegerField(_("From age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("Up to age"), null=True, blank=True)
    seats_taken = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    waiting = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    attendance = models.PositiveIntegerField(_("People who came"), null=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    is_demo = models.BooleanField(default=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [triggers.kind_keeps_detail]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activity_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="activity_state_known"),
            models.CheckConstraint(
                condition=Q(is_listed=False) | Q(kind__in=PUBLIC_KINDS), name="activity_listed_if_public_kind"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(seats_taken__lte=F("capacity")), name=SEATS_WITHIN_CAPACITY
            ),
            models.CheckConstraint(
                condition=Q(state__in=COUNTED, attendance__isnull=False)
                | (~Q(state__in=COUNTED) & Q(attendance__isnull=True)),
                name="activity_counted_has_attendance",
            ),
            models.UniqueConstraint(fields=["booking"], name=ONE_ACTIVITY_A_BOOKING, condition=~Q(state__in=ENDED)),
            models.UniqueConstraint(
                fields=["series", "series_day"], name=ONE_DATE_A_DAY, condition=~Q(state__in=ENDED)
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True, series_day__isnull=True)
                | Q(series__isnull=False, series_day__isnull=False),
                name="activity_of_series_has_day",
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(min_age__lte=F("max_age")),
                name="activity_ages_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="activity_by_start", condition=Q(is_listed=True)),
            models.Index(fields=["center", "starts_at"], name="activity_of_center"),
            models.Index(fields=["ends_at"], name="activity_to_record", condition=Q(state=ActivityState.PUBLISHED)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:activity_detail", args=[self.reference])

    @property
    def titled(self) -> str:
        """Title for the head of a page, which can't mark words as Chinese: on an English page its kind."""
        return in_page_language(self.title, str(self.get_kind_display()))

    def get_desk_url(self) -> str:
        """Address for those who work at its center."""
        return reverse("activities:desk_detail", args=[self.reference])

    @property
    def places_left(self) -> int | None:
        """Number of free places; None where there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.seats_taken, 0)

    @property
    def is_full(self) -> bool:
        """Whether somebody who signs up now would wait: no place is free, or others wait already."""
        return self.places_left == 0 or self.waiting > 0

    @property
    def is_coming(self) -> bool:
        """Whether it is published and isn't over."""
        return self.state == ActivityState.PUBLISHED and self.ends_at > clock.now()

    @property
    def is_unrecorded(self) -> bool:
        """Whether it was held and nobody has recorded it."""
        return self.state == ActivityState.PUBLISHED and self.ends_at <= clock.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def closes_at(self) -> dt.datetime:
        """The moment at which sign-up ends: as said, and never after the start."""
        return min(self.sign_up_closes_at or self.starts_at, self.starts_at)

    @property
    def door_opens_at(self) -> dt.datetime:
        """The moment from which people can be checked in."""
        return self.starts_at - OPENS_BEFORE

    @property
    def cancel_reason(self) -> str:
        """Why it was called off; empty where it wasn't. One query, unless its events are loaded."""
        if self.state != ActivityState.CANCELLED:
            return ""
        return next((event.reason for event in self.events.all() if event.verb == ActivityVerb.CANCEL), "")

    @property
    def day(self) -> dt.date:
        """The day on which it begins, in Shanghai."""
        return clock.local(self.starts_at).date()

    @property
    def counted_on(self) -> dt.date:
        """The day whose month it counts in: that on which it ends, in Shanghai."""
        return clock.local(self.ends_at).date()

    @property
    def shown_state(self) -> Promise | str:
        """State as pages say it, by the clock: a published activity that is over has been held."""
        return _("Held") if self.is_unrecorded else self.get_state_display()

    @property
    def tone(self) -> str:
        """Tone of the state on pages, as in TONES; what has to be recorded is said in that of a warning."""
        return "warn" if self.is_unrecorded else TONES[ActivityState(self.state)]


class ActivityEvent(models.Model):
    """Event of an activity: who did what, when, from which state to which, and why.

    `changes`: names of changed fields with the values before and after.
    """

    append_only = True

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=10, choices=ActivityVerb.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, choices=ActivityState.choices)
    reason = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.verb}"


class ActivityRecord(models.Model):
    """Record of an activity that was held: one an activity, sent under a key that the form made when it was begun."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="record", primary_key=True)
    key = models.UUIDField(unique=True)
    note = models.CharField(_("One line"), max_length=200, blank=True)
    # Why there is no photo: with it the evidence is complete without one.
    no_photo_reason = models.CharField(
        _("Why there is no photo"), max_length=100, blank=True, default="", db_default=""
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"record of {self.activity_id}"


class ActivityReminder(models.Model):
    """Reminder to the center that an activity is held and not recorded: each of the steps once."""

    append_only = True

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="reminders")
    step = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "step"], name="activity_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} step {self.step}"
