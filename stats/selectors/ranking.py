"""Ranking of centers of one level by a figure: equal figures share a rank, and the next one is skipped (1, 2, 2, 4)."""

import dataclasses
from collections.abc import Collection
from decimal import Decimal

from centers.models import Center
from stats.domain.metrics import Metric
from stats.models import MonthCenter
from stats.selectors.figures import Comparison, Figure, figures_of
from stats.selectors.links import figure_url, overview_url
from stats.values.periods import Period

PER_CENT = 100


@dataclasses.dataclass(frozen=True)
class Row:
    """Line of the table: a center with all that stands below it.

    `rank`: None where nothing is known, or no report is expected. `share`: of the largest figure, in percent.
    """

    center: Center
    rank: int | None
    figures: list[Figure]
    share: int
    is_expected: bool
    url: str

    @property
    def last(self) -> Figure:
        """The figure by which the rows are ranked."""
        return self.figures[-1]


@dataclasses.dataclass(frozen=True)
class Rank:
    """Rank of one center among so many."""

    rank: int
    of: int


def right_below(center: Center, period: Period) -> list[Center]:
    """Centers that stood right below at the end of a period, in the register's order. One query."""
    placed = MonthCenter.objects.at_end_of(period).right_below(center.pk)
    return list(Center.objects.filter(pk__in=placed.values("center")).in_register_order())


def rows_of(centers: list[Center], columns: list[Metric], found: Comparison, period: Period) -> list[Row]:
    """Rows by the last column, the largest first; those of which nothing is known at the end. One query."""
    expected = expected_among([center.pk for center in centers], period)
    figures = {
        center: [found.of(center.pk, metric, figure_url(metric, center, period)) for metric in columns]
        for center in centers
    }
    values = {center: row[-1].value for center, row in figures.items()}
    ranked = [value for center, value in values.items() if center.pk in expected]
    largest = max((value for value in values.values() if value), default=Decimal(0))
    return [
        Row(
            center,
            rank_of(values[center], ranked) if center.pk in expected else None,
            figures[center],
            share_of(values[center], largest),
            center.pk in expected,
            overview_url(center, period, area=columns[0].area.code),
        )
        for center in sorted(centers, key=lambda center: (values[center] is None, -(values[center] or 0)))
    ]


def rank_among_peers(center: Center, metric: Metric, period: Period) -> Rank | None:
    """Rank of a center among those under the same center, who see no more of each other. Six queries at most."""
    placed = MonthCenter.objects.at_end_of(period).filter(center=center).first()
    if placed is None or len(placed.lineage) == 1:
        return None
    beside = MonthCenter.objects.at_end_of(period).right_below(placed.lineage[-2]).expected()
    peers = list(beside.values_list("center", flat=True))
    found = figures_of(peers, period)
    rank = rank_of(found.of(center.pk, metric).value, [found.of(peer, metric).value for peer in peers])
    return Rank(rank, len(peers)) if rank and center.pk in peers else None


def expected_among(centers: Collection[int], period: Period) -> set[int]:
    """Centers, of some, of which a report is expected for the period's last month. One query."""
    placed = MonthCenter.objects.at_end_of(period).expected().filter(center__in=centers)
    return set(placed.values_list("center", flat=True))


def rank_of(value: Decimal | None, values: Collection[Decimal | None]) -> int | None:
    """Rank of a value among values, the largest first; None for a missing one."""
    if value is None:
        return None
    return 1 + sum(other is not None and other > value for other in values)


def share_of(value: Decimal | None, largest: Decimal) -> int:
    """Share of the largest, in full percent."""
    return int(value * PER_CENT / largest) if value and largest else 0
