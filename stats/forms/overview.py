"""Question of the overview, as its address says it: what makes no sense in it falls back to the usual."""

import dataclasses

from django.http import QueryDict

from stats.values.periods import Period

SAME_CENTERS = "same"


@dataclasses.dataclass(frozen=True)
class Asked:
    """Asked for: a period, the area that is ranked, and whether the same centers are compared (可比口径)."""

    period: Period
    area: str
    same_centers: bool


def asked(query: QueryDict) -> Asked:
    """The question of an address; without a period the last month that is over."""
    period = Period.said(query.get("period", "")) or Period.last_over()
    return Asked(period, query.get("area", ""), query.get("basis") == SAME_CENTERS)
