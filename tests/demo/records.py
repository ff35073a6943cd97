"""What a fill wrote, as the tests of it compare it, and a fill that is quick."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import Count
from django.db.models.functions import TruncMonth

from activities.models import Activity, ActivityEvent, SignUp
from bookings.choices import COUNTING
from bookings.models import Booking, BookingEvent
from common import clock
from demo.services import activity_fill
from demo.services import fill as filling
from ratings.models import Rating

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 24)
PAST_DAYS, COMING_DAYS = 12, 10
ACTIVITY_PAST_DAYS = 40


@contextmanager
def a_few_days() -> Iterator[None]:
    """Enough of past and future for every status, in a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filling, "PAST_DAYS", PAST_DAYS)
        patch.setattr(filling, "COMING_DAYS", COMING_DAYS)
        patch.setattr(activity_fill, "PAST_DAYS", ACTIVITY_PAST_DAYS)
        yield


def everything() -> list[Any]:
    """All bookings and activities with what belongs to them, as comparable values."""
    bookings = Booking.objects.order_by("reference")
    return [
        list(
            bookings.values_list(
                "reference", "status", "starts_at", "ends_at", "created_at", "decide_by", "space__name", "booker__name"
            )
        ),
        list(
            BookingEvent.objects.order_by("booking__reference", "at", "pk").values_list(
                "booking__reference", "verb", "at", "reason"
            )
        ),
        *activities(),
    ]


def activities() -> list[Any]:
    """All activities with their events, sign-ups and ratings, as comparable values."""
    return [
        list(
            Activity.objects.order_by("reference").values_list(
                "reference", "state", "title", "starts_at", "ends_at", "center__code", "capacity", "seats_taken",
                "waiting", "attendance", "record__key", "created_by__username",
            )
        ),
        list(
            ActivityEvent.objects.order_by("activity__reference", "at", "pk").values_list(
                "activity__reference", "verb", "at", "reason"
            )
        ),
        list(
            SignUp.objects.order_by("activity__reference", "pk").values_list(
                "activity__reference", "code", "participant__name", "participant__birth_date", "state", "created_at"
            )
        ),
        list(
            Rating.objects.order_by("reference").values_list(
                "reference", "activity__reference", "grade", "comment", "channel", "given_at", "follow_up__called_at"
            )
        ),
    ]  # fmt: skip


def bookings_a_month() -> dict[tuple[int, dt.date], int]:
    """How many bookings that count against a quota each of the demo's residents has, by month of use."""
    counting = Booking.objects.filter(status__in=COUNTING).annotate(
        month=TruncMonth("starts_at", tzinfo=clock.SHANGHAI)
    )
    return {
        (booker, month): n
        for booker, month, n in counting.values_list("booker", "month").annotate(Count("pk")).order_by()
    }
