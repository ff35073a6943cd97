"""Scopes over spaces and bookings."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models.functions import Right, TruncDate

from bookings.choices import HOLDING, LIVE, Equipment, Status
from bookings.values.lookup import read_lookup
from centers import access
from centers.choices import PUBLIC, WORKING
from common import clock
from common.text import cleaned_text
from common.words.letters import typed_in_letters

if TYPE_CHECKING:
    from bookings.models import Booking, Occupancy, Space  # noqa: F401  # the element types of the querysets


class SpaceQuerySet(models.QuerySet["Space"]):
    def public(self) -> Self:
        """Spaces residents may see and book: in use, at a center that is open to the public."""
        return self.filter(is_active=True, center__status__in=PUBLIC)

    def visible_to(self, user: access.Viewer) -> Self:
        """Public spaces to all; spaces out of use to those who manage their center besides."""
        if not user.is_authenticated:
            return self.public()
        return self.filter(
            models.Q(is_active=True, center__status__in=PUBLIC) | models.Q(center__in=access.scope(user, WORKING))
        )

    def search(self, text: str) -> Self:
        """Spaces whose name, center (in Chinese, English or letters) or equipment holds every word of `text`.

        Each word may stand in another of them: 水洞埭 投影, shuidongdai hall.
        """
        found = self
        for word in cleaned_text(text).split():
            found = found.filter(
                models.Q(name__icontains=word)
                | models.Q(name_en__icontains=word)
                | typed_in_letters(word)
                | models.Q(center__name__icontains=word)
                | models.Q(center__name_en__icontains=word)
                | typed_in_letters(word, "center__letters")
                | models.Q(equipment__overlap=[item for item in Equipment if word.lower() in str(item.label).lower()])
            )
        return found


class BookingQuerySet(models.QuerySet["Booking"]):
    def own(self, user: access.Viewer) -> Self:
        """The bookings a person made for themselves, not for what a center holds."""
        return self.filter(booker=user, is_for_center=False) if user.is_authenticated else self.none()

    def visible_to(self, user: access.Viewer) -> Self:
        """One's own, and those of centers one works for (subtree)."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(models.Q(booker=user) | models.Q(space__center__in=access.scope(user, WORKING)))

    def manageable_by(self, user: access.Viewer) -> Self:
        """Bookings of the centers one works for."""
        return self.filter(space__center__in=access.scope(user, WORKING)) if user.is_authenticated else self.none()

    def used_under(self, center_ids: Collection[int]) -> Self:
        """Bookings of rooms whose center is one of these, or stands below one, on the day of use."""
        above = apps.get_model("centers", "CenterAncestor").objects.filter(
            ancestor__in=center_ids,
            center=models.OuterRef("space__center"),
            valid__contains=models.OuterRef("day_of_use"),
        )
        day = TruncDate("starts_at", tzinfo=clock.SHANGHAI)
        return self.alias(day_of_use=day).filter(models.Exists(above))

    def holding(self) -> Self:
        """Bookings that have occupancy rows."""
        return self.filter(status__in=HOLDING)

    def live(self) -> Self:
        """Bookings that may yet be used."""
        return self.filter(status__in=LIVE)

    def pending(self) -> Self:
        return self.filter(status=Status.PENDING)

    def undecided(self, now: dt.datetime) -> Self:
        """Requests that wait for an answer which can still be given: their use hasn't begun."""
        return self.pending().filter(starts_at__gt=now)

    def overdue(self, now: dt.datetime) -> Self:
        """Requests whose answer is overdue, and can still be given."""
        return self.undecided(now).filter(decide_by__lte=now)

    def up_to(self, user: access.Viewer, now: dt.datetime) -> Self:
        """Requests whose answer is up to `user`: nobody nearer to the center works, or the answer is overdue.

        One's own aren't.
        """
        if not user.is_authenticated:
            return self.none()
        nearest = access.works_nearest(user, "space__center")
        waiting = self.manageable_by(user).undecided(now).exclude(booker_id=user.pk)
        return waiting.filter(models.Q(decide_by__lte=now) | nearest)

    def in_use(self, now: dt.datetime) -> Self:
        """Bookings whose use is going on."""
        return self.filter(is_in_use(now))

    def search(self, text: str) -> Self:
        """Bookings by the beginning of their number, or by name, organisation or phone of the contact.

        Of a phone the whole or the last four digits. Nothing for a blank text.
        """
        wanted = read_lookup(text)
        if not wanted:
            return self.none()
        if wanted.reference:
            return self.filter(reference__startswith=wanted.reference)
        if wanted.phone:
            return self.filter(contact__phone=wanted.phone)
        if wanted.last_four:
            return self.alias(last_four=Right("contact__phone", 4)).filter(last_four=wanted.last_four)
        found = self
        for word in wanted.words:
            found = found.filter(
                models.Q(contact__name__icontains=word) | models.Q(contact__organisation__icontains=word)
            )
        return found

    def left_undecided(self, now: dt.datetime) -> Self:
        """Requests that nobody answered before their use would have begun."""
        return self.pending().filter(starts_at__lte=now)

    def overlapping(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Bookings whose use (without turnaround) meets [start, end)."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def upcoming(self, now: dt.datetime) -> Self:
        return self.filter(ends_at__gt=now)


def is_in_use(now: dt.datetime) -> models.Q:
    """Condition of a booking whose use is going on."""
    return models.Q(status=Status.APPROVED, starts_at__lte=now, ends_at__gt=now)


class OccupancyQuerySet(models.QuerySet["Occupancy"]):
    def overlapping(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Rows whose span (turnaround included) meets [start, end)."""
        return self.filter(span__overlap=DateTimeTZRange(start, end, "[)"))
