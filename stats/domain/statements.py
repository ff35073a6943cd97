"""SQL statements of the closing: each replaces a whole bucket and leaves rows that are the same untouched.

Run by `stats.services.closing` alone.
"""

from typing import Any

from django.db import connection
from django.db.models import Aggregate, BigIntegerField, Count, DecimalField, F, Func, Sum, Value
from django.db.models.functions import Cast, Coalesce

from common.months import Month
from stats.domain.metrics import Distinct, Source, Total

# How a moment becomes the first day of its month in Shanghai, whatever zone the session is in.
MONTH_OF = "date_trunc('month', {moment} AT TIME ZONE 'Asia/Shanghai')::date"

# Each center as it stood on the last of the month's days on which it was open; suspended and planned as they are now.
PLACE_CENTERS = """
    WITH placed AS (
        SELECT c.id, c.status, c.opened_on, c.closed_on,
            LEAST(%(last)s::date, COALESCE(c.closed_on - 1, %(last)s::date)) AS day,
            GREATEST(0, LEAST(%(end)s::date, COALESCE(c.closed_on, %(end)s::date))
                - GREATEST(%(first)s::date, COALESCE(c.opened_on, %(first)s::date))) AS days_open
        FROM centers_center c
    ), new AS (
        SELECT p.id AS center_id, array_agg(a.ancestor_id ORDER BY a.depth DESC) AS lineage,
            CASE
                WHEN p.closed_on <= %(first)s THEN 'closed'
                WHEN p.closed_on IS NULL AND p.status = 'closed' THEN 'closed'
                WHEN p.status = 'planned' THEN 'planned'
                WHEN p.status = 'suspended' THEN 'suspended'
                WHEN p.days_open < %(fewest_days)s THEN 'not_open'
                ELSE ''
            END AS not_expected
        FROM placed p JOIN centers_centerancestor a ON a.center_id = p.id AND a.valid @> p.day
        GROUP BY p.id, p.status, p.opened_on, p.closed_on, p.days_open
    ), gone AS (
        DELETE FROM stats_monthcenter WHERE month = %(first)s AND center_id NOT IN (SELECT center_id FROM new)
    )
    INSERT INTO stats_monthcenter AS old (month, center_id, lineage, not_expected)
    SELECT %(first)s, center_id, lineage, not_expected FROM new
    ON CONFLICT (month, center_id) DO UPDATE
        SET lineage = excluded.lineage, not_expected = excluded.not_expected
        WHERE (old.lineage, old.not_expected) IS DISTINCT FROM (excluded.lineage, excluded.not_expected)
"""

# `new`: center_id, metric, value, n_records, source_hash. Counts the rows that changed.
REPLACE_FACTS = """
    WITH {new}, gone AS (
        DELETE FROM stats_fact old WHERE old.month = %s AND old.metric = ANY(%s) AND NOT EXISTS (
            SELECT 1 FROM new WHERE new.center_id = old.center_id AND new.metric = old.metric
        ) RETURNING 1
    ), put AS (
        INSERT INTO stats_fact AS old (month, center_id, metric, value, n_records, source_hash, lineage)
        SELECT %s, new.center_id, new.metric, new.value, new.n_records, new.source_hash, placed.lineage
        FROM new JOIN stats_monthcenter placed ON placed.month = %s AND placed.center_id = new.center_id
        ON CONFLICT (month, center_id, metric) DO UPDATE
            SET value = excluded.value, n_records = excluded.n_records, source_hash = excluded.source_hash,
                lineage = excluded.lineage
            WHERE (old.value, old.n_records, old.source_hash, old.lineage)
                IS DISTINCT FROM (excluded.value, excluded.n_records, excluded.source_hash, excluded.lineage)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM put)
"""

# Figures that were reckoned outside the database, as `new`: metric, centers, values.
COMPUTED = """new AS (
    SELECT center_id, %s AS metric, value, 1 AS n_records, value * 100 AS source_hash
    FROM unnest(%s::bigint[], %s::numeric[]) AS given(center_id, value)
)"""

# `new`: node_id, metric, value, part, whole, n_records.
REPLACE_ROLLUPS = """
    WITH new AS ({new}), gone AS (
        DELETE FROM stats_rollup old
        WHERE old.kind = %(kind)s AND old.month = %(month)s AND old.metric = ANY(%(metrics)s) AND NOT EXISTS (
            SELECT 1 FROM new WHERE new.node_id = old.node_id AND new.metric = old.metric
        ) RETURNING 1
    ), put AS (
        INSERT INTO stats_rollup AS old (kind, month, node_id, metric, value, part, whole, n_records)
        SELECT %(kind)s, %(month)s, node_id, metric, value, part, whole, n_records FROM new
        ON CONFLICT (kind, month, node_id, metric) DO UPDATE
            SET value = excluded.value, part = excluded.part, whole = excluded.whole, n_records = excluded.n_records
            WHERE (old.value, old.part, old.whole, old.n_records)
                IS DISTINCT FROM (excluded.value, excluded.part, excluded.whole, excluded.n_records)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM put)
"""

# Own figures that count: the live ones, or those of the revision that a center's report says; of what wasn't reported
# none.
COUNTED = """
    SELECT fact.center_id, fact.metric, fact.value, fact.n_records, fact.lineage FROM stats_fact fact
    LEFT JOIN stats_centerreport report ON report.month = fact.month AND report.center_id = fact.center_id
    WHERE fact.month = %(month)s AND report.counted_revision IS NULL
    UNION ALL
    SELECT fact.center_id, fact.metric, fact.value, fact.n_records, fact.lineage FROM stats_publishedfact fact
    JOIN stats_centerreport report ON report.month = fact.month AND report.center_id = fact.center_id
        AND report.counted_revision = fact.revision
    WHERE fact.month = %(month)s
"""

# Every figure at every node above its center; what isn't part of any total stays at the center.
FROM_FACTS = f"""
    SELECT node AS node_id, metric, sum(value) AS value, NULL::integer AS part, NULL::integer AS whole,
        sum(n_records)::integer AS n_records
    FROM ({COUNTED}) AS counted CROSS JOIN LATERAL unnest(lineage) AS node
    WHERE node = center_id OR NOT metric = ANY(%(apart)s)
    GROUP BY node, metric
"""  # noqa: S608 (made of our own pieces)

_GIVEN = "unnest(%(nodes)s::bigint[], %(parts)s::integer[], %(wholes)s::integer[]) AS given(node_id, part, whole)"
# Figures of a set that were counted by node, as `new`: the number itself, or a share in percent.
SETS = f"""
    SELECT node_id, %(code)s AS metric, whole AS value, NULL::integer AS part, NULL::integer AS whole, 0 AS n_records
    FROM {_GIVEN}
"""  # noqa: S608 (made of our own pieces)
SHARES = f"""
    SELECT node_id, %(code)s AS metric, round(100.0 * part / NULLIF(whole, 0), 1) AS value, part, whole, 0 AS n_records
    FROM {_GIVEN}
"""  # noqa: S608 (made of our own pieces)

# Weeks of centers, given as (center, hour of the week, part, whole), added up at every node above.
REPLACE_WEEKS = """
    WITH hours AS (
        SELECT node AS node_id, given.hour, sum(given.part)::integer AS part, sum(given.whole)::integer AS whole
        FROM unnest(%(centers)s::bigint[], %(hours)s::integer[], %(parts)s::integer[], %(wholes)s::integer[])
            AS given(center_id, hour, part, whole)
        JOIN stats_monthcenter placed ON placed.month = %(month)s AND placed.center_id = given.center_id
        CROSS JOIN LATERAL unnest(placed.lineage) AS node
        GROUP BY node, given.hour
    ), new AS (
        SELECT node_id, array_agg(part ORDER BY hour) AS parts, array_agg(whole ORDER BY hour) AS wholes
        FROM hours GROUP BY node_id
    ), gone AS (
        DELETE FROM stats_weekprofile old
        WHERE old.month = %(month)s AND old.metric = %(metric)s AND old.node_id NOT IN (SELECT node_id FROM new)
        RETURNING 1
    ), put AS (
        INSERT INTO stats_weekprofile AS old (month, node_id, metric, parts, wholes)
        SELECT %(month)s, node_id, %(metric)s, parts, wholes FROM new
        ON CONFLICT (month, node_id, metric) DO UPDATE SET parts = excluded.parts, wholes = excluded.wholes
            WHERE (old.parts, old.wholes) IS DISTINCT FROM (excluded.parts, excluded.wholes)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM put)
"""

# Nodes whose figure isn't their own facts and those of the nodes right below; empty when all is well.
NOT_THE_SUM = f"""
    WITH direct AS (
        SELECT lineage[cardinality(lineage) - 1] AS parent, center_id FROM stats_monthcenter WHERE month = %(month)s
    ), parts AS (
        SELECT direct.parent AS node_id, rollup.metric, sum(rollup.value) AS value
        FROM direct JOIN stats_rollup rollup
            ON rollup.kind = 'month' AND rollup.month = %(month)s AND rollup.node_id = direct.center_id
        WHERE direct.parent IS NOT NULL GROUP BY direct.parent, rollup.metric
        UNION ALL
        SELECT center_id, metric, value FROM ({COUNTED}) AS counted
    ), added AS (
        SELECT node_id, metric, sum(value) AS value FROM parts GROUP BY node_id, metric
    ), kept AS (
        SELECT node_id, metric, value FROM stats_rollup WHERE kind = 'month' AND month = %(month)s
    )
    SELECT node_id, metric, kept.value, added.value
    FROM kept FULL JOIN added USING (node_id, metric)
    WHERE metric = ANY(%(metrics)s) AND kept.value IS DISTINCT FROM added.value
    ORDER BY node_id, metric
"""  # noqa: S608 (made of our own pieces)

VALUE = DecimalField(max_digits=18, decimal_places=2)


def value_in(metric: Total) -> Cast:
    """Expression of what a record counts with, where it is part of the figure: its value, or 1."""
    return Cast(Coalesce(metric.value, Value(0)) if metric.value is not None else Value(1), VALUE)


def facts_of_source(source: Source, metrics: list[Total], month: Month) -> tuple[str, list[Any]]:
    """Statement `new` of REPLACE_FACTS with its parameters: all sums of a source in one pass over its records."""
    sums: dict[str, Aggregate] = {}
    for n, metric in enumerate(metrics):
        value = value_in(metric)
        sums[f"value_{n}"] = Sum(value, filter=metric.where)
        sums[f"count_{n}"] = Count("pk", filter=metric.where)
        sums[f"hash_{n}"] = Sum(record_hash(value), filter=metric.where)
    grouped = source.within(month.starts_at, month.ends_at).values(at_center=F(source.center)).annotate(**sums)
    statement, parameters = grouped.query.get_compiler(connection=connection).as_sql()
    rows = ", ".join(f"(%s, value_{n}, count_{n}, hash_{n})" for n in range(len(metrics)))
    new = f"""grouped AS ({statement}), new AS (
        SELECT at_center AS center_id, unpivoted.* FROM grouped
        CROSS JOIN LATERAL (VALUES {rows}) AS unpivoted(metric, value, n_records, source_hash) WHERE n_records > 0
    )"""  # noqa: S608 (made of our own pieces)
    return new, [*parameters, *(metric.code for metric in metrics)]


def record_hash(value: Any) -> Func:
    """64 bits of a record's id and value, to be added up: the order of the records doesn't matter."""
    cents = Cast(value * Value(100), BigIntegerField())
    return Func(Cast("pk", BigIntegerField()), cents, function="hashint8extended", output_field=DecimalField())


def sets_of_nodes(metric: Distinct, starts_at: Any, ends_at: Any) -> tuple[str, list[Any]]:
    """Query of how many different keys each node has between two moments, as (node_id, value).

    Each record counts at the nodes above its center in its month.
    """
    source = metric.source
    records = source.within(starts_at, ends_at).filter(metric.where)
    keys = records.values_list(F(source.center), F(source.at), metric.key).distinct()
    statement, parameters = keys.query.get_compiler(connection=connection).as_sql()
    month = MONTH_OF.format(moment="records.at")
    counted = f"""
        SELECT node, count(DISTINCT records.key)::integer
        FROM ({statement}) AS records(center_id, at, key)
        JOIN stats_monthcenter placed ON placed.center_id = records.center_id AND placed.month = {month}
        CROSS JOIN LATERAL unnest(placed.lineage) AS node
        GROUP BY node
    """  # noqa: S608 (made of our own pieces)
    return counted, list(parameters)
