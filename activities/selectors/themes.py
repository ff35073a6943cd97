"""Themes as pages show them: the calendar of a year, and the lists of who sets them up."""

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from activities.models import Activity, Campaign, Theme
from activities.selectors.rows import ActivityRow, activity_rows, for_rows
from activities.values.theme_days import DaySpan, yearly_span
from centers.access import Viewer
from common import clock
from common.words.times import days_span, short_date

SHOWN = 3
DAY = dt.timedelta(days=1)
MONTHS = 12


@dataclasses.dataclass(frozen=True)
class ThemeEntry:
    """A theme in the calendar of a year: its days in words, how much is held under it that year, the next of it."""

    theme: Theme
    when: str
    count: int
    coming: list[ActivityRow]
    list_url: str
    is_now: bool


@dataclasses.dataclass(frozen=True)
class ThemeMonth:
    """The themes of a month, in order."""

    first: dt.date
    entries: list[ThemeEntry]


def theme_spans(theme: Theme, year: int) -> list[DaySpan]:
    """Days of a theme (with its days loaded) in a year: those listed of it, else the same as each year."""
    listed = [DaySpan(row.first, row.last) for row in theme.days.all() if row.first.year == year]
    if listed or not theme.yearly_from:
        return listed
    return [yearly_span(theme.yearly_from, theme.yearly_until, year)]


def theme_calendar(user: Viewer, year: int) -> dict[str, Any]:
    """Context of the calendar: themes by month, and those without days. Five queries, however many there are."""
    themes = list(Theme.objects.choosable().prefetch_related("days"))
    of_year = Activity.objects.public().filter(
        starts_at__gte=clock.midnight(dt.date(year, 1, 1)), starts_at__lt=clock.midnight(dt.date(year + 1, 1, 1))
    )
    counts = dict(of_year.filter(theme__isnull=False).order_by().values_list("theme").annotate(Count("pk")))
    coming = _coming(user, of_year)
    months: list[ThemeMonth] = [ThemeMonth(dt.date(year, month, 1), []) for month in range(1, MONTHS + 1)]
    dated = [(span, theme) for theme in themes for span in theme_spans(theme, year)]
    for span, theme in sorted(dated, key=lambda found: (found[0].first, found[1].pk)):
        months[span.first.month - 1].entries.append(_entry(theme, span, counts, coming))
    without = [theme for theme in themes if not (theme.yearly_from or theme.days.all())]
    undated = [_entry(theme, None, counts, coming) for theme in without]
    return {"year": year, "months": [month for month in months if month.entries], "undated": undated}


def set_up_lists() -> dict[str, Any]:
    """Context of the list of themes and campaigns with the number of activities of each. Three queries."""
    held = Count("activities")
    return {
        "themes": list(Theme.objects.prefetch_related("days").annotate(held=held)),
        "campaigns": list(Campaign.objects.annotate(held=held)),
    }


def _coming(user: Viewer, of_year: Any) -> dict[int, list[ActivityRow]]:
    """The next public activities of each theme, so many at most. Three queries at most."""
    place = Window(RowNumber(), partition_by=F("theme"), order_by=[F("starts_at"), F("pk")])
    next_ones = of_year.coming(clock.now()).filter(theme__isnull=False).order_by()
    pks = [pk for pk, n in next_ones.annotate(n=place).values_list("pk", "n") if n <= SHOWN]
    rows: dict[int, list[ActivityRow]] = {}
    for row in activity_rows(user, for_rows(Activity.objects.filter(pk__in=pks)).order_by("starts_at", "pk")):
        rows.setdefault(row.activity.theme_id or 0, []).append(row)
    return rows


def _entry(
    theme: Theme, span: DaySpan | None, counts: dict[int, int], coming: dict[int, list[ActivityRow]]
) -> ThemeEntry:
    rows = coming.get(theme.pk, [])
    week = f"&week={rows[0].activity.day}" if rows else ""
    return ThemeEntry(
        theme=theme,
        when=_words(span) if span else "",
        count=counts.get(theme.pk, 0),
        coming=rows,
        list_url=f"{reverse('activities:activity_list')}?reach=everywhere&theme={theme.pk}{week}",
        is_now=span is not None and span.first <= clock.today() <= span.last,
    )


def _words(span: DaySpan) -> str:
    return short_date(span.first) if span.first == span.last else days_span(span.first, span.last)
