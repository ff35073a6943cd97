"""Periods that figures are given for: a month, a quarter, a year, a year to date, all time; each is made of months."""

import dataclasses
import datetime as dt
import re

from common import clock
from common.months import EARLIEST_YEAR, Month
from stats.choices import PeriodKind

QUARTER_SAID = re.compile(r"([0-9]{4})-[Qq]([1-4])")
YEAR_SAID = re.compile(r"[0-9]{4}")
TO_DATE_SAID = re.compile(r"([0-9]{4}-[0-9]{2})-ytd")
YEAR, QUARTER = 12, 3
ALL = "all"


@dataclasses.dataclass(frozen=True)
class Period:
    """Period by its kind and its last month; of all time the last month is the present one."""

    kind: PeriodKind
    last: Month

    @classmethod
    def said(cls, text: str) -> "Period | None":
        """The period of `2026-10`, `2026-Q3`, `2026`, `2026-10-ytd` or `all`; None for what is none or lies ahead."""
        if text == ALL:
            return cls(PeriodKind.ALL, Month.of(clock.today()))
        if quarter := QUARTER_SAID.fullmatch(text):
            return cls._begun(PeriodKind.QUARTER, int(quarter[1]), QUARTER * int(quarter[2]))
        if YEAR_SAID.fullmatch(text):
            return cls._begun(PeriodKind.YEAR, int(text), YEAR)
        to_date = TO_DATE_SAID.fullmatch(text)
        month = Month.said(to_date[1] if to_date else text)
        return cls(PeriodKind.TO_DATE if to_date else PeriodKind.MONTH, month) if month else None

    @classmethod
    def _begun(cls, kind: PeriodKind, year: int, month: int) -> "Period | None":
        if not EARLIEST_YEAR <= year <= clock.today().year:
            return None
        period = cls(kind, Month(dt.date(year, month, 1)))
        return period if period.first.first <= clock.today() else None

    @classmethod
    def last_over(cls) -> "Period":
        """The last month that is over: what pages show unless asked for another."""
        return cls(PeriodKind.MONTH, Month.of(clock.today()).before)

    @classmethod
    def of(cls, kind: PeriodKind, month: Month) -> "Period":
        """The period of this kind in which a month lies; of a year to date, the one that ends with it."""
        if kind == PeriodKind.QUARTER:
            return cls(kind, month.plus((QUARTER - month.first.month % QUARTER) % QUARTER))
        if kind == PeriodKind.YEAR:
            return cls(kind, month.plus(YEAR - month.first.month))
        return cls(kind, Month.of(clock.today()) if kind == PeriodKind.ALL else month)

    def __str__(self) -> str:
        """Text of the period, as addresses have it."""
        if self.kind == PeriodKind.QUARTER:
            return f"{self.last.first.year}-Q{self.last.first.month // QUARTER}"
        if self.kind == PeriodKind.YEAR:
            return str(self.last.first.year)
        return {PeriodKind.ALL: ALL, PeriodKind.TO_DATE: f"{self.last}-ytd"}.get(self.kind, str(self.last))

    @property
    def first(self) -> Month:
        """The first month."""
        if self.kind == PeriodKind.ALL:
            return Month(dt.date(EARLIEST_YEAR, 1, 1))
        if self.kind == PeriodKind.TO_DATE:
            return Month(self.last.first.replace(month=1))
        return self.last.plus(1 - {PeriodKind.QUARTER: QUARTER, PeriodKind.YEAR: YEAR}.get(self.kind, 1))

    @property
    def last_begun(self) -> Month:
        """The last month that isn't to come: of a year that is running, the present one."""
        return min(self.last, Month.of(clock.today()))

    @property
    def key(self) -> dt.date:
        """The day under which its figures are kept: its last month's, of all time the first of all."""
        return (self.first if self.kind == PeriodKind.ALL else self.last).first

    @property
    def months(self) -> int:
        """Number of its months."""
        since, until = self.first.first, self.last.first
        return (until.year - since.year) * YEAR + until.month - since.month + 1

    @property
    def starts_at(self) -> dt.datetime:
        return self.first.starts_at

    @property
    def ends_at(self) -> dt.datetime:
        """The first moment after it."""
        return self.last.ends_at

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def before(self) -> "Period | None":
        """The period just before it (环比); none for a year to date, which begins anew, and for all time."""
        if self.kind in (PeriodKind.TO_DATE, PeriodKind.ALL):
            return None
        return Period(self.kind, self.last.plus(-self.months))

    @property
    def after(self) -> "Period | None":
        """The period just after it, unless it lies ahead."""
        if self.kind == PeriodKind.ALL:
            return None
        after = Period(self.kind, self.last.plus(1 if self.kind == PeriodKind.TO_DATE else self.months))
        return after if after.first.first <= clock.today() and after.last != self.last else None

    @property
    def year_before(self) -> "Period | None":
        """The same period of the year before (同比); none for all time."""
        return None if self.kind == PeriodKind.ALL else Period(self.kind, self.last.plus(-YEAR))
