"""Closing against a slow recount: every metric, node and period of histories drawn by lot."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from activities.models import Activity, SignUp
from common.months import Month
from stats.choices import PeriodKind
from stats.domain import metrics as registry
from stats.domain.metrics import Ratio
from stats.models import Fact, MonthCenter, Rollup
from stats.selectors.figures import figures_of
from stats.services.closing import close, verify
from stats.values.periods import Period
from tests.factories.activities import make_participant
from tests.factories.bookings import make_booker
from tests.stats.conftest import NOVEMBER, OCTOBER, at, held
from tests.stats.histories import Records, changes, histories
from tests.stats.recount import BEGINNING, CENTERS, MONTHS, History, Span, end_of_month, recount

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FIRST, LAST = (Month(dt.date(*month, 1)) for month in (MONTHS[0], MONTHS[-1]))


def periods() -> Iterator[Period]:
    """Every period that has a figure."""
    for year, month in MONTHS:
        yield Period(PeriodKind.MONTH, Month(dt.date(year, month, 1)))
        yield Period(PeriodKind.TO_DATE, Month(dt.date(year, month, 1)))
    yield Period(PeriodKind.QUARTER, Month(dt.date(2026, 9, 1)))
    yield Period(PeriodKind.QUARTER, Month(dt.date(2026, 12, 1)))
    yield Period(PeriodKind.YEAR, Month(dt.date(2026, 12, 1)))
    yield Period(PeriodKind.ALL, LAST)


def span_of(period: Period) -> Span:
    """Its days, by the calendar alone."""
    return Span(max(period.first.first, BEGINNING), end_of_month(period.last.first))


def differences(history: History, records: Records) -> list[str]:
    ids = [center.pk for center in records.centers]
    found = []
    for period in periods():
        # A year to date or a year that isn't closed from its first month on is known as far as it is.
        figures = figures_of(ids, period)
        for metric in registry.all_metrics():
            for node in CENTERS:
                kept = figures.of(ids[node], metric).value if figures.period else of_months(ids[node], metric, period)
                right = recount(history, metric.code, node, span_of(period))
                if (None if kept is None else Fraction(kept)) != right:
                    found.append(f"{metric.code} of {node} in {period.kind} {period}: {kept}, not {right}")
    return found


def of_months(node: int, metric: Any, period: Period) -> Decimal | None:
    """Figure of a year to date whose first months nobody closed, since nothing was recorded then."""
    rows = {row.metric: row for row in Rollup.objects.of_period(period, [node])}
    if isinstance(metric, Ratio):
        part, whole = (of_months(node, registry.find(code), period) for code in (metric.part, metric.whole))
        if not whole or whole < metric.fewest or part is None:
            return None
        return (part * 100 / whole).quantize(Decimal("0.1"), "ROUND_HALF_UP")
    if not metric.is_additive:
        row = rows.get(metric.code)
        return row.value if row else (None if isinstance(metric, registry.Share) else Decimal(0))
    monthly = Rollup.objects.monthly(period.first.first, period.last.first, [node]).filter(metric=metric.code)
    return sum((row.value or Decimal(0) for row in monthly), Decimal(0))


@pytest.mark.slow
# A history takes seconds to write and count: one that fails is printed whole, and not made smaller.
@settings(max_examples=5, phases=[Phase.generate])
@given(data=st.data())
def test_every_figure_is_that_of_a_recount(data: st.DataObject) -> None:
    history = data.draw(histories())
    later = data.draw(changes(history))
    with transaction.atomic():
        records = Records(history)
        close(FIRST, LAST)
        assert differences(history, records) == []
        # Late records, corrections, and what was called off after all.
        records.write(later)
        close(FIRST, LAST)
        assert differences(later, records) == []
        assert [difference for year, month in MONTHS for difference in verify(Month(dt.date(year, month, 1)))] == []
        assert close(FIRST, LAST).changed == 0
        transaction.set_rollback(True)


def test_every_registered_metric_is_recounted() -> None:
    """A metric that an app adds needs its line in the recount."""
    history = History(at(11, 24), {}, {}, {}, [], [], [], [])
    span = Span(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    for metric in registry.all_metrics():
        assert recount(history, metric.code, 0, span) in (0, None)


def test_the_recount_would_notice(network: Any) -> None:
    """It differs where a figure is wrong by one."""
    [[city], *_below] = network
    held(city, at(10, 7), people=12)
    close(OCTOBER)
    Rollup.objects.filter(node=city, metric="activity.people").update(value=13)
    history = History(at(11, 24), {}, {}, {}, [], [], [], [])
    kept = figures_of([city.pk], Period(PeriodKind.MONTH, OCTOBER)).of(city.pk, registry.find("activity.people"))  # type: ignore[arg-type]
    assert kept.value != recount(history, "activity.people", 0, Span(OCTOBER.first, OCTOBER.last))


def test_the_same_person_every_day(network: Any) -> None:
    """One person six times at three centers in two months: 1 wherever people are told apart, 6 attendances."""
    [[city], [east, west], [village, second, other, _last]] = network
    person = make_participant(make_booker(1))
    times = [(village, 10, 1), (village, 10, 2), (village, 11, 3), (second, 10, 4), (second, 11, 5), (other, 10, 6)]
    for center, month, day in times:
        made = held(center, at(month, day), people=1)
        SignUp.objects.create(activity=made, participant=person, state="in", checked_in_at=made.starts_at)
    helped = held(village, at(10, 9), people=1, kind="volunteering")
    SignUp.objects.create(activity=helped, participant=person, state="in", checked_in_at=helped.starts_at)
    close(OCTOBER, NOVEMBER)
    persons, people = registry.find("activity.persons"), registry.find("activity.people")
    assert persons is not None and people is not None
    october, november = Period(PeriodKind.MONTH, OCTOBER), Period(PeriodKind.MONTH, NOVEMBER)
    quarter, year = (Period.of(kind, OCTOBER) for kind in (PeriodKind.QUARTER, PeriodKind.YEAR))
    for period in (october, november, quarter, year):
        figures = figures_of([city.pk, east.pk, west.pk, village.pk], period)
        for node in (city, east, village):
            assert figures.of(node.pk, persons).value == 1
    of_quarter = figures_of([city.pk, east.pk, west.pk], quarter)
    assert [of_quarter.of(node.pk, people).value for node in (city, east, west)] == [6, 5, 1]
    assert figures_of([west.pk], november).of(west.pk, persons).value == 0
    # The account is erased: who came stays counted, as somebody.
    Activity.objects.filter(pk=helped.pk).update(attendance=1)
    assert close(OCTOBER, NOVEMBER).changed == 0


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_the_zone_of_the_session_changes_nothing(network: Any, zone: str) -> None:
    [[city], _towns, [village, *_others]] = network
    for moment in (at(10, 31, 23, 59, 59), at(11, 1, 0), at(11, 1, 7, 59), at(10, 1, 0, 10), at(9, 30, 23, 30)):
        made = held(village, moment, people=3)
        SignUp.objects.create(
            activity=made, participant=make_participant(None, center=city), state="in", checked_in_at=moment
        )
    close(OCTOBER.before, NOVEMBER)
    before = rows()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE %s", [zone])
    assert close(OCTOBER.before, NOVEMBER).changed == 0
    for model in (Rollup, Fact):
        model.objects.all().delete()
    close(OCTOBER.before, NOVEMBER)
    assert rows() == before


def rows() -> dict[str, list[Any]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in (Fact, Rollup, MonthCenter)}
