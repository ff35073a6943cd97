"""Series as pages show them: the rule in words, the dates offered beforehand, those that stand."""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.choices import CHANGEABLE, ENDED, SeriesRule
from activities.domain.series import room_request
from activities.models import Activity
from activities.selectors.plans import week_words
from activities.values.repeats import LONGEST_SERIES, SeriesDay, series_days
from bookings.domain.facts import facts_by_day
from bookings.domain.rules import first_refusal, rules_for
from bookings.domain.snapshot import Snapshot
from bookings.models import Space
from centers.domain.hours import open_days
from centers.values.opening import OpenDay
from common import clock
from common.words.times import WEEKDAYS, date_words

DATES_SHOWN = 6


@dataclasses.dataclass(frozen=True)
class DateOption:
    """A date that a series could have. `remark`: why it isn't ticked, or can't be; `can_be_had`: False where it can't.

    A day on which the center is shut or the country is on holiday isn't ticked, and may be.
    """

    day: dt.date
    words: str
    remark: str
    is_ticked: bool
    can_be_had: bool = True


def date_options(
    activity: Activity, rule: SeriesRule, *, times: int, until: dt.date | None, space: Space | None
) -> list[DateOption]:
    """The next dates by the rule, so many or until a day, with what stands against each. Six queries at most."""
    days = _wanted(activity.series_day or activity.day, rule, times, until)
    if not days:
        return []
    planned = set()
    if activity.series_id is not None:
        standing = Activity.objects.filter(series=activity.series_id).exclude(state__in=ENDED)
        planned = set(standing.values_list("series_day", flat=True))
    opening = open_days([activity.center_id], days[0].day, days[-1].day)[activity.center_id]
    refusals = _room_refusals(activity, [found.day for found in days], space) if space else {}
    return [_option(found, opening[found.day], found.day in planned, refusals.get(found.day, "")) for found in days]


def rule_words(rule: str, day: dt.date) -> str:
    """每周六 / every Sat: the rule of a series that `day` belongs to."""
    parts = {"weekday": WEEKDAYS[day.weekday()], "which": week_words(day), "day": day.day}
    return {
        SeriesRule.WEEKLY: _("every %(weekday)s"),
        SeriesRule.FORTNIGHTLY: _("every second week on %(weekday)s"),
        SeriesRule.MONTHLY_WEEKDAY: _("%(which)s of every month"),
        SeriesRule.MONTHLY_DATE: _("on day %(day)s of every month"),
    }[SeriesRule(rule)] % parts


def series_context(activity: Activity) -> dict[str, Any]:
    """Rule of an activity's series in words, and its further public dates. One query; none without a series."""
    if activity.series is None or activity.series_day is None:
        return {"series_words": "", "further_dates": []}
    dates = activity.series.dates.public().coming(clock.now()).filter(starts_at__gt=activity.starts_at)
    further = list(dates.order_by("starts_at", "id"))
    left = ngettext("{n} more time", "{n} more times", len(further)).format(n=len(further))
    words = rule_words(activity.series.rule, activity.series_day)
    return {
        "series_words": f"{words} · {left}" if further else words,
        "further_dates": further[:DATES_SHOWN],
    }


def standing_dates(activity: Activity) -> list[Activity]:
    """The dates of an activity's series that can still be changed, in order, for who leads it. One query."""
    if activity.series_id is None:
        return []
    dates = Activity.objects.filter(series=activity.series_id, state__in=CHANGEABLE, ends_at__gt=clock.now())
    return list(dates.order_by("starts_at", "id"))


def _wanted(first: dt.date, rule: SeriesRule, times: int, until: dt.date | None) -> list[SeriesDay]:
    """The days by the rule that are still to come, so many of them, or until a day."""
    today = clock.today()
    coming: Iterator[SeriesDay] = (found for found in series_days(first, rule) if found.day > today)
    if until is not None:
        coming = itertools.takewhile(lambda found: found.day <= until, coming)
        times = LONGEST_SERIES - 1
    return list(itertools.islice(coming, min(times, LONGEST_SERIES - 1)))


def _room_refusals(activity: Activity, days: Sequence[dt.date], space: Space) -> dict[dt.date, str]:
    """Why the room can't be had on some of these days, as booking it would say."""
    requests = {day: room_request(activity, day, space) for day in days}
    used = {day: request.day for day, request in requests.items()}
    facts = facts_by_day(
        [space], min(used.values()), max(used.values()), Snapshot.take(), {(space.pk, day) for day in used.values()}
    )[space.pk]
    found = {day: first_refusal(request, facts[request.day], rules_for(request)) for day, request in requests.items()}
    return {day: str(refusal) for day, refusal in found.items() if refusal}


def _option(found: SeriesDay, opening: OpenDay, is_planned: bool, refusal: str) -> DateOption:
    words = date_words(found.day)
    shifted = _("That month has no such date: its last day stands for it.") if found.is_shifted else ""
    if is_planned:
        return DateOption(found.day, words, _("Planned already."), is_ticked=False, can_be_had=False)
    holiday = str(opening.name_of_holiday or "")
    if opening.is_shut:
        reason = holiday or str(opening.reason or "")
        closed = _("Closed (%(reason)s): skipped.") % {"reason": reason} if reason else _("Closed: skipped.")
        return DateOption(found.day, words, closed, is_ticked=False, can_be_had=not refusal)
    if refusal:
        return DateOption(found.day, words, refusal, is_ticked=False, can_be_had=False)
    if holiday and not opening.is_workday:
        return DateOption(found.day, words, _("%(holiday)s: skipped.") % {"holiday": holiday}, is_ticked=False)
    return DateOption(found.day, words, shifted, is_ticked=True)
