"""Context of the public list: the activities of one week, day by day, and the filters as links."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, Prefetch, Q
from django.db.models.functions import TruncDate
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.choices import PUBLIC_KIND_CHOICES, Audience, Reach
from activities.domain.nearby import branch_head
from activities.models import Activity, Photo
from activities.querysets import ActivityQuerySet, free_places
from activities.selectors.rows import ActivityRow, activity_rows, for_rows
from centers.access import Viewer
from centers.selectors.near_choices import NearChoices
from common import clock
from common.words.names import zh
from common.words.times import date_words, day_words

DAYS_SHOWN = 7
# A day with more of them has a page of its own.
ROWS_A_DAY = 12
ROWS_A_PAGE = 30
DAY = dt.timedelta(days=1)
# xmin: the transaction that wrote a row, another one after each change.
STATE = """
    SELECT md5(string_agg(id || ' ' || xmin, ',' ORDER BY id)) FROM activities_activity
    WHERE starts_at >= %s AND starts_at < %s
"""
LATELY = dt.timedelta(days=90)


@dataclasses.dataclass(frozen=True)
class Chip:
    label: str
    url: str
    is_current: bool


@dataclasses.dataclass(frozen=True)
class ChipGroup:
    legend: str
    chips: list[Chip]


@dataclasses.dataclass(frozen=True)
class AgendaDay:
    """Day of the agenda. `more`: how many further ones stand on the day's own page, `url`."""

    date: dt.date
    rows: list[ActivityRow]
    more: int
    url: str

    @property
    def is_today(self) -> bool:
        return self.date == clock.today()


@dataclasses.dataclass(frozen=True)
class Asked:
    """Query of the page: the first of the seven days, or the one day whose page it is; its page."""

    first: dt.date
    day: dt.date | None = None
    page: str | None = None

    @property
    def last(self) -> dt.date:
        return self.first + (DAYS_SHOWN - 1) * DAY

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """Moments at which the days shown begin and end."""
        return _span(self.first, self.last)

    @property
    def days(self) -> list[dt.date]:
        return [self.first + n * DAY for n in range(DAYS_SHOWN)]


def week_page(
    user: Viewer, found: ActivityQuerySet, asked: Asked, query: QueryDict, filters: dict[str, Any], places: NearChoices
) -> dict[str, Any]:
    """Context of a week of the activities found. A constant number of queries, however many there are."""
    counts = _counts(found, asked)
    agenda, page = _agenda(user, found, asked, query, {day: n for day, (n, _free) in counts.items()})
    total, free = (sum(one[place] for one in counts.values()) for place in (0, 1))
    return {
        "asked": asked,
        "title": week_title(asked),
        "summary": _summary(total, free),
        "day_links": [_day_link(day, counts.get(day, (0, 0))[0], asked, query) for day in asked.days],
        "agenda": agenda,
        "page": page,
        "previous_url": _previous_url(asked, query),
        "next_url": _url(query, week=asked.first + DAYS_SHOWN * DAY),
        "week_url": _url(query) if asked.day else "",
        "groups": _groups(query, filters, places),
        "is_filtered": bool(filters.keys() - {"reach"}) or filters.get("reach") != Reach.EVERYWHERE,
        "later": None if agenda else _later(found, asked, query),
        "clear_url": _url(query, **dict.fromkeys(("q", "audience", "free", "kind"), None), reach=Reach.EVERYWHERE),
    }


def state_between(start: dt.datetime, end: dt.datetime) -> str:
    """Digest of the activities that begin between: another one after any change of one. One query, no row loaded."""
    with connection.cursor() as cursor:
        cursor.execute(STATE, [start, end])
        return str(cursor.fetchone()[0])


def coming_at(user: Viewer, center: Any, limit: int) -> list[ActivityRow]:
    """The next activities that a center leads or hosts with others. Three queries at most."""
    coming = Activity.objects.public().coming(clock.now()).at_centers([center.pk]).order_by("starts_at", "id")
    return activity_rows(user, for_rows(coming)[:limit], at=center)


@dataclasses.dataclass(frozen=True)
class HeldRow:
    """A recorded activity as the page of a center tells of it. `photo`: the first that residents may see."""

    activity: Activity
    is_led: bool
    photo: Photo | None


def held_at(center: Any, limit: int) -> list[HeldRow]:
    """The last public activities of three months that a center led or hosted and that are recorded. Two queries."""
    since = clock.now() - LATELY
    held = Activity.objects.public().counted().at_centers([center.pk]).filter(starts_at__gte=since)
    photos = Prefetch("photos", Photo.objects.filter(is_public=True), to_attr="public_photos")
    rows: list[Any] = list(held.select_related("center").prefetch_related(photos).order_by("-starts_at", "-id")[:limit])
    return [HeldRow(row, row.center_id == center.pk, next(iter(row.public_photos), None)) for row in rows]


def coming_soon(user: Viewer, center_ids: Iterable[int] | None, limit: int) -> list[ActivityRow]:
    """The next activities that residents may sign up for or go to, at these centers or anywhere."""
    coming = Activity.objects.public().coming(clock.now()).filter(starts_at__gt=clock.now())
    if center_ids is not None:
        coming = coming.at_centers(list(center_ids))
    return activity_rows(user, for_rows(coming.order_by("starts_at", "id"))[:limit])


def _span(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    return clock.midnight(first), clock.midnight(last + DAY)


def _counts(found: ActivityQuerySet, asked: Asked) -> dict[dt.date, tuple[int, int]]:
    """Number of activities on each day, and of those with free places."""
    by_day = (
        found.between(*asked.span)
        .order_by()
        .values(on=TruncDate("starts_at", tzinfo=clock.SHANGHAI))
        .annotate(n=Count("pk"), free=Count("pk", filter=Q(free_places(clock.now()))))
    )
    return {row["on"]: (row["n"], row["free"]) for row in by_day}


def _agenda(
    user: Viewer, found: ActivityQuerySet, asked: Asked, query: QueryDict, counts: dict[dt.date, int]
) -> tuple[list[AgendaDay], Page[Any] | None]:
    if asked.day is not None:
        of_day = found.between(*_span(asked.day, asked.day)).order_by("starts_at", "id")
        page: Page[Any] = Paginator(for_rows(of_day), ROWS_A_PAGE).get_page(asked.page)
        rows = activity_rows(user, page.object_list)
        return ([AgendaDay(asked.day, rows, 0, "")] if rows else []), page
    by_day: dict[dt.date, list[ActivityRow]] = {day: [] for day in asked.days if counts.get(day)}
    for row in activity_rows(user, for_rows(Activity.objects.filter(pk__in=_first_of_days(found, list(by_day))))):
        by_day[row.activity.day].append(row)
    return [
        AgendaDay(day, rows, counts[day] - len(rows), _url(query, week=asked.first, day=day))
        for day, rows in by_day.items()
        if rows
    ], None


def _first_of_days(found: ActivityQuerySet, days: list[dt.date]) -> list[int]:
    """Ids of the first activities of each of these days: one query, whose price doesn't grow with the days' lists."""
    if not days:
        return []
    of_days = [
        found.between(*_span(day, day)).order_by("starts_at", "id").values_list("pk", flat=True)[:ROWS_A_DAY]
        for day in days
    ]
    return list(of_days[0].union(*of_days[1:], all=True) if len(of_days) > 1 else of_days[0])


def _later(found: ActivityQuerySet, asked: Asked, query: QueryDict) -> dict[str, Any] | None:
    """The next day after those shown on which there is something."""
    after = clock.midnight((asked.day or asked.last) + DAY)
    starts_at = found.filter(starts_at__gte=after).order_by("starts_at").values_list("starts_at", flat=True).first()
    if starts_at is None:
        return None
    day = clock.local(starts_at).date()
    return {"words": date_words(day), "url": _url(query, week=day)}


def week_title(asked: Asked) -> str:
    """Title of the page."""
    if asked.day is not None:
        return _("Activities, {day}").format(day=day_words(asked.day))
    if asked.first == clock.today():
        return _("Activities this week")
    return _("Activities from {day}").format(day=date_words(asked.first))


def _summary(total: int, free: int) -> str:
    words = ngettext("{n} activity", "{n} activities", total).format(n=total)
    if not total:
        return ""
    return _("{activities}, {free} with free places").format(activities=words, free=free)


def _day_link(day: dt.date, count: int, asked: Asked, query: QueryDict) -> dict[str, Any]:
    """Jump link to a day of this page; without a link where there is nothing."""
    words = ngettext("{n} on", "{n} on", count).format(n=count) if count else _("none")
    url = (_url(query, week=asked.first) if asked.day else "") + f"#day-{day:%m%d}"
    return {"day": day, "url": url if count else "", "current": day == (asked.day or clock.today()), "words": words}


def _previous_url(asked: Asked, query: QueryDict) -> str:
    """The week before, never one that begins before today."""
    today = clock.today()
    return _url(query, week=max(asked.first - DAYS_SHOWN * DAY, today)) if asked.first > today else ""


def _groups(query: QueryDict, filters: dict[str, Any], places: NearChoices) -> list[ChipGroup]:
    audiences = [(value, str(label)) for value, label in Audience.choices if value != Audience.EVERYONE]
    return [
        ChipGroup(_("Who comes"), _chips(query, filters, "audience", [("", _("Anybody")), *audiences])),
        ChipGroup(_("Places"), _chips(query, filters, "free", [("", _("All")), ("true", _("Free places"))])),
        ChipGroup(_("How far"), _chips(query, filters, "reach", _reaches(places))),
        *_tag_groups(query, filters),
        ChipGroup(_("What kind"), _chips(query, filters, "kind", [("", _("All")), *PUBLIC_KIND_CHOICES])),
    ]


def _tag_groups(query: QueryDict, filters: dict[str, Any]) -> list[ChipGroup]:
    """The theme and the campaign that are asked for, each with the way out of it."""
    labels = {"theme": _("Theme"), "campaign": _("Campaign")}
    return [
        ChipGroup(
            labels[name],
            [
                Chip(_("All"), _url(query, **{name: None}), is_current=False),
                Chip(zh(filters[name].shown_name), _url(query), is_current=True),
            ],
        )
        for name in labels
        if filters.get(name)
    ]


def _reaches(places: NearChoices) -> list[tuple[str, str]]:
    everywhere = [(value.value, str(value.label)) for value in (Reach.EVERYWHERE, Reach.ONLINE)]
    if places.chosen is None:
        return everywhere
    around = branch_head(places.snapshot.centers, places.chosen)
    near = [(Reach.HERE.value, places.chosen.shown_name)] if around.id != places.chosen.id else []
    if around.parent_id is not None:
        near.append((Reach.AROUND.value, _("Around {place}").format(place=around.shown_name)))
    return [*near, *everywhere]


def _chips(query: QueryDict, filters: dict[str, Any], name: str, choices: Iterable[tuple[str, Any]]) -> list[Chip]:
    chosen = str(filters.get(name, ""))
    return [Chip(str(label), _url(query, **{name: value or None}), chosen == value) for value, label in choices]


def _url(query: QueryDict, **changes: Any) -> str:
    """Address of the list with these changes (None removes), from its first page and without a single day."""
    changed = query.copy()
    for name in ("page", "day"):
        changed.pop(name, None)
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"
