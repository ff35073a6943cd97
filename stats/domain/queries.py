"""SQL of a figure as people read it: what the closing asks for one center or node."""

import dataclasses
from typing import Any

import sqlparse
from django.db import connection
from django.db.models import QuerySet

from stats.domain import statements
from stats.domain.metrics import Computed, Distinct, Metric, Ratio, Share, Total
from stats.values.periods import Period


@dataclasses.dataclass(frozen=True)
class Query:
    """Statement with its parameters in order; `reckoned_by` names the function where a figure isn't one statement."""

    sql: str = ""
    parameters: tuple[str, ...] = ()
    reckoned_by: str = ""


def query_of(metric: Metric, records: QuerySet[Any] | None, period: Period) -> Query:
    """Query by which a figure is counted: of a sum that of its `records`, of a set that of all nodes. Asks nothing."""
    if isinstance(metric, Total) and records is not None:
        counted = records.order_by().values("pk", "figure_at", "figure_value")
        return _shown(*counted.query.get_compiler(connection=connection).as_sql())
    if isinstance(metric, Distinct):
        return _shown(*statements.sets_of_nodes(metric, period.starts_at, period.ends_at))
    if isinstance(metric, Share | Computed):
        return Query(reckoned_by=f"{metric.rows.__module__}.{metric.rows.__qualname__}")
    if isinstance(metric, Ratio):
        return Query(reckoned_by=f"{metric.part} / {metric.whole}")
    return Query()


def _shown(statement: str, parameters: Any) -> Query:
    readable = sqlparse.format(statement.replace('"', ""), reindent=True, keyword_case="upper")
    return Query(readable, tuple(str(parameter) for parameter in parameters))
