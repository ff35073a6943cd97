"""Coverage of guidance inspections: which of the Party organisations active in a window were inspected in it.

The rule: docs/mechanisms/kinds.md.
"""

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Subquery

from activities.choices import COUNTED
from activities.domain.inspectable import inspectable
from activities.models import InspectionDetail
from centers.models import Center
from common import clock

DAY = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Coverage:
    """Figures of a window: organisations active in it, and how many of them were inspected, each once."""

    total: int
    inspected: int

    @property
    def missing(self) -> int:
        return self.total - self.inspected

    @property
    def percent(self) -> int | None:
        """Share in full percent, 100 only when nobody is missing; None where there is nobody to inspect."""
        return self.inspected * 100 // self.total if self.total else None


def active_organizations(center: Center, first: dt.date, last: dt.date) -> Any:
    """The organisations that the window is reckoned of, with `was_inspected` in it. Lazy."""
    within = _recorded().filter(
        activity__ends_at__gte=clock.midnight(first), activity__ends_at__lt=clock.midnight(last + DAY)
    )
    return inspectable(center.pk, first, last).annotate(was_inspected=Exists(within))


def coverage(center: Center, first: dt.date, last: dt.date) -> Coverage:
    """Coverage under a center from `first` to `last` (included). One query."""
    flags = active_organizations(center, first, last).order_by().values_list("was_inspected", flat=True)
    found = list(flags)
    return Coverage(len(found), sum(found))


def not_inspected(center: Center, first: dt.date, last: dt.date) -> Any:
    """Organisations active in the window and not inspected in it, with `last_inspected_at`, longest ago first. Lazy."""
    today = clock.today()
    latest = _recorded().order_by().values("organization").annotate(at=Max("activity__ends_at")).values("at")
    missing = active_organizations(center, first, last).filter(was_inspected=False)
    dated = missing.annotate(last_inspected_at=Subquery(latest)).with_center(today).in_register_order(today)
    return dated.order_by(F("last_inspected_at").asc(nulls_first=True), "center_order", "pk")


def _recorded() -> Any:
    """Recorded inspections of the outer query's organisation."""
    return InspectionDetail.objects.filter(organization=OuterRef("pk"), activity__state__in=COUNTED)
