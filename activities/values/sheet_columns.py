"""Columns of an exported list of activities, under the headings that an import knows again.

Headings and words for kinds are Chinese in every language: the sheet is data, and is read in again.
"""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import override

from activities.choices import ActivityKind, ActivityState, WorkLine
from common import clock
from common.whole_days import is_whole_days

LANGUAGE = "zh-hans"
HEADINGS = (
    "编号", "类别", "活动名称", "开始时间", "结束时间", "地点", "实到人次", "备注", "条线",
    "指导党组织", "中心编码", "牵头中心", "状态",
)  # fmt: skip
# What a row is made of, as a query names it.
FIELDS = (
    "reference", "kind", "title", "starts_at", "ends_at", "place", "attendance", "record__note", "line",
    "inspection__organization__name", "center__code", "center__name", "state",
)  # fmt: skip
Cell = str | int | dt.datetime | dt.date | None


class RowWriter:
    """Writer of rows of the values of FIELDS; its words are looked up once."""

    def __init__(self) -> None:
        with override(LANGUAGE):
            self.kinds = {kind.value: str(kind.label) for kind in ActivityKind}
            self.lines = {line.value: str(line.label) for line in WorkLine}
            self.states = {state.value: str(state.label) for state in ActivityState}

    def row(self, values: Sequence[object]) -> list[Cell]:
        """Row of an activity: moments on the clock of Shanghai, the number of people as a number."""
        given = dict(zip(FIELDS, values, strict=True))
        return [
            str(given["reference"]),
            self.kinds[str(given["kind"])],
            str(given["title"]),
            *_times(given["starts_at"], given["ends_at"]),
            str(given["place"]),
            given["attendance"],  # type: ignore[list-item]
            str(given["record__note"] or ""),
            self.lines[str(given["line"])],
            str(given["inspection__organization__name"] or ""),
            str(given["center__code"]),
            str(given["center__name"]),
            self.states[str(given["state"])],
        ]


def _times(start: object, end: object) -> tuple[Cell, Cell]:
    """Start and end; the days alone where no hours are known."""
    first, last = _start(start), _start(end)
    if is_whole_days(clock.at(first.date(), first.time()), clock.at(last.date(), last.time())):
        return first.date(), last.date()
    return first, _end(end)


def _start(moment: object) -> dt.datetime:
    assert isinstance(moment, dt.datetime)  # noqa: S101 (a field of that type)
    return clock.local(moment).replace(tzinfo=None)


def _end(moment: object) -> Cell:
    """The end; midnight is 24:00 of the day before, which only text can say."""
    end = _start(moment)
    if end.time() == dt.time.min:
        return f"{end - dt.timedelta(days=1):%Y-%m-%d} 24:00"
    return end
