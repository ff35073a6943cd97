"""The totals that the city reported in 2020: facts from data/baseline.csv, never added to what this portal records."""

import csv
import dataclasses
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

WAN = 10_000


@dataclasses.dataclass(frozen=True)
class ReportedTotal:
    """ReportedTotal of one kind of service: times and person-times.

    Rounded to `precision` as reported; None where not reported.
    """

    key: str
    label: str
    unit: str
    count: int
    person_times: int | None
    precision: int | None
    as_of: str
    source: str

    @property
    def count_words(self) -> str:
        return f"{self.count:,}"

    @property
    def person_times_words(self) -> str:
        """10.64万人次 / 106,400 person-times."""
        if self.person_times is None:
            return ""
        if (get_language() or "").startswith("zh") and self.person_times >= WAN:
            return _("{n} person-times").format(n=f"{self.person_times / WAN:.2f}".rstrip("0").rstrip(".") + "万")
        return _("{n} person-times").format(n=f"{self.person_times:,}")


def baseline() -> list[ReportedTotal]:
    """Totals of the five kinds in the article's order, in the active language."""
    suffix = "" if (get_language() or "").startswith("zh") else "_en"
    return [
        ReportedTotal(
            key=row["key"],
            label=row[f"label{suffix}"],
            unit=row[f"unit{suffix}"],
            count=int(row["count"]),
            person_times=_number(row["person_times"]),
            precision=_number(row["precision"]),
            as_of=row["as_of"],
            source=row["source"],
        )
        for row in _rows()
    ]


def _number(text: str) -> int | None:
    return int(text) if text else None


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    with (settings.BASE_DIR / "data" / "baseline.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
