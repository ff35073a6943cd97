"""Booking policy of a space: the rules that one level or another of the network has set, as one value."""

import dataclasses
import datetime as dt
from typing import Any

from bookings.choices import ConfirmMode

GRID_MINUTES = 30


@dataclasses.dataclass(frozen=True)
class Policy:
    """Rules of one space on one day. Counts, days, minutes and hours as the names say.

    The defaults hold where no level set anything: ours, configurable; reasons in
    `docs/decisions/0006-booking-policy-defaults.md`.
    """

    notice_workdays: int = 0
    horizon_days: int = 30
    longest_minutes: int = 240
    turnaround_minutes: int = 30
    quota_count: int = 4
    confirm_mode: str = ConfirmMode.INSTANT
    decide_workdays: int = 1
    cancel_hours: int = 24

    @property
    def is_instant(self) -> bool:
        return self.confirm_mode == ConfirmMode.INSTANT

    @property
    def turnaround(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.turnaround_minutes)

    def stamp(self) -> dict[str, Any]:
        """Policy as JSON, stamped on the booking it decided."""
        return dataclasses.asdict(self)


FIELDS = tuple(field.name for field in dataclasses.fields(Policy))
