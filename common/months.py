"""Months of Shanghai: as addresses say them, their first and last day, and the moments they lie between."""

import dataclasses
import datetime as dt
import re

from common import clock

# No record is older.
EARLIEST_YEAR = 2000
SAID = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclasses.dataclass(frozen=True, order=True)
class Month:
    """Month by its first day."""

    first: dt.date

    @classmethod
    def of(cls, day: dt.date) -> "Month":
        return cls(day.replace(day=1))

    @classmethod
    def said(cls, text: str) -> "Month | None":
        """The month of `2026-11`; None for what is none, lies ahead, or before all records."""
        found = SAID.fullmatch(text)
        if found is None or int(found[1]) < EARLIEST_YEAR:
            return None
        month = cls(dt.date(int(found[1]), int(found[2]), 1))
        return month if month.first <= clock.today() else None

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def after(self) -> "Month":
        return Month.of(self.first + dt.timedelta(days=31))

    @property
    def before(self) -> "Month":
        return Month.of(self.first - dt.timedelta(days=1))

    @property
    def last(self) -> dt.date:
        return self.after.first - dt.timedelta(days=1)

    @property
    def starts_at(self) -> dt.datetime:
        return clock.midnight(self.first)

    @property
    def ends_at(self) -> dt.datetime:
        return clock.midnight(self.after.first)

    @property
    def is_present(self) -> bool:
        """Whether today lies in it."""
        return self == Month.of(clock.today())

    def plus(self, months: int) -> "Month":
        """The month so many months later, or earlier."""
        years, month = divmod(self.first.month - 1 + months, 12)
        return Month(dt.date(self.first.year + years, month + 1, 1))

    def days(self) -> list[dt.date]:
        """Days of the month that aren't to come, in order."""
        last = min(self.last, clock.today())
        return [self.first + dt.timedelta(days=n) for n in range((last - self.first).days + 1)]
