"""Series of the demo: a weekly one at the home center, a fortnightly one at each center with others below it."""

import datetime as dt
from collections.abc import Iterator, Sequence

from activities.choices import SeriesRule
from activities.models import Activity, Series
from demo.services.activity_plans import GeneratedActivity, Place, generate
from demo.services.candidate_slots import seeded_random
from demo.values import samples

PAST_DAYS = dt.timedelta(days=60)
WEEKLY, FORTNIGHTLY = "专题读书会", "微党课"
SATURDAY, WEDNESDAY = 5, 2
BEGINS = dt.time(9)


def generate_series(
    home: Place, hubs: Sequence[Place], missing: Sequence[dt.date], today: dt.date, now: dt.datetime
) -> Iterator[GeneratedActivity]:
    """Generate the dates of the series on the missing days, from two months ago on."""
    days = [day for day in missing if day > today - PAST_DAYS]
    known = dict(Activity.objects.filter(is_demo=True, series__isnull=False).values_list("center", "series"))
    saturdays = [day for day in days if day.weekday() == SATURDAY]
    # Every second Wednesday, the same ones wherever the demo is filled.
    wednesdays = [day for day in days if day.weekday() == WEDNESDAY and day.isocalendar().week % 2]
    yield from _dates(home, WEEKLY, SeriesRule.WEEKLY, saturdays, known, now)
    for hub in hubs:
        if hub.pk != home.pk:
            yield from _dates(hub, FORTNIGHTLY, SeriesRule.FORTNIGHTLY, wednesdays, known, now)


def _dates(
    place: Place, title: str, rule: SeriesRule, days: list[dt.date], known: dict[int, int], now: dt.datetime
) -> Iterator[GeneratedActivity]:
    if not days:
        return
    series = known.get(place.pk) or Series.objects.create(rule=rule, made_by_id=place.staff, made_at=now).pk
    sample = next(row for row in samples.rows("activities") if row["title"] == title)
    for day in days:
        activity = generate(place, day, now, seeded_random("series", day, place.code), sample=sample, begins=BEGINS)
        activity.series = series
        yield activity
