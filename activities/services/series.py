"""The verbs of series: hold an activity again on many days, change or call off one date with all later ones.

One transaction each: every date can be had, or nothing is made and those that can't are named.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from django.db import transaction

from accounts.models import User
from activities import exceptions as refused
from activities.choices import CHANGEABLE, ENDED, ActivityState, SeriesRule
from activities.domain.locks import locked
from activities.domain.series import on_day, room_request
from activities.models import Activity, Series
from activities.services.activities import cancel_activity, create_activity, edit_activity, must_handle
from activities.values.details import detail_of_kind
from activities.values.plans import PLAN_FIELDS, ActivityPlan
from activities.values.repeats import LONGEST_SERIES
from bookings.choices import Purpose
from bookings.models import Booking, Space
from bookings.services.booking import Contact, create_booking
from centers.models import Center
from common import clock
from common.database import advisory_lock
from common.errors import DomainError
from common.words.times import date_words

LOCK = "activities.series"


def repeat_activity(
    *, actor: User, activity: Activity, rule: SeriesRule, days: Collection[dt.date], space: Space | None = None
) -> list[Activity]:
    """Hold an activity again on each of these days, in `space` booked for it, or without a room.

    A draft's dates are drafts. A day that the series has already is passed over, so that a form sent twice makes each
    date once. Returns the new ones. Raises ActivityNotAllowed, ActivityIsOver, NoDates, TooManyDates, DatesRefused.
    """
    with transaction.atomic():
        activity = _locked_for_series(actor, activity)
        if activity.state not in CHANGEABLE:
            raise refused.ActivityIsOver
        series, known = _series_of(actor, activity, rule)
        wanted = sorted(set(days) - known)
        if not days:
            raise refused.NoDates
        if len(known) + len(wanted) > LONGEST_SERIES:
            raise refused.TooManyDates(limit=LONGEST_SERIES)
        hosts = list(activity.co_hosts.all())
        return _each(wanted, lambda day: _hold_on(actor, activity, series, day, space, hosts), lambda day: day)


def edit_later(
    *,
    actor: User,
    activity: Activity,
    plan: ActivityPlan,
    co_hosts: Collection[Center] | None = None,
    space: Space | None = None,
) -> list[Activity]:
    """Change one date of a series and all later ones: what the plan changes of this one, and by as much.

    Who signed up is told once a date. Raises ActivityNotAllowed, ActivityIsOver, DatesRefused.
    """
    with transaction.atomic():
        activity = _locked_for_series(actor, activity)
        if activity.ends_at <= clock.now() or activity.state not in CHANGEABLE:
            raise refused.ActivityIsOver
        changes = plan.changes({name: getattr(activity, name) for name in PLAN_FIELDS})
        shift = plan.starts_at - activity.starts_at
        change = partial(_as_changed, plan=plan, changes=changes, shift=shift)
        # The furthest first in the direction they move: none asks for the room that the next one has yet to leave.
        later = sorted(_later(activity), key=lambda one: one.starts_at, reverse=shift > dt.timedelta(0))
        done = _each(
            later,
            lambda one: edit_activity(actor=actor, activity=one, plan=change(one), co_hosts=co_hosts, space=space),
            lambda one: one.day,
        )
        return sorted(done, key=lambda one: one.starts_at)


def cancel_later(*, actor: User, activity: Activity, reason: str) -> list[Activity]:
    """Call off one date of a series and all later ones; everybody is told once a date, and their rooms are free.

    Raises ActivityNotAllowed, ActivityIsOver, CancelReasonMissing.
    """
    with transaction.atomic():
        activity = _locked_for_series(actor, activity)
        later = _later(activity)
        if not later:
            raise refused.ActivityIsOver
        return [cancel_activity(actor=actor, activity=one, reason=reason) for one in later]


def _locked_for_series(actor: User, activity: Activity) -> Activity:
    """The activity as it is now. All who change several dates of a center queue: they lock many activities."""
    advisory_lock(LOCK, activity.center_id)
    activity = locked(activity)
    must_handle(actor, activity)
    return activity


def _series_of(actor: User, activity: Activity, rule: SeriesRule) -> tuple[Series, set[dt.date]]:
    """The series of an activity with the days it has; a new one begins with it."""
    if activity.series is None:
        activity.series = Series.objects.create(rule=rule, made_by=actor)
        activity.series_day = activity.day
        activity.save(update_fields=["series", "series_day"])
    elif activity.series.rule != rule:
        activity.series.rule = rule
        activity.series.save(update_fields=["rule"])
    standing = activity.series.dates.exclude(state__in=ENDED)
    return activity.series, {day for day in standing.values_list("series_day", flat=True) if day is not None}


def _later(activity: Activity) -> list[Activity]:
    """The activity and the later dates of its series that can still be changed, locked in the order of their ids."""
    dates = Activity.objects.filter(series=activity.series_id, series_day__gte=activity.series_day)
    standing = dates.filter(state__in=CHANGEABLE, ends_at__gt=clock.now())
    return list(standing.select_for_update(of=["self"]).select_related("center").order_by("id"))


def _hold_on(
    actor: User, activity: Activity, series: Series, day: dt.date, space: Space | None, hosts: Sequence[Center]
) -> Activity:
    return create_activity(
        actor=actor,
        center=activity.center,
        plan=on_day(activity, day, space),
        co_hosts=hosts,
        booking=_book(actor, activity, day, space) if space else None,
        publish=activity.state == ActivityState.PUBLISHED,
        series=series,
        series_day=day,
    )


def _book(actor: User, activity: Activity, day: dt.date, space: Space) -> Booking:
    """Book the room for one date, for the center."""
    booking = activity.booking
    contact = getattr(booking, "contact", None) if booking else None
    return create_booking(
        actor=actor,
        request=room_request(activity, day, space, booker_id=actor.pk),
        purpose=booking.purpose if booking else Purpose.OTHER,
        contact=Contact(contact.name, contact.phone, contact.organisation)
        if contact
        else Contact(actor.name or actor.username, actor.phone or ""),
    )


def _as_changed(
    one: Activity, *, plan: ActivityPlan, changes: dict[str, tuple[Any, Any]], shift: dt.timedelta
) -> ActivityPlan:
    """Plan of a date after what was changed of another one: times by as much, all else as it is there.

    A moment that the date didn't have is as long before its start as it is before the other one's.
    """
    values = {name: getattr(one, name) for name in PLAN_FIELDS}
    for name, (before, after) in changes.items():
        if not isinstance(after, dt.datetime):
            values[name] = after
        elif values[name] is not None and before is not None:
            values[name] += after - before
        else:
            values[name] = one.starts_at + shift + (after - plan.starts_at)
    return ActivityPlan(**values, detail=detail_of_kind(plan.detail, values["kind"]))


def _each(things: Sequence[Any], act: Callable[[Any], Activity], day_of: Callable[[Any], dt.date]) -> list[Activity]:
    """Results of an act on each of these things. Raises DatesRefused, with all days that can't be had, and why."""
    done, why = [], []
    for thing in things:
        day = day_of(thing)
        try:
            done.append(act(thing))
        except DomainError as error:
            why.append(f"{date_words(day)}: {error}")
    if why:
        raise refused.DatesRefused(why=" ".join(why))
    return done
