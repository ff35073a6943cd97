"""Publishing of a revision: a snapshot of a center's records of a month and of the figures they come to."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from stats.domain import metrics, published_sql
from stats.domain.metrics import Computed
from stats.models import CenterReport


def publish_revision(report: CenterReport, lineage: Sequence[int], *, at: dt.datetime) -> None:
    """Write the records and figures of `report.revision`, within the transaction of who submits it."""
    keys: dict[str, Any] = {"month": report.month, "center": report.center_id, "revision": report.revision}
    with connection.cursor() as cursor:
        for totals in metrics.totals_by_source().values():
            source = totals[0].source
            live, given = published_sql.live_records(source, totals, report.of_month, [report.center_id])
            statement = published_sql.PUBLISH_RECORDS.format(live=live)
            cursor.execute(statement, {**given, **keys, "source": source.code})
        computed = [metric.code for metric in metrics.all_metrics() if isinstance(metric, Computed)]
        cursor.execute(published_sql.PUBLISH_FACTS, {**keys, "lineage": list(lineage), "at": at, "computed": computed})
