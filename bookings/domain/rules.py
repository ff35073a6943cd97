"""The rules of booking: each a function with one question and one error. `check_all` is the order in which they are asked."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from django.db import connection

from bookings import exceptions as refused
from bookings.choices import COUNTING
from bookings.domain.occupancy import Span
from bookings.models import Booking, Space
from bookings.values.policy import GRID_MINUTES, Policy
from centers.domain import hours
from common import clock


@dataclasses.dataclass(frozen=True)
class Wish:
    """What somebody asks for, with what the rules need to know about it. Moments are aware; [start, end) is half-open."""

    booker_id: int
    space: Space
    start: dt.datetime
    end: dt.datetime
    headcount: int
    policy: Policy
    repairs: list[Span]

    @property
    def day(self) -> dt.date:
        return clock.local(self.start).date()


def space_is_bookable(wish: Wish) -> None:
    """Asked of the database: under the lock nobody can be switching it off."""
    if not Space.objects.public().filter(pk=wish.space.pk).exists():
        raise refused.SpaceNotBookable


def slot_is_on_the_grid(wish: Wish) -> None:
    """On the half hours of one Shanghai day: what every grid and ribbon draws."""
    start, end = clock.local(wish.start), clock.local(wish.end)
    off = any(t.minute % GRID_MINUTES or t.second or t.microsecond for t in (start, end))
    last_moment = end - dt.timedelta(microseconds=1)
    if off or end <= start or last_moment.date() != start.date():
        raise refused.OffGrid


def headcount_fits(wish: Wish) -> None:
    if not 1 <= wish.headcount <= wish.space.capacity:
        raise refused.OverCapacity(capacity=wish.space.capacity)


def has_not_begun(wish: Wish) -> None:
    if wish.start <= clock.now():
        raise refused.InThePast


def notice_is_given(wish: Wish) -> None:
    """So many whole working days lie before the day of use."""
    workdays = wish.policy.notice_workdays
    if workdays and wish.day < hours.workday_after(wish.space.center_id, clock.today(), workdays):
        raise refused.TooSoon(workdays=workdays)


def is_within_horizon(wish: Wish) -> None:
    if wish.day > clock.today() + dt.timedelta(days=wish.policy.horizon_days):
        raise refused.TooFarAhead(days=wish.policy.horizon_days)


def is_not_too_long(wish: Wish) -> None:
    if wish.end - wish.start > dt.timedelta(minutes=wish.policy.longest_minutes):
        raise refused.TooLong(minutes=wish.policy.longest_minutes)


def center_is_open(wish: Wish) -> None:
    """One stretch of opening holds all of the use; the turnaround may pass closing time."""
    open_day = hours.open_days([wish.space.center_id], wish.day, wish.day)[wish.space.center_id][wish.day]
    if not any(opens <= wish.start and wish.end <= closes for opens, closes in open_day.spans):
        raise refused.CenterShut


def space_is_in_order(wish: Wish) -> None:
    """Neither it nor a space that shares a cell with it is under repair."""
    if any(begins < wish.end and ends > wish.start for begins, ends in wish.repairs):
        raise refused.UnderMaintenance


def quota_is_left(wish: Wish) -> None:
    """Bookings a person has in the calendar month of the use, over the whole network.

    Locks the person first: two clicks count one after the other.
    """
    lock_booker(wish.booker_id)
    first = wish.day.replace(day=1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    booked = Booking.objects.filter(
        booker_id=wish.booker_id,
        status__in=COUNTING,
        starts_at__gte=clock.midnight(first),
        starts_at__lt=clock.midnight(following),
    ).count()
    if booked >= wish.policy.quota_count:
        raise refused.OverQuota(limit=wish.policy.quota_count, month=first)


def lock_booker(booker_id: int) -> None:
    """Queue with whatever else this person books right now, until the transaction ends. Always taken after the cells, so no deadlock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('booking-quota'), %s)", [booker_id])


# Cheap questions first; those that read the database after; the one that locks a person last.
IN_ORDER: tuple[Callable[[Wish], None], ...] = (
    slot_is_on_the_grid,
    headcount_fits,
    has_not_begun,
    is_within_horizon,
    is_not_too_long,
    space_is_in_order,
    space_is_bookable,
    notice_is_given,
    center_is_open,
    quota_is_left,
)


def check_all(wish: Wish) -> None:
    """Ask every rule; the first refusal is raised as its own error."""
    for rule in IN_ORDER:
        rule(wish)
