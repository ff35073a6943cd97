"""Rows of the statistics that a constraint refuses, by its name."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from common import clock
from stats.choices import HOURS, PeriodKind, RunState
from stats.models import ClosingRun, MonthCenter, Rollup, WeekProfile

Rows = Iterable[models.Model] | Callable[[], Any]
MONTH = dt.date(2026, 10, 1)
WEEK = [0] * HOURS


def run(**changes: Any) -> ClosingRun:
    return ClosingRun(**{"first": MONTH, "last": MONTH, "started_at": clock.now(), **changes})


def share(world: Any, **changes: Any) -> Rollup:
    return Rollup(kind=PeriodKind.MONTH, month=MONTH, node=world.center, metric="share", **changes)


REFUSED: dict[str, Callable[[Any], Rows]] = {
    "month_center_reason_known": lambda world: [
        MonthCenter(month=MONTH, center=world.center, lineage=[world.center.pk], not_expected="tired")
    ],
    "rollup_share_within_whole": lambda world: [share(world, part=3, whole=2)],
    "week_profile_is_a_week": lambda world: [
        WeekProfile(month=MONTH, node=world.center, metric="hours", parts=WEEK, wholes=WEEK[1:])
    ],
    "closing_run_state_known": lambda world: [run(state="asleep", finished_at=clock.now())],
    "closing_run_finished_has_moment": lambda world: [run(state=RunState.DONE)],
}
