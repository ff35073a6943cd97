"""The slot as it travels in addresses: `start=2026-11-28T09:00&end=2026-11-28T11:00&people=20`, on a Shanghai clock."""

import datetime as dt

from common import clock

SLOT_FORMAT = "%Y-%m-%dT%H:%M"


def slot_moment(moment: dt.datetime) -> str:
    return clock.local(moment).isoformat(timespec="minutes")[:16]


def slot_query(start: dt.datetime, end: dt.datetime, people: int | None = None) -> str:
    """The part of an address that chooses [start, end), and says for how many people if that is known. Nothing in it needs quoting."""
    query = f"start={slot_moment(start)}&end={slot_moment(end)}"
    return f"{query}&people={people}" if people else query
