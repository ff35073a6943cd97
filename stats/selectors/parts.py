"""Parts of an additive figure: a center's own records, and the figures of the centers right below it."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Sum

from centers.access import Viewer, scope
from centers.choices import WORKING
from centers.models import Center
from stats.choices import NotExpected
from stats.domain.metrics import Metric
from stats.models import Fact, MonthCenter, Rollup
from stats.values.periods import Period

NONE = Decimal(0)


@dataclasses.dataclass(frozen=True)
class Part:
    """Part of a figure that a center right below adds.

    `in_all`: the center's whole figure in the period, which is more where it stood elsewhere in some of its months;
    `not_expected`: why no report is expected of it, in words; `is_near`: whether the reader may open it.
    """

    center: Center
    value: Decimal
    n_records: int
    in_all: Decimal
    not_expected: str
    is_near: bool

    @property
    def is_moved(self) -> bool:
        """Whether it stood under another center in some months that count."""
        return self.in_all != self.value


@dataclasses.dataclass(frozen=True)
class Own:
    """Figure of a center's own records, without what lies below. `checksum` changes with any of them."""

    value: Decimal
    n_records: int
    checksum: str


@dataclasses.dataclass(frozen=True)
class Parts:
    """Parts of a figure; their sum is the figure."""

    own: Own
    below: list[Part]

    @property
    def total(self) -> Decimal:
        return self.own.value + self.below_total

    @property
    def below_total(self) -> Decimal:
        return sum((part.value for part in self.below), NONE)

    @property
    def n_records(self) -> int:
        return self.own.n_records + sum(part.n_records for part in self.below)

    @property
    def has_notes(self) -> bool:
        """Whether there is anything to say of a center beside its figure."""
        return any(part.is_moved or part.not_expected for part in self.below)

    @property
    def n_counting(self) -> int:
        """Number of the centers below that have anything to add."""
        return sum(bool(part.n_records) for part in self.below)


def own_figure(metric: Metric, center: int, period: Period) -> Own:
    """Figure of a center's own records. One query."""
    facts = Fact.objects.within(period).filter(center=center, metric=metric.code)
    found = facts.aggregate(value=Sum("value"), records=Sum("n_records"), hash=Sum("source_hash"))
    return Own(found["value"] or NONE, found["records"] or 0, checksum(found["hash"] or 0))


def checksum(total: Decimal | int) -> str:
    """Sum of the records' hashes as it is shown: eight digits, enough to tell two states apart by eye."""
    return f"{int(total) % 2**32:08x}"


def parts_of(metric: Metric, node: int, period: Period, viewer: Viewer | None = None) -> Parts:
    """Own figure and those of the centers right below, month by month as the tree stood; six queries at most.

    `viewer`: whose reach says which of them may be opened; None: all.
    """
    own = own_figure(metric, node, period)
    if not metric.in_total:
        return Parts(own, [])
    placed = _right_below(node, period)
    values, records, in_all = _monthly(metric, node, placed, period)
    reasons = _not_expected(placed, period)
    # Of centers that stood here and have nothing only those that still do are shown.
    shown = {pk for pk in placed if values[pk] or records[pk] or pk in reasons}
    centers = Center.objects.filter(pk__in=shown).in_register_order()
    reach = shown if viewer is None else _within_reach(viewer, shown)
    below = [
        Part(
            center,
            values[center.pk],
            records[center.pk],
            in_all[center.pk],
            reasons.get(center.pk, ""),
            center.pk in reach,
        )
        for center in centers
    ]
    # The largest first; among equals as in the register.
    return Parts(own, sorted(below, key=lambda part: part.value, reverse=True))


def path_to(center: Center, period: Period, viewer: Viewer) -> list[Center]:
    """Centers above one within reach, from the top, as they stood in the period's last month. Three queries."""
    month = period.last_begun.first
    lineage = MonthCenter.objects.filter(month=month, center=center).values_list("lineage", flat=True).first() or []
    found = Center.objects.in_bulk(_within_reach(viewer, lineage) - {center.pk})
    return [found[pk] for pk in lineage if pk in found]


def _within_reach(viewer: Viewer, centers: Collection[int]) -> set[int]:
    """Ids of those among `centers` whose figures the viewer may open. One query."""
    return set(scope(viewer, WORKING).filter(pk__in=centers).values_list("pk", flat=True))


def _right_below(node: int, period: Period) -> dict[int, set[object]]:
    """Months in which each center stood right below a node, by its id."""
    rows = MonthCenter.objects.right_below(node).filter(month__gte=period.first.first, month__lte=period.last.first)
    placed: dict[int, set[object]] = defaultdict(set)
    for center, month in rows.values_list("center", "month"):
        placed[center].add(month)
    return dict(placed)


def _monthly(
    metric: Metric, node: int, placed: dict[int, set[object]], period: Period
) -> tuple[dict[int, Decimal], dict[int, int], dict[int, Decimal]]:
    """Value and records of each center in the months in which it stood here, and its value in all months."""
    rows = Rollup.objects.monthly(period.first.first, period.last.first, placed).filter(metric=metric.code)
    values: dict[int, Decimal] = defaultdict(Decimal)
    in_all: dict[int, Decimal] = defaultdict(Decimal)
    records: dict[int, int] = defaultdict(int)
    for center, month, value, n_records in rows.values_list("node", "month", "value", "n_records"):
        in_all[center] += value or NONE
        if month in placed[center]:
            values[center] += value or NONE
            records[center] += n_records
    return values, records, in_all


def _not_expected(placed: dict[int, set[object]], period: Period) -> dict[int, str]:
    """Why no report is expected of each center that stood here in the last month; blank where one is.

    Closed ones are left out.
    """
    month = period.last_begun.first
    still_here = [center for center, months in placed.items() if month in months]
    found = MonthCenter.objects.filter(month=month, center__in=still_here).exclude(not_expected=NotExpected.CLOSED)
    return {row.center_id: str(row.get_not_expected_display()) for row in found}
