"""`manage.py stats close|recompute|verify|explain`: the closing of months, and what a figure is made of."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from centers.models import Center
from common import clock
from common.months import Month
from common.words.times import moment_words
from stats.domain import metrics as registry
from stats.models import ClosingRun, ReportingMonth
from stats.selectors.explain import Explanation, explain
from stats.services import closing
from stats.values.figure_words import figure_words
from stats.values.periods import Period


class Command(BaseCommand):
    help = "Close months, count them anew, check that nodes are the sums of their parts, or explain a figure."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        close = verbs.add_parser("close", help="Close a month; without one the running month and the one before.")
        close.add_argument("month", nargs="?", help="As 2026-10.")
        close.add_argument("--all", action="store_true", help="Every month since the first record.")
        recompute = verbs.add_parser("recompute", help="Close every month from one to another.")
        recompute.add_argument("first", help="As 2026-01.")
        recompute.add_argument("last", help="As 2026-10.")
        verify = verbs.add_parser("verify", help="Name the nodes whose figure isn't the sum of its parts.")
        verify.add_argument("month", nargs="?", help="As 2026-10; without one every month that was closed.")
        explained = verbs.add_parser("explain", help="Tell what a figure is made of.")
        explained.add_argument("metric", help="Code, as activity.people.")
        explained.add_argument("center", help="Code of a center.")
        explained.add_argument("period", help="As 2026-10, 2026-Q3, 2026, 2026-10-ytd, all.")

    def handle(self, *args: Any, **options: Any) -> None:
        {"close": self._close, "recompute": self._recompute, "verify": self._verify, "explain": self._explain}[
            options["verb"]
        ](options)

    def _close(self, options: dict[str, Any]) -> None:
        if options["all"]:
            self._say_run(closing.close_all(now=clock.now()))
        elif options["month"]:
            self._say_run(closing.close(_month(options["month"])))
        else:
            self._say_run(closing.close_running(now=clock.now()))

    def _recompute(self, options: dict[str, Any]) -> None:
        first, last = _month(options["first"]), _month(options["last"])
        if last < first:
            raise CommandError("The last month lies before the first.")
        self._say_run(closing.close(first, last))

    def _verify(self, options: dict[str, Any]) -> None:
        """Raises CommandError (exit code 1) naming what differs."""
        months = [Month(month) for month in ReportingMonth.objects.values_list("month", flat=True)]
        chosen = [_month(options["month"])] if options["month"] else months
        found = [(month, difference) for month in chosen for difference in closing.verify(month)]
        codes = dict(Center.objects.filter(pk__in=[one.node_id for _m, one in found]).values_list("pk", "code"))
        for month, one in found:
            self.stdout.write(
                f"{month} {codes.get(one.node_id, one.node_id)} {one.metric}: kept {one.kept}, parts {one.added}"
            )
        if found:
            raise CommandError(f"{len(found)} figures differ from the sum of their parts.")
        self.stdout.write(f"{len(chosen)} months, all figures are the sums of their parts.")

    def _explain(self, options: dict[str, Any]) -> None:
        metric, period = registry.find(options["metric"]), Period.said(options["period"])
        center = Center.objects.filter(code=options["center"]).first()
        if metric is None:
            raise CommandError(f"No such metric. There are: {', '.join(one.code for one in registry.all_metrics())}")
        if center is None or period is None:
            raise CommandError("No such center, or no such period: 2026-10, 2026-Q3, 2026, 2026-10-ytd, all.")
        for line in _lines(explain(metric, center, period)):
            self.stdout.write(line)

    def _say_run(self, run: ClosingRun) -> None:
        self.stdout.write(f"{run.first:%Y-%m} to {run.last:%Y-%m}: {run.changed} rows changed, {run.steps} steps")


def _month(text: str) -> Month:
    month = Month.said(text)
    if month is None:
        raise CommandError(f"{text} is no month up to the present one: say it as 2026-10.")
    return month


def _lines(explained: Explanation) -> list[str]:
    """Explanation in lines of text."""
    metric, unit = explained.metric, explained.metric.unit
    lines = [
        f"{metric.name}, {explained.center.name}, {explained.period}: {figure_words(explained.figure.value, unit)}",
        f"  {metric.definition}",
        f"  {metric.basis}; {metric.code}, {metric.version}",
    ]
    if explained.parts:
        own = explained.parts.own
        lines.append(f"  {explained.center.code}: {figure_words(own.value, unit)} ({own.n_records}, {own.checksum})")
        lines += [
            f"  + {part.center.code} {part.center.name}: {figure_words(part.value, unit)} ({part.n_records})"
            for part in explained.parts.below
            if part.n_records
        ]
        lines.append(f"  = {figure_words(explained.parts.total, unit)} ({explained.parts.n_records})")
    lines += [f"  {one.metric.code}: {figure_words(one.figure.value, one.metric.unit)}" for one in explained.share_of]
    if explained.counted_at:
        lines.append(f"  {moment_words(explained.counted_at)}")
    query = explained.query
    lines += ["", query.sql or query.reckoned_by, *(f"  {value}" for value in query.parameters)]
    return lines
