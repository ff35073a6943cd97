"""What pages and API show of a space's times, read from what their templates and clients are given."""

import dataclasses
import datetime as dt
import re
from typing import Any

from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from bookings.domain.facts import facts_by_day
from bookings.domain.snapshot import Snapshot
from bookings.models import Space
from bookings.selectors.day_bar import axis_of, day_bar
from bookings.values.slots import slot_moment
from common import clock
from common.intervals import Span

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@dataclasses.dataclass(frozen=True)
class FreeTimes:
    """A day of the API."""

    open: list[Span]
    free: list[Span]
    longest: dt.timedelta
    turnaround: dt.timedelta


def free_times(space: Space, first: dt.date, last: dt.date) -> dict[dt.date, FreeTimes]:
    """The days of the availability API."""
    answer = APIClient().get(f"/api/v1/spaces/{space.pk}/availability/", {"first": first, "last": last}).json()
    return {
        dt.date.fromisoformat(day["day"]): FreeTimes(
            [_span(span) for span in day["open"]],
            [_span(span) for span in day["free"]],
            dt.timedelta(minutes=day["longest_minutes"]),
            dt.timedelta(minutes=day["turnaround_minutes"]),
        )
        for day in answer["days"]
    }


def _span(span: dict[str, str]) -> Span:
    return dt.datetime.fromisoformat(span["start"]), dt.datetime.fromisoformat(span["end"])


def space_page(space: Space, **query: Any) -> dict[str, Any]:
    """Context of the space's page."""
    context: dict[str, Any] = Client().get(reverse("bookings:space_detail", args=[space.pk]), query).context
    return context


def page_with_pick(space: Space, start: dt.datetime, end: dt.datetime) -> dict[str, Any]:
    """Context of the space's page with a slot chosen."""
    return space_page(space, starts_at=slot_moment(start), ends_at=slot_moment(end))


def hours_of(page: dict[str, Any], day: dt.date) -> dict[dt.datetime, dict[str, Any]]:
    """Cells of one day of the week table by the hour they stand in; one of several rows stands in each of its hours."""
    days = [entry["date"] for entry in page["days"]]
    above: list[dict[str, Any]] = [{}] * len(days)
    reach = [0] * len(days)
    found = {}
    for row in page["rows"]:
        cells = iter(row["cells"])
        for n in range(len(days)):
            if not reach[n]:
                above[n] = next(cells)
                reach[n] = above[n]["rows"]
            reach[n] -= 1
        assert next(cells, None) is None, "a cell more than there are days"
        found[moment(day, row["label"])] = above[days.index(day)]
    return found


def free_in_words(page: dict[str, Any], day: dt.date) -> list[Span]:
    """The free times of a day in the table for those who read it."""
    [row] = [row for row in page["table"] if row["day"] == day]
    return [
        (moment(day, start), moment(day, end)) for words in row.get("free", ()) for start, end in [words.split("–")]
    ]


def slot_in(url: str) -> Span:
    """The slot that an address chooses."""
    found = re.search(r"starts_at=([^&#]+)&ends_at=([^&#]+)", url)
    assert found, url
    start, end = (dt.datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI) for text in found.groups())
    return start, end


def moment(day: dt.date, words: str) -> dt.datetime:
    hours, minutes = map(int, words.split(":"))
    return clock.midnight(day) + dt.timedelta(hours=hours, minutes=minutes)


@dataclasses.dataclass
class Bars:
    """What day bars draw, as spans; `beyond`: what lies outside their axes."""

    busy: list[Span] = dataclasses.field(default_factory=list)
    shut: list[Span] = dataclasses.field(default_factory=list)
    beyond: list[Span] = dataclasses.field(default_factory=list)


def bars(space: Space, first: dt.date, last: dt.date) -> Bars:
    """The bars of some days, of the fractions that their template is given."""
    found = Bars()
    for day, facts in facts_by_day([space], first, last, Snapshot.take())[space.pk].items():
        axis = axis_of(day, [facts.open_day])
        length = axis.end - axis.start
        found.beyond += [(clock.midnight(day), axis.start), (axis.end, clock.midnight(day + DAY))]
        for segment in day_bar(axis, facts)["segments"]:
            start = axis.start + segment["start"] * length
            span = _to_the_second(start), _to_the_second(start + segment["width"] * length)
            {"busy": found.busy, "shut": found.shut}[segment["kind"]].append(span)
    return found


def _to_the_second(at: dt.datetime) -> dt.datetime:
    """Fractions of an axis aren't exact."""
    return (at + dt.timedelta(milliseconds=500)).replace(microsecond=0)
