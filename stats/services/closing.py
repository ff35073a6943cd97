"""Closing of a month: facts of every center from its records, then the figures of every node of the tree.

Set-based: one statement a source. Safe to repeat, and to run twice at once: whoever comes second waits, and finds
everything as it is. How it works: docs/mechanisms/statistics.md.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Min

from common import clock
from common.database import advisory_lock
from common.months import Month
from stats.choices import HOURS, PeriodKind, RunState
from stats.domain import metrics, statements
from stats.domain.metrics import Distinct, Share, Source, Weekly
from stats.models import ClosingRun, MonthCenter, ReportingMonth, Rollup
from stats.values.periods import Period

LOCK = "stats.closing"
# A center that was open for fewer days of a month isn't expected to report. Ours.
FEWEST_DAYS = 15
DAY = dt.timedelta(days=1)
# A run whose worker was killed is given up after so long.
LONGEST_RUN = dt.timedelta(hours=2)
# Name, the month whose lock it takes, and what it does: the number of rows it changed.
Step = tuple[str, Month, Callable[[], int]]


@dataclasses.dataclass(frozen=True)
class Difference:
    """Node whose figure isn't the sum of its parts: what is kept, and what the parts add up to."""

    node_id: int
    metric: str
    kept: Decimal | None
    added: Decimal | None


def close(first: Month, last: Month | None = None, *, now: dt.datetime | None = None) -> ClosingRun:
    """Recount a month, or all from `first` to `last`, and replace what differs.

    Returns the run, with the number of rows that changed.
    """
    as_of = now or clock.now()
    months = list(_months(first, last or first))
    run = ClosingRun.objects.create(first=first.first, last=months[-1].first, started_at=as_of)
    try:
        run.changed = _run(run, _steps(months))
    except BaseException:
        ClosingRun.objects.filter(pk=run.pk).update(state=RunState.FAILED, finished_at=clock.now())
        raise
    run.state, run.finished_at, run.as_of, run.done = RunState.DONE, clock.now(), as_of, run.steps
    run.save()
    return run


def close_running(*, now: dt.datetime) -> ClosingRun:
    """Close the month that is running, and the one before it, whose records still come in; at first all months."""
    _give_up_silent(now)
    if not ReportingMonth.objects.exists():
        return close_all(now=now)
    month = Month.of(clock.local(now).date())
    return close(month.before, month, now=now)


def close_all(*, now: dt.datetime) -> ClosingRun:
    """Close every month since the first record, for what came in late."""
    last = Month.of(clock.local(now).date())
    return close(min(first_month() or last, last), last, now=now)


def first_month() -> Month | None:
    """The month of the first record of any source; None without records. A query a source."""
    found = [source.rows().aggregate(first=Min(source.at))["first"] for source, _totals in _sources()]
    moments = [moment for moment in found if moment is not None]
    return Month.of(clock.local(min(moments)).date()) if moments else None


def place_centers(month: Month) -> None:
    """Place the centers of a month that is over, once and for all, if no closing has done so yet."""
    if ReportingMonth.objects.filter(month=month.first, frozen_at__isnull=False).exists():
        return
    with transaction.atomic():
        _lock(month)
        _place_centers(month)


def roll_up_again(month: Month) -> int:
    """Add up the nodes of a month anew, after what counts of a center has changed; within the caller's transaction.

    Take it last, after all locks of rows: closings hold this lock and wait for no row of a report.
    """
    _lock(month)
    return _roll_up(month)


def verify(month: Month) -> list[Difference]:
    """Nodes of a month whose figure isn't their own facts with those of the nodes right below, for additive metrics."""
    codes = [metric.code for metric in metrics.all_metrics() if metric.is_additive and metric.in_total]
    with connection.cursor() as cursor:
        cursor.execute(statements.NOT_THE_SUM, {"month": month.first, "metrics": codes})
        return [Difference(*row) for row in cursor.fetchall()]


def _months(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first = first.after


def _steps(months: list[Month]) -> list[Step]:
    """Steps of a closing, each a transaction and safe to repeat: a run that was killed is made good by the next."""
    steps: list[Step] = []
    for month in months:
        steps.append((f"centers {month}", month, partial(_place_centers, month)))
        steps.append((f"figures {month}", month, partial(_count_figures, month)))
    # Of a period that several of the months lie in the sets are counted once.
    periods = dict.fromkeys(period for month in months for period in _periods_with(month))
    steps.extend((f"sets {period}", period.last, partial(_count_sets, period)) for period in periods)
    return steps


def _run(run: ClosingRun, steps: list[Step]) -> int:
    run.steps, changed = len(steps), 0
    run.save(update_fields=["steps"])
    for done, (name, month, step) in enumerate(steps):
        # Outside the transaction of the step: its progress is seen while it runs.
        ClosingRun.objects.filter(pk=run.pk).update(step=name, done=done)
        _make_partition(month)
        with transaction.atomic():
            _lock(month)
            changed += step()
    return changed


def _lock(month: Month) -> None:
    advisory_lock(LOCK, month.first.year * 100 + month.first.month)


def _place_centers(month: Month) -> int:
    reporting, _made = ReportingMonth.objects.get_or_create(month=month.first)
    if reporting.frozen_at is not None:
        return 0
    is_over = month.ends_at <= clock.now()
    last = month.last if is_over else min(month.last, clock.today())
    with connection.cursor() as cursor:
        cursor.execute(
            statements.PLACE_CENTERS,
            {"first": month.first, "last": last, "end": month.after.first, "fewest_days": FEWEST_DAYS},
        )
        changed = int(cursor.rowcount)
    if is_over:
        reporting.frozen_at = clock.now()
        reporting.save(update_fields=["frozen_at"])
    return changed


def _count_figures(month: Month) -> int:
    """Facts and the nodes above them in one transaction: at no moment does a node differ from its parts."""
    return _count_facts(month) + _roll_up(month) + sum(_count_week(metric, month) for metric in metrics.of_week())


def _count_facts(month: Month) -> int:
    changed = 0
    for source, totals in _sources():
        new, parameters = statements.facts_of_source(source, totals, month)
        changed += _replace_facts(new, parameters, [metric.code for metric in totals], month)
    for together in metrics.computed_together():
        rows = list(together[0].rows(month))
        for metric in together:
            given = [(center, values[metric.column]) for center, values in rows if values[metric.column]]
            centers, values_ = [center for center, _value in given], [value for _center, value in given]
            changed += _replace_facts(statements.COMPUTED, [metric.code, centers, values_], [metric.code], month)
    return changed


def _count_week(metric: Weekly, month: Month) -> int:
    """Shares by hour of the week, at centers and at the nodes above them."""
    given: dict[str, Any] = {"month": month.first, "metric": metric.code, "centers": [], "hours": []}
    given |= {"parts": [], "wholes": []}
    for center, parts, wholes in metric.rows(month):
        given["centers"] += [center] * HOURS
        given["hours"] += range(HOURS)
        given["parts"] += parts
        given["wholes"] += wholes
    return _changed(statements.REPLACE_WEEKS, given)


def _replace_facts(new: str, parameters: list[Any], codes: list[str], month: Month) -> int:
    statement = statements.REPLACE_FACTS.format(new=new)
    return _changed(statement, [*parameters, month.first, codes, month.first, month.first])


def _roll_up(month: Month) -> int:
    known = metrics.all_metrics()
    return _replace_rollups(
        Period(PeriodKind.MONTH, month),
        [metric.code for metric in known if metric.is_additive],
        statements.FROM_FACTS,
        apart=[metric.code for metric in known if not metric.in_total],
    )


def _count_sets(period: Period) -> int:
    """Sets of a period, which stay as they were counted once every report of its months is final."""
    if Rollup.objects.sets_of(period).exists() and not MonthCenter.objects.not_final(period).exists():
        return 0
    sets = [metric for metric in metrics.all_metrics() if isinstance(metric, Distinct | Share)]
    return sum(_count_set(metric, period) for metric in sets)


def _periods_with(month: Month) -> Iterator[Period]:
    """Periods whose sets a record of this month may change: of years to date, those that end with it or later."""
    yield from (Period.of(kind, month) for kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR))
    present, until = Month.of(clock.today()), month
    while until <= present and until.first.year == month.first.year:
        yield Period(PeriodKind.TO_DATE, until)
        until = until.after
    yield Period.of(PeriodKind.ALL, month)


def _count_set(metric: Distinct | Share, period: Period) -> int:
    """Count a set anew for every node: how many different ones, or part and whole of a share."""
    if isinstance(metric, Distinct):
        counted, parameters = statements.sets_of_nodes(metric, period.starts_at, period.ends_at)
        with connection.cursor() as cursor:
            cursor.execute(counted, parameters)
            rows = [(node, number, number) for node, number in cursor.fetchall()]
        new = statements.SETS
    else:
        rows = list(metric.rows(period))
        new = statements.SHARES
    nodes, parts, wholes = ([row[n] for row in rows] for n in range(3))
    return _replace_rollups(period, [metric.code], new, code=metric.code, nodes=nodes, parts=parts, wholes=wholes)


def _replace_rollups(period: Period, codes: list[str], new: str, **parameters: Any) -> int:
    given = {**parameters, "kind": period.kind, "month": period.key, "metrics": codes}
    return _changed(statements.REPLACE_ROLLUPS.format(new=new), given)


def _sources() -> list[tuple[Source, list[Any]]]:
    return [(totals[0].source, totals) for totals in metrics.totals_by_source().values()]


def _changed(statement: str, parameters: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.fetchone()[0])


def _make_partition(month: Month) -> None:
    """Make the table's part for a month; outside the closing's transaction, since it locks the whole for a moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stats_make_partition(%s)", [month.first])


def _give_up_silent(now: dt.datetime) -> None:
    silent = ClosingRun.objects.filter(state=RunState.RUNNING, started_at__lt=now - LONGEST_RUN)
    silent.update(state=RunState.FAILED, finished_at=now)
