"""The schedule of Celery's beat, filled by each app when it starts.

A registry and not Celery's signals: those swallow what goes wrong in a handler, and fire while modules are half loaded.
"""

from typing import TypedDict


class ScheduleEntry(TypedDict):
    """An entry of the schedule, as Celery reads it."""

    task: str
    schedule: float


# The settings name this very dictionary as CELERY_BEAT_SCHEDULE.
SCHEDULE: dict[str, ScheduleEntry] = {}


def register(task: str, *, seconds: float) -> None:
    """Register `task` (its dotted name) to be run every `seconds`. Twice at different paces is a programming error."""
    entry: ScheduleEntry = {"task": task, "schedule": seconds}
    if SCHEDULE.setdefault(task, entry) != entry:
        raise ValueError(f"{task} is to be run every {SCHEDULE[task]['schedule']} seconds and every {seconds}")
