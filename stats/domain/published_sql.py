"""SQL statements of what is published: records and figures of a revision, and what has changed in records since."""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import Case, F, When

from common.months import Month
from stats.domain.metrics import Source, Total
from stats.domain.statements import VALUE, value_in

PUBLISH_RECORDS = """
    WITH {live}
    INSERT INTO stats_publishedrecord (month, center_id, revision, metric, source, record, value)
    SELECT %(month)s, center_id, %(revision)s, metric, %(source)s, record, value FROM live
"""
# Sums of the records just published; what isn't made of records as the last closing reckoned it.
PUBLISH_FACTS = """
    INSERT INTO stats_publishedfact
        (month, center_id, revision, metric, value, n_records, source_hash, lineage, at)
    SELECT month, center_id, revision, metric, sum(value), count(*),
        sum(hashint8extended(record, (value * 100)::bigint)), %(lineage)s::bigint[], %(at)s
    FROM stats_publishedrecord
    WHERE month = %(month)s AND center_id = %(center)s AND revision = %(revision)s
    GROUP BY month, center_id, revision, metric
    UNION ALL
    SELECT month, center_id, %(revision)s, metric, value, n_records, source_hash, %(lineage)s::bigint[], %(at)s
    FROM stats_fact WHERE month = %(month)s AND center_id = %(center)s AND metric = ANY(%(computed)s)
"""

# Months and centers whose approved or locked figures differ from what their records come to, or did.
CHANGED_SINCE = """
    WITH settled AS (
        SELECT month, center_id, counted_revision AS revision FROM stats_centerreport
        WHERE state IN ('approved', 'locked')
    ), published AS (
        SELECT month, center_id, metric, fact.source_hash FROM settled
        JOIN stats_publishedfact fact USING (month, center_id, revision) WHERE metric = ANY(%(metrics)s)
    ), live AS (
        SELECT month, center_id, metric, fact.source_hash FROM settled
        JOIN stats_fact fact USING (month, center_id) WHERE metric = ANY(%(metrics)s)
    )
    SELECT DISTINCT month, center_id FROM published FULL JOIN live USING (month, center_id, metric)
    WHERE published.source_hash IS DISTINCT FROM live.source_hash
    UNION
    SELECT month, center_id FROM settled JOIN stats_latechange USING (month, center_id) WHERE disposition = ''
"""
# What differs becomes a late change, what doesn't any more is none. Decided ones aren't found a second time.
FIND_LATE_CHANGES = """
    WITH {live}, settled AS (
        SELECT center_id, counted_revision AS revision FROM stats_centerreport
        WHERE state IN ('approved', 'locked') AND month = %(month)s AND center_id = ANY(%(centers)s)
    ), published AS (
        SELECT center_id, record, metric, value FROM settled
        JOIN stats_publishedrecord USING (center_id, revision) WHERE month = %(month)s AND source = %(source)s
    ), changed AS (
        SELECT center_id, settled.revision, metric, record, published.value AS before, live.value AS after
        FROM published FULL JOIN live USING (center_id, record, metric) JOIN settled USING (center_id)
        WHERE published.value IS DISTINCT FROM live.value
    ), gone AS (
        DELETE FROM stats_latechange old
        WHERE old.month = %(month)s AND old.center_id = ANY(%(centers)s) AND old.source = %(source)s
            AND old.disposition = '' AND NOT EXISTS (
                SELECT 1 FROM changed WHERE changed.center_id = old.center_id AND changed.revision = old.revision
                    AND changed.metric = old.metric AND changed.record = old.record
            )
    ), put AS (
        INSERT INTO stats_latechange AS old
            (month, center_id, revision, metric, source, record, before, after, found_at, disposition, reason)
        SELECT %(month)s, center_id, revision, metric, %(source)s, record, before, after, %(now)s, '', ''
        FROM changed WHERE NOT EXISTS (
            SELECT 1 FROM stats_latechange decided
            WHERE decided.month = %(month)s AND decided.center_id = changed.center_id
                AND decided.revision = changed.revision AND decided.metric = changed.metric
                AND decided.record = changed.record AND decided.disposition <> ''
                AND decided.after IS NOT DISTINCT FROM changed.after
        )
        ON CONFLICT (month, center_id, revision, metric, record) WHERE disposition = ''
            DO UPDATE SET after = excluded.after, found_at = excluded.found_at
            WHERE old.after IS DISTINCT FROM excluded.after
        RETURNING 1
    )
    SELECT count(*) FROM put
"""


def live_records(
    source: Source, metrics: list[Total], month: Month, centers: Collection[int]
) -> tuple[str, dict[str, Any]]:
    """Query `live` of each record of these centers in each figure it is part of, as center_id, record, metric, value.

    With its parameters, by name.
    """
    values = {f"value_{n}": _value_in(metric) for n, metric in enumerate(metrics)}
    rows = source.within(month.starts_at, month.ends_at).filter(**{f"{source.center}__in": list(centers)})
    found = rows.values(at_center=F(source.center), record_id_=F("pk")).annotate(**values)
    statement, parameters = found.query.get_compiler(connection=connection).as_sql()
    given = {f"live_{n}": value for n, value in enumerate(parameters)}
    named = statement % tuple(f"%({name})s" for name in given)
    codes = {f"metric_{n}": metric.code for n, metric in enumerate(metrics)}
    unpivoted = ", ".join(f"(%(metric_{n})s, value_{n})" for n in range(len(metrics)))
    live = f"""records AS ({named}), live AS (
        SELECT at_center AS center_id, record_id_ AS record, unpivoted.metric, unpivoted.value FROM records
        CROSS JOIN LATERAL (VALUES {unpivoted}) AS unpivoted(metric, value) WHERE unpivoted.value IS NOT NULL
    )"""  # noqa: S608 (made of our own pieces)
    return live, {**given, **codes}


def _value_in(metric: Total) -> Any:
    """Value with which a record counts in a figure; null where it isn't part of it."""
    value = value_in(metric)
    return Case(When(metric.where, then=value), output_field=VALUE) if metric.where else value
