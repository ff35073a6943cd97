"""Registry of metrics: what is counted, of which records, in which unit, and where its definition comes from.

Each app registers its own from `integrations.metrics` when it is ready; nothing here names an app.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from common.months import Month
from stats.choices import Unit
from stats.values.periods import Period


@dataclass(frozen=True)
class Shown:
    """Record in a list of those that a figure is made of. `note`: what the list says beside it."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Source:
    """Records that metrics are counted from: each row of `rows()` is one record.

    It counts at the center at path `center`, in the month in which the moment at path `at` lies in Shanghai. `show`
    tells how a row is shown in a list; `related`: paths that `show` needs loaded; `entered`: path of the moment
    at which it was entered, where that is known.
    """

    code: str
    name: Promise
    rows: Callable[[], QuerySet[Any]]
    at: str
    center: str
    show: Callable[[Any], Shown]
    related: tuple[str, ...] = ()
    entered: str = ""

    def within(self, starts_at: Any, ends_at: Any) -> QuerySet[Any]:
        """Records from `starts_at` on and before `ends_at`."""
        return self.rows().filter(**{f"{self.at}__gte": starts_at, f"{self.at}__lt": ends_at}).order_by()


@dataclass(frozen=True)
class Area:
    """Group of metrics that pages show together, as one card.

    `is_reported`: whether a center's monthly report answers for it, and says so where there was nothing.
    """

    code: str
    name: Promise
    order: int
    is_reported: bool = False


@dataclass(frozen=True, kw_only=True)
class Metric:
    """Metric of one unit. `definition` and `basis` are read by people; `version` grows when the definition changes.

    `is_open`: also given to the public. `in_total`: whether a center's figure is part of that of the centers above;
    one that isn't is shown at the center alone.
    """

    code: str
    name: Promise
    unit: Unit
    area: Area
    definition: Promise
    basis: Promise
    version: int = 1
    is_open: bool = False
    in_total: bool = True
    is_additive: bool = field(default=True, init=False)


@dataclass(frozen=True, kw_only=True)
class Total(Metric):
    """Sum of `value` over the records of a source that meet `where`; without a value their number."""

    source: Source
    where: Q = field(default_factory=Q)
    value: Combinable | None = None


@dataclass(frozen=True, kw_only=True)
class Computed(Metric):
    """Sum a center and month that `rows` reckons by itself, as (center's id, values); `column`: which of the values.

    Metrics that share `rows` are reckoned together.
    """

    rows: Callable[[Month], Iterable[tuple[int, Sequence[Decimal]]]]
    column: int


@dataclass(frozen=True, kw_only=True)
class Weekly(Metric):
    """Share by hour of the week, in percent: `rows` reckons a center and month, as (center's id, parts, wholes).

    Both are lists of HOURS numbers from Monday, 0:00 on. Parts and wholes are added over centers and months.
    """

    rows: Callable[[Month], Iterable[tuple[int, list[int], list[int]]]]
    is_additive: bool = field(default=False, init=False)


@dataclass(frozen=True, kw_only=True)
class Distinct(Metric):
    """Number of different `key`s among the records of a source: counted anew for each node and period, never added."""

    source: Source
    key: F
    where: Q = field(default_factory=Q)
    is_additive: bool = field(default=False, init=False)


@dataclass(frozen=True, kw_only=True)
class Share(Metric):
    """Share of a set, in percent: `rows` reckons for a period, as (node's id, part, whole), with part ⊆ whole."""

    rows: Callable[[Period], Iterable[tuple[int, int, int]]]
    is_additive: bool = field(default=False, init=False)


@dataclass(frozen=True, kw_only=True)
class Ratio(Metric):
    """Share of one additive metric in another, in percent; none where the whole is less than `fewest`.

    Reckoned when read.
    """

    part: str
    whole: str
    fewest: int = 1
    is_additive: bool = field(default=False, init=False)


_metrics: dict[str, Metric] = {}
_of_week: dict[str, Weekly] = {}


def register(*metrics: Metric) -> None:
    """Add metrics, in the order in which their area shows them. Registering the same again is harmless."""
    for metric in metrics:
        if isinstance(metric, Weekly):
            _of_week[metric.code] = metric
        else:
            _metrics[metric.code] = metric


def all_metrics() -> list[Metric]:
    """Metrics that have a figure, by area, then as registered."""
    return sorted(_metrics.values(), key=lambda metric: metric.area.order)


def find(code: str) -> Metric | None:
    """The metric of a code, or None."""
    return _metrics.get(code)


def computed_together() -> list[list[Computed]]:
    """Computed metrics, grouped by what reckons them."""
    found: dict[Any, list[Computed]] = {}
    for metric in all_metrics():
        if isinstance(metric, Computed):
            found.setdefault(metric.rows, []).append(metric)
    return list(found.values())


def of_week() -> list[Weekly]:
    """Metrics by hour of the week, which have a table and no figure."""
    return list(_of_week.values())


def totals_by_source() -> dict[str, list[Total]]:
    """Sums, grouped by the source that one statement counts them from."""
    found: dict[str, list[Total]] = {}
    for metric in all_metrics():
        if isinstance(metric, Total):
            found.setdefault(metric.source.code, []).append(metric)
    return found
