"""Bookings, what of the cells they take, who to call about them, and what happened to them."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Right, Upper
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.values.phones import mask_phone
from bookings.choices import AUTOMATIC, LIVE, TONES, Purpose, Status, Verb
from bookings.models.spaces import Cell, Space
from bookings.querysets import BookingQuerySet, OccupancyQuerySet
from bookings.values.references import new_reference
from common import clock

NO_OVERLAP = "booking_no_overlap"


class Booking(models.Model):
    """A person's use of a space from `starts_at` to `ends_at`.

    Times in UTC, half-open; policy as it was when booked.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="bookings")
    booker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings")
    status = models.CharField(max_length=10, choices=Status.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_ends_at = models.DateTimeField(
        null=True, help_text="The end as booked, where the space was released early."
    )
    headcount = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    turnaround_minutes = models.PositiveSmallIntegerField()
    cancel_by = models.DateTimeField()
    decide_by = models.DateTimeField(null=True)
    policy = models.JSONField()
    lineage = ArrayField(models.BigIntegerField())
    # Made by who works there, for what the center itself holds: it counts against nobody's quota.
    is_for_center = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"),
            models.CheckConstraint(condition=Q(headcount__gte=1), name="booking_headcount_positive"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="booking_status_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.PENDING) | Q(decide_by__isnull=False), name="booking_pending_has_deadline"
            ),
        ]
        indexes = [
            models.Index(fields=["booker", "starts_at"], name="booking_of_person"),
            models.Index(fields=["space", "starts_at"], name="booking_of_space"),
            models.Index(fields=["created_at"], name="booking_by_creation"),
            models.Index(fields=["decide_by"], name="booking_to_decide", condition=Q(status=Status.PENDING)),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("bookings:booking_detail", args=[self.reference])

    @property
    def again_url(self) -> str:
        """Address of the space's page for the same headcount and purpose; empty where it can't be booked any more."""
        if not self.space.is_public:
            return ""
        return f"{self.space.get_absolute_url()}?headcount={self.headcount}&purpose={self.purpose}"

    @property
    def is_over(self) -> bool:
        """Whether it was granted, and its time is past."""
        return self.status == Status.APPROVED and self.ends_at <= clock.now()

    @property
    def is_to_come(self) -> bool:
        """Whether it may yet be used and hasn't begun: as long as that is so it can be cancelled."""
        return self.status in LIVE and self.starts_at > clock.now()

    @property
    def is_undecided(self) -> bool:
        """Whether it waits for an answer that can still be given."""
        return self.status == Status.PENDING and self.starts_at > clock.now()

    @property
    def can_end_early(self) -> bool:
        """Whether its use is going on: it has begun, so that a moment of it is past, and it isn't over."""
        return self.status == Status.APPROVED and self.starts_at < clock.now() < self.ends_at

    @property
    def was_left_undecided(self) -> bool:
        """Whether nobody decided before the use began.

        The sweep (`expire_undecided`) writes it down, a minute later or an hour.
        """
        return self.status == Status.PENDING and self.starts_at <= clock.now()

    @property
    def shown_status(self) -> Promise | str:
        """The status as pages say it, by the clock.

        A granted use that is past has ended, a request for it has expired.
        """
        if self.is_over:
            return _("Ended")
        return Status.EXPIRED.label if self.was_left_undecided else self.get_status_display()

    @property
    def tone(self) -> str:
        """Tone of the status on pages, as in TONES."""
        if self.is_over:
            return ""
        return TONES[Status.EXPIRED if self.was_left_undecided else Status(self.status)]


class Occupancy(models.Model):
    """A cell is taken for `span` = [start, end + turnaround) by a booking.

    No two spans of a cell may meet, by any path.
    """

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="occupancy")
    span = DateTimeRangeField()
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="occupancy")

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        constraints = [
            # The span first: the same index then also answers what is taken of all rooms on one day.
            ExclusionConstraint(
                name=NO_OVERLAP, expressions=[("span", RangeOperators.OVERLAPS), ("cell", RangeOperators.EQUAL)]
            ),
            models.CheckConstraint(
                condition=Q(span__isempty=False, span__startswith__isnull=False, span__endswith__isnull=False),
                name="occupancy_span_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell_id} {self.span}"


class BookingContact(models.Model):
    """Contact of a booking: whom to call, and their own words for it. Erasable: no history copies it."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="contact", primary_key=True)
    organisation = models.CharField(_("Organisation"), max_length=60, blank=True)
    name = models.CharField(_("Contact"), max_length=40)
    phone = models.CharField(_("Mobile"), max_length=11)
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        # As `BookingQuerySet.search` asks.
        indexes = [
            GinIndex(
                *(OpClass(Upper(name), "gin_trgm_ops") for name in ("name", "organisation")),
                name="booking_contact_name_trgm",
            ),
            models.Index(Right("phone", 4), name="booking_contact_last_four"),
        ]

    def __str__(self) -> str:
        return f"contact of {self.booking_id}"

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)


class BookingEvent(models.Model):
    """Event of a booking: who did what, when, from which status to which, and why.

    `changes`: names of changed fields with the values before and after, where more than the status changed.
    """

    append_only = True

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10, choices=Status.choices)
    reason = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict, db_default={})

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False) | Q(verb__in=AUTOMATIC), name="booking_event_has_an_actor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.verb}"
