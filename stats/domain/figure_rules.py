"""Rules on figures alone: impossible, unlike last year's, unlike the months before, nothing at all, entered late."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats.choices import Severity, Unit
from stats.domain import metrics
from stats.domain.metrics import Total
from stats.domain.rules import Case, Figures, Outcome, Rule, register

ZERO = "W6"
# Of the specification: a change is looked at if it is more than so many percent, and so many besides.
MOST_PERCENT, FEWEST_CHANGED = 100, 5
# Modified z-score by the median: 0.6745·|x−median| ÷ MAD, over the months before.
MOST_Z, Z_FACTOR, Z_MONTHS, FEWEST_MONTHS = Decimal("3.5"), Decimal("0.6745"), 12, 6
MOST_LATE_PERCENT = 50
YEAR = 12


def reported() -> list[Total]:
    """Sums of the areas that a report answers for."""
    found = [metric for metric in metrics.all_metrics() if isinstance(metric, Total) and metric.is_open]
    return [metric for metric in found if metric.area.is_reported]


def empty_areas(figures: Figures) -> list[metrics.Area]:
    """Areas that a report answers for and that nothing was recorded in."""
    areas = dict.fromkeys(metric.area for metric in reported())
    full = {metric.area for metric in reported() if figures.get(metric.code)}
    return [area for area in areas if area not in full]


def _name(code: str) -> str:
    metric = metrics.find(code)
    if metric is None:
        return code
    if metric.unit == Unit.ATTENDANCES:
        return _("%(area)s, people who came") % {"area": metric.area.name}
    return str(metric.name)


def _plain(value: Any) -> str:
    number = Decimal(str(value))
    return str(int(number)) if number == int(number) else str(number.normalize())


def people_of_nothing(case: Case) -> Outcome:
    """B3: people came to what wasn't held."""
    bad = []
    for area in dict.fromkeys(metric.area for metric in reported()):
        own = [metric for metric in reported() if metric.area == area]
        held = sum(case.figures.get(metric.code, Decimal(0)) for metric in own if metric.value is None)
        came = [metric.code for metric in own if metric.value is not None and case.figures.get(metric.code)]
        bad += came if not held else []
    return Outcome(bool(bad), {"metrics": bad})


def unlike_last_year(case: Case) -> Outcome | None:
    """W2: more than double of the same month last year."""
    before = case.past.get(case.month.plus(-YEAR))
    if before is None:
        return None
    found = [
        {"metric": code, "now": str(now), "before": str(then)}
        for code, now, then in _pairs(case.figures, before)
        if then and abs(now - then) >= FEWEST_CHANGED and abs(now - then) * 100 > MOST_PERCENT * then
    ]
    return Outcome(bool(found), {"changes": found})


def _pairs(now: Figures, then: Figures) -> Iterator[tuple[str, Decimal, Decimal]]:
    for metric in reported():
        yield metric.code, now.get(metric.code, Decimal(0)), then.get(metric.code, Decimal(0))


def unlike_the_months_before(case: Case) -> Outcome | None:
    """W3: far from the median of the twelve months before, measured by their spread."""
    months = [case.month.plus(-n) for n in range(1, Z_MONTHS + 1)]
    known = [case.past[month] for month in months if month in case.past]
    if len(known) < FEWEST_MONTHS:
        return None
    found = []
    for metric in reported():
        values = [figures.get(metric.code, Decimal(0)) for figures in known]
        middle = median(values)
        spread = median(abs(value - middle) for value in values)
        now = case.figures.get(metric.code, Decimal(0))
        if spread and Z_FACTOR * abs(now - middle) / spread > MOST_Z:
            found.append({"metric": metric.code, "now": str(now), "median": str(middle)})
    return Outcome(bool(found), {"outliers": found})


def entered_late(case: Case) -> Outcome | None:
    """W5: most of the records were entered after the month was over."""
    late = total = 0
    for source in {metric.source.code: metric.source for metric in reported()}.values():
        if source.entered:
            rows = source.within(case.month.starts_at, case.month.ends_at).filter(**{source.center: case.center_id})
            moments = [at for at in rows.values_list(source.entered, flat=True) if at is not None]
            total += len(moments)
            late += sum(at >= case.month.ends_at for at in moments)
    if not total:
        return None
    return Outcome(late * 100 > MOST_LATE_PERCENT * total, {"late": late, "total": total})


def nothing_at_all(case: Case) -> Outcome:
    """W6: a zero report."""
    return Outcome(not any(case.figures.get(metric.code) for metric in reported()))


def _say_last_year(params: Mapping[str, Any]) -> str:
    said = [
        _("%(name)s: %(now)s, last year %(before)s")
        % {"name": _name(one["metric"]), "now": _plain(one["now"]), "before": _plain(one["before"])}
        for one in params["changes"]
    ]
    return _("More than double of the same month last year: %(list)s") % {"list": _("; ").join(said)}


def _say_outliers(params: Mapping[str, Any]) -> str:
    said = [
        _("%(name)s: %(now)s, usually about %(median)s")
        % {"name": _name(one["metric"]), "now": _plain(one["now"]), "median": _plain(one["median"])}
        for one in params["outliers"]
    ]
    return _("Far from the twelve months before: %(list)s") % {"list": _("; ").join(said)}


def register_all() -> None:
    """Make the rules on figures known to the reports."""
    explain = Severity.EXPLAIN
    register(
        Rule(
            code="B3",
            severity=Severity.BLOCKS,
            name=gettext_lazy("People without an event"),
            passed=gettext_lazy("Nobody came to what wasn't held"),
            words=lambda params: (
                _("People are recorded where nothing was held: %(list)s")
                % {"list": _(", ").join(map(_name, params["metrics"]))}
            ),
            check=people_of_nothing,
        ),
        Rule(
            code="W2",
            severity=explain,
            name=gettext_lazy("Same month last year"),
            passed=gettext_lazy("Like the same month last year"),
            words=_say_last_year,
            check=unlike_last_year,
        ),
        Rule(
            code="W3",
            severity=explain,
            name=gettext_lazy("The twelve months before"),
            passed=gettext_lazy("Like the months before"),
            words=_say_outliers,
            check=unlike_the_months_before,
        ),
        Rule(
            code="W5",
            severity=explain,
            name=gettext_lazy("Entered after the month"),
            passed=gettext_lazy("Recorded in time"),
            words=lambda params: (
                _("%(late)s of %(total)s records were entered after the month was over.")
                % {"late": params["late"], "total": params["total"]}
            ),
            check=entered_late,
        ),
        Rule(
            code=ZERO,
            severity=explain,
            name=gettext_lazy("Zero report"),
            passed=gettext_lazy("Something was held"),
            words=lambda params: _("Nothing at all is recorded for this month."),
            check=nothing_at_all,
        ),
    )
