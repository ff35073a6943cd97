"""Day bar of a room: what is taken, shut and wanted, as fractions of one axis that all bars of a page share."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from bookings.values.slots import DEFAULT_HOURS
from bookings.values.space_facts import SpaceFacts
from centers.values.opening import OpenDay
from common import clock
from common.intervals import Span, clip, merge, overlaps, subtract
from common.words.times import clock_span, clock_words, end_clock

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# A mark every so many hours, for days up to so many hours long.
STEPS = ((6, 1), (9, 2), (16, 4), (24, 6))


@dataclasses.dataclass(frozen=True)
class Axis:
    """The stretch of a day that bars show: full hours. `marks` as `components/_day_bar.html` wants them."""

    start: dt.datetime
    end: dt.datetime
    marks: list[dict[str, Any]]

    def at(self, moment: dt.datetime) -> float:
        """Position of a moment, 0 to 1; one outside stands at the edge."""
        return min(max((moment - self.start) / (self.end - self.start), 0.0), 1.0)


def axis_of(day: dt.date, open_days: Iterable[OpenDay], pick: Span | None = None) -> Axis:
    """The full hours in which any of the centers is open on `day`, the wanted time included."""
    spans = [span for open_day in open_days for span in open_day.spans]
    if pick:
        spans.append(pick)
    return _axis(*span_around(day, spans))


def hours_around(*days: tuple[dt.date, Iterable[Span]]) -> tuple[int, int]:
    """First and last (exclusive) full hour that the spans of the days lie in; the usual hours where there are none.

    Only what lies within its own day counts.
    """
    inside = [
        (start - midnight, end - midnight)
        for day, spans in days
        for midnight in [clock.midnight(day)]
        for start, end in clip(spans, (midnight, midnight + DAY))
    ]
    if not inside:
        return DEFAULT_HOURS
    first = min(start for start, _end in inside) // HOUR
    last = -(-max(end for _start, end in inside) // HOUR)
    return first, max(last, first + 1)


def span_around(day: dt.date, spans: Iterable[Span]) -> Span:
    """From and until of the full hours of a day that its spans lie in."""
    first, last = hours_around((day, spans))
    return clock.midnight(day) + first * HOUR, clock.midnight(day) + last * HOUR


def _axis(start: dt.datetime, end: dt.datetime) -> Axis:
    length = (end - start) // HOUR
    step = next((step for longest, step in STEPS if length <= longest), STEPS[-1][1])
    moments = [start + n * HOUR for n in range(0, length + 1, step)]
    return Axis(
        start,
        end,
        [
            {
                "at": (moment - start) / (end - start),
                "words": clock_words(moment) if moment < end else end_clock(end),
            }
            for moment in moments
        ],
    )


def day_bar(axis: Axis, facts: SpaceFacts, pick: Span | None = None, now: dt.datetime | None = None) -> dict[str, Any]:
    """Parameters of `components/_day_bar.html` for one room.

    `pick`: the wanted time; `now`: where a line for the present stands.
    """
    shut = subtract([(axis.start, axis.end)], facts.open_day.spans)
    begin = clock.midnight(clock.local(axis.start).date())
    # A turnaround may come over from the day before.
    busy = merge(clip(facts.busy, (begin, begin + DAY)))
    segments = [_segment(axis, "shut", *span) for span in shut] + [
        _segment(axis, "busy", *span) for span in busy if overlaps(span, (axis.start, axis.end))
    ]
    if pick:
        segments.append(_segment(axis, "pick", *pick))
    if now and axis.start <= now <= axis.end:
        segments.append({"kind": "now", "start": axis.at(now)})
    return {"segments": segments, "marks": axis.marks, "label": _label(facts, busy)}


def _segment(axis: Axis, kind: str, start: dt.datetime, end: dt.datetime) -> dict[str, Any]:
    left = axis.at(start)
    return {"kind": kind, "start": left, "width": axis.at(end) - left}


def _label(facts: SpaceFacts, busy: Iterable[Span]) -> str:
    """The bar in words. The room's name stands beside it, so it isn't said again."""
    if facts.open_day.is_shut:
        return _("Closed")
    opening = ", ".join(clock_span(*span) for span in facts.open_day.spans)
    taken = ", ".join(clock_span(*span) for span in busy)
    if taken:
        return _("Open {opening}; taken {taken}").format(opening=opening, taken=taken)
    return _("Open {opening}; all free").format(opening=opening)
