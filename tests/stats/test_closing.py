"""Closing of a month: what counts where, at the edges of months and of the tree, and what a second closing does."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from activities.choices import ActivityState
from activities.models import Activity, WalkIn
from centers.choices import CenterStatus
from centers.models import Center, CenterParent
from centers.services import tree
from common import clock
from common.months import Month
from stats.choices import NotExpected, PeriodKind, RunState
from stats.models import ClosingRun, Fact, MonthCenter, Rollup
from stats.services.closing import close, close_all, verify
from tests.factories.activities import make_activity
from tests.stats.conftest import NOVEMBER, OCTOBER, at, held

pytestmark = pytest.mark.django_db


def figure(node: Center, metric: str, month: Month = OCTOBER, kind: str = PeriodKind.MONTH) -> Decimal | None:
    found = Rollup.objects.filter(node=node, metric=metric, month=month.first, kind=kind).first()
    return found.value if found else None


def rows() -> dict[str, list[Any]]:
    """All that closings make, as it stands."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in (Fact, Rollup, MonthCenter)}


def test_a_record_counts_at_its_center_and_at_every_node_above(network: Any) -> None:
    [[city], [east, west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    held(east, at(10, 8), people=30)
    close(OCTOBER)
    assert [figure(node, "activity.people") for node in (village, east, west, city)] == [12, 42, None, 42]
    assert figure(city, "activity.count") == 2
    assert verify(OCTOBER) == []


@pytest.mark.parametrize(
    ("ends_at", "month"),
    [
        (at(12, 31, 23, 59, 59, year=2025), "2025-12"),
        (at(1, 1, 0), "2026-01"),
        (at(1, 1, 0, 10), "2026-01"),
        (at(1, 1, 7, 59), "2026-01"),
        (at(1, 1, 8, 1), "2026-01"),
        (at(2, 28, 23, 30), "2026-02"),
        (at(4, 1, 0, 30), "2026-04"),
    ],
)
def test_the_first_hours_of_a_month(network: Any, ends_at: dt.datetime, month: str) -> None:
    [[city], *_below] = network
    held(city, ends_at)
    close_all(now=clock.now())
    found = Fact.objects.filter(metric="activity.count").values_list("month", flat=True)
    assert [f"{first:%Y-%m}" for first in found] == [month]


def test_cohosted_counts_once_and_shows_at_the_partner(network: Any) -> None:
    [[city], [_east, west], [village, *_others]] = network
    made = held(village, at(10, 7))
    made.co_hosts.add(west)
    close(OCTOBER)
    assert figure(city, "activity.count") == 1
    assert (figure(west, "activity.count"), figure(west, "activity.co_hosted")) == (None, 1)
    assert figure(city, "activity.co_hosted") is None


def test_what_was_called_off_taken_back_or_never_recorded_is_nowhere(network: Any) -> None:
    [[city], *_below] = network
    for state in (ActivityState.CANCELLED, ActivityState.WITHDRAWN, ActivityState.DRAFT, ActivityState.PUBLISHED):
        make_activity(city, state=state, day=dt.date(2026, 10, 7))
    close(OCTOBER)
    assert figure(city, "activity.count") is None


def test_closing_again_changes_nothing(network: Any) -> None:
    [[_city], _towns, villages] = network
    for number, village in enumerate(villages):
        held(village, at(10, 3 + number), people=5 + number)
    close(OCTOBER)
    before = rows()
    run = close(OCTOBER)
    assert (run.changed, run.state, rows()) == (0, RunState.DONE, before)


def test_a_change_is_found_whatever_it_is(network: Any) -> None:
    [[city], *_below] = network
    first, second = held(city, at(10, 7), people=10), held(city, at(10, 8), people=20)
    close(OCTOBER)
    before = Fact.objects.get(metric="activity.people")
    # The same sum, of other records.
    Activity.objects.filter(pk=first.pk).update(attendance=20)
    Activity.objects.filter(pk=second.pk).update(attendance=10)
    close(OCTOBER)
    after = Fact.objects.get(metric="activity.people")
    assert before.value == after.value
    assert before.source_hash != after.source_hash
    # And what is gone is gone.
    Activity.objects.all().update(state=ActivityState.CANCELLED, attendance=None)
    close(OCTOBER)
    assert not Fact.objects.filter(metric__startswith="activity.").exists()
    assert figure(city, "activity.count") is None


def test_a_village_that_moved_leaves_its_past_where_it_was(network: Any) -> None:
    [[_city], [east, west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    held(village, at(11, 7), people=7)
    CenterParent.objects.filter(center=village).update(valid=DateRange(None, dt.date(2026, 11, 1), "[)"))
    CenterParent.objects.create(center=village, parent=west, valid=DateRange(dt.date(2026, 11, 1), None, "[)"))
    tree.rebuild()
    close(OCTOBER, NOVEMBER)
    assert [figure(town, "activity.people") for town in (east, west)] == [12, None]
    assert [figure(town, "activity.people", NOVEMBER) for town in (east, west)] == [None, 7]


def test_the_centers_of_a_month_that_is_over_stay_as_they_stood(network: Any) -> None:
    [[_city], [east, west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    close(OCTOBER)
    # Somebody corrects the tree backwards.
    CenterParent.objects.filter(center=village).update(parent=west)
    tree.rebuild()
    close(OCTOBER)
    assert [figure(town, "activity.people") for town in (east, west)] == [12, None]


def test_who_is_expected_to_report(network: Any) -> None:
    [[city], [_east, _west], [first, second, third, fourth]] = network
    Center.objects.filter(pk=first.pk).update(opened_on=dt.date(2026, 10, 17))
    Center.objects.filter(pk=second.pk).update(opened_on=dt.date(2026, 10, 18))
    Center.objects.filter(pk=third.pk).update(closed_on=dt.date(2026, 9, 30), status=CenterStatus.CLOSED)
    Center.objects.filter(pk=fourth.pk).update(status=CenterStatus.SUSPENDED)
    close(OCTOBER)
    found = dict(MonthCenter.objects.filter(month=OCTOBER.first).values_list("center", "not_expected"))
    assert [found[center.pk] for center in (city, first, second, third, fourth)] == [
        "",
        "",
        NotExpected.NOT_OPEN,
        NotExpected.CLOSED,
        NotExpected.SUSPENDED,
    ]


def test_what_a_closed_center_did_before_counts_under_the_town_it_stood_under(network: Any) -> None:
    [[city], [east, _west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    CenterParent.objects.filter(center=village).update(valid=DateRange(None, dt.date(2026, 10, 20), "[)"))
    Center.objects.filter(pk=village.pk).update(closed_on=dt.date(2026, 10, 20), status=CenterStatus.CLOSED)
    tree.rebuild()
    close(OCTOBER)
    assert [figure(node, "activity.people") for node in (east, city)] == [12, 12]


def test_a_run_that_fails_says_so(network: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("stats.services.closing._roll_up", broken)
    with pytest.raises(RuntimeError):
        close(OCTOBER)
    assert ClosingRun.objects.get().state == RunState.FAILED
    assert not Fact.objects.exists()


def test_a_node_that_differs_from_its_parts_is_named(network: Any) -> None:
    [[city], [east, _west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    close(OCTOBER)
    Rollup.objects.filter(node=east, metric="activity.people").update(value=13)
    found = {(difference.node_id, difference.kept, difference.added) for difference in verify(OCTOBER)}
    assert found == {(east.pk, 13, 12), (city.pk, 12, 13)}


def test_who_was_counted_at_the_door_counts_and_what_was_taken_back_does_not(network: Any) -> None:
    [[city], _towns, [village, *_others]] = network
    worker = User.objects.create(username="door-worker", name="演示专职01")
    made = held(village, at(10, 7), people=12)
    counted = [WalkIn.objects.create(activity=made, count=n, counted_by=worker, at=at(10, 7)) for n in (5, 1)]
    WalkIn.objects.create(activity=made, count=-1, reverses=counted[1], counted_by=worker, at=at(10, 7))
    close(OCTOBER)
    assert [figure(node, "activity.door_count") for node in (village, city)] == [5, 5]
