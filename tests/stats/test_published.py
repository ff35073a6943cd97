"""Published figures: what changes them (nothing), what counts in the totals meanwhile, and what became of a record."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from activities.choices import ActivityState
from activities.models import Activity
from centers.models import Center
from common import clock as portal_clock
from common.database import violates
from stats import exceptions as refused
from stats.choices import Disposition, PeriodKind, ReportState
from stats.models import (
    LOCKED_STAYS,
    PUBLISHED_STAYS,
    CenterReport,
    Fact,
    LateChange,
    PublishedFact,
    PublishedRecord,
    ReopenGrant,
    Rollup,
)
from stats.services import late_changes, locking, review
from stats.services.closing import close, verify
from tests.factories.reports import (
    OCTOBER,
    Network,
    approve,
    at,
    found_late_changes,
    held,
    lock,
    locked_report,
    submit,
)
from tests.support.time import TestClock

PEOPLE = "activity.people"


def figure(node: Center, metric: str = PEOPLE) -> Decimal | None:
    found = Rollup.objects.filter(node=node, metric=metric, month=OCTOBER.first, kind=PeriodKind.MONTH).first()
    return found.value if found else None


def edit(people: int = 40) -> Activity:
    """Correct the people of the village's second activity, 30 until now."""
    activity = Activity.objects.get(attendance=30)
    Activity.objects.filter(pk=activity.pk).update(attendance=people)
    return activity


def reopen(network: Network, report: CenterReport, days: int = 1) -> ReopenGrant:
    return locking.grant_reopen(
        actor=network["city"], report=report, reason="更正", expires_on=portal_clock.today() + dt.timedelta(days=days)
    )


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_snapshot_is_what_the_closing_counts(reporting: Network) -> None:
    close(OCTOBER)
    submit(reporting)
    own = ("metric", "value", "n_records", "source_hash", "lineage")
    live = list(Fact.objects.filter(center=reporting.village).order_by("metric").values_list(*own))
    published = list(PublishedFact.objects.filter(center=reporting.village).order_by("metric").values_list(*own))
    assert published == live != []
    records = PublishedRecord.objects.filter(metric=PEOPLE).order_by("value").values_list("record", "value")
    counted = Activity.objects.counted().filter(center=reporting.village).order_by("attendance")
    assert list(records) == list(counted.values_list("pk", "attendance"))


@pytest.mark.parametrize("table", ["stats_publishedfact", "stats_publishedrecord"])
@pytest.mark.parametrize("change", ["UPDATE {} SET value = value + 1", "DELETE FROM {}"])
def test_nobody_changes_what_was_published(reporting: Network, table: str, change: str) -> None:
    """By SQL, as the owner of the tables."""
    locked_report(reporting)
    with pytest.raises(IntegrityError) as error:
        execute(change.format(table))
    assert violates(error.value, PUBLISHED_STAYS)


@pytest.mark.parametrize("state", [state for state in ReportState if state not in ("locked", "reopened")])
def test_nobody_moves_a_locked_report_but_to_reopened(reporting: Network, state: str) -> None:
    locked_report(reporting)
    with pytest.raises(IntegrityError):
        execute(f"UPDATE stats_centerreport SET state = '{state}'")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE stats_centerreport SET counted_revision = 0, locked_revision = 0, revision = 0, state = 'missing'",
        "UPDATE stats_centerreport SET counted_revision = NULL, state = 'reopened'",
        "UPDATE stats_centerreport SET submitted_by_id = approved_by_id, approved_by_id = submitted_by_id",
        "UPDATE stats_centerreport SET on_time = NOT on_time",
        "DELETE FROM stats_centerreport",
    ],
)
def test_nobody_changes_a_locked_report(reporting: Network, change: str) -> None:
    report = locked_report(reporting)
    execute(f"DELETE FROM stats_reportevent; DELETE FROM stats_rulehit; SELECT {report.pk}")
    with pytest.raises(IntegrityError) as error:
        execute(change)
    assert violates(error.value, LOCKED_STAYS)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE stats_publishedfact SET value = 0",
        "DELETE FROM stats_publishedrecord",
        "TRUNCATE stats_publishedfact",
        "UPDATE stats_reportevent SET reason = ''",
        "DELETE FROM stats_rulehit",
    ],
)
def test_the_applications_role_may_not_even_try(reporting: Network, change: str, app_role: Any) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        execute(change)


def test_a_record_edited_after_the_lock_moves_no_figure_and_is_one_late_change(reporting: Network) -> None:
    locked_report(reporting)
    activity = edit()
    [change] = found_late_changes()
    assert (change.metric, change.record, change.before, change.after) == (PEOPLE, activity.pk, 30, 40)
    assert [figure(node) for node in (reporting.village, reporting.east, reporting.city)] == [42, 42, 42]
    assert verify(OCTOBER) == []
    assert found_late_changes() == [change], "found a second time"


def test_a_change_that_is_taken_back_is_none(reporting: Network) -> None:
    locked_report(reporting)
    activity = edit()
    assert len(found_late_changes()) == 1
    Activity.objects.filter(pk=activity.pk).update(attendance=35)
    assert [change.after for change in found_late_changes()] == [35]
    Activity.objects.filter(pk=activity.pk).update(attendance=30)
    assert found_late_changes() == []


def test_what_comes_goes_or_moves_to_another_month_is_a_late_change(reporting: Network) -> None:
    locked_report(reporting)
    new = held(reporting.village, at(10, 20), people=7)
    moved, gone = Activity.objects.counted().filter(center=reporting.village, attendance__in=(12, 30))
    Activity.objects.filter(pk=moved.pk).update(starts_at=at(11, 1, 9), ends_at=at(11, 1, 10))
    Activity.objects.filter(pk=gone.pk).update(state=ActivityState.CANCELLED, attendance=None)
    found = {(c.record, c.before, c.after) for c in found_late_changes() if c.metric == PEOPLE}
    assert found == {(new.pk, None, 7), (moved.pk, 12, None), (gone.pk, 30, None)}
    assert figure(reporting.city) == 42


def test_what_is_left_as_reported_isnt_found_again(reporting: Network) -> None:
    locked_report(reporting)
    activity = edit()
    [change] = found_late_changes()
    with pytest.raises(refused.ReportNotAllowed):
        late_changes.decide_late_change(
            actor=reporting["east"], change=change, disposition=Disposition.WAIVE, reason="不改"
        )
    with pytest.raises(refused.ReasonMissing):
        late_changes.decide_late_change(
            actor=reporting["city"], change=change, disposition=Disposition.WAIVE, reason=" "
        )
    late_changes.decide_late_change(
        actor=reporting["city"], change=change, disposition=Disposition.WAIVE, reason="不改"
    )
    with pytest.raises(refused.LateChangeSettled):
        late_changes.decide_late_change(
            actor=reporting["second"], change=change, disposition=Disposition.WAIVE, reason="不改"
        )
    assert [found.disposition for found in found_late_changes()] == ["waive"]
    Activity.objects.filter(pk=activity.pk).update(attendance=50)
    assert [found.after for found in found_late_changes() if not found.disposition] == [50]


def test_a_grant_gives_a_second_revision_beside_the_first(reporting: Network) -> None:
    report = locked_report(reporting)
    edit()
    [change] = found_late_changes()
    late_changes.decide_late_change(
        actor=reporting["city"],
        change=change,
        disposition=Disposition.REVISE,
        reason="更正",
        expires_on=OCTOBER.after.first.replace(day=9),
    )
    assert figure(reporting.city) == 42, "the old one stays published"
    submit(reporting)
    assert figure(reporting.city) == 52
    approve(reporting, report)
    lock(reporting)
    published = PublishedFact.objects.filter(metric=PEOPLE).order_by("revision").values_list("revision", "value")
    assert list(published) == [(1, 42), (2, 52)]
    assert not ReopenGrant.objects.running().exists()
    assert [found.disposition for found in found_late_changes()] == ["revise"]


def test_a_grant_that_expired_leaves_the_old_revision(reporting: Network, clock: TestClock) -> None:
    report = locked_report(reporting)
    reopen(reporting, report)
    edit()
    clock.move_to(at(11, 4, 23, 59))
    assert locking.expire_grants(now=clock.now) == 0
    clock.move_to(at(11, 5, 0))
    with pytest.raises(refused.GrantOver):
        submit(reporting)
    assert (locking.expire_grants(now=clock.now), locking.expire_grants(now=clock.now)) == (1, 0)
    report.refresh_from_db()
    assert (report.state, report.revision, report.counted_revision) == (ReportState.LOCKED, 1, 1)
    assert figure(reporting.city) == 42


def test_a_second_revision_that_is_never_approved_leaves_the_first(reporting: Network, clock: TestClock) -> None:
    """Submitted under a grant by somebody else, returned, and left until the grant expired."""
    report = locked_report(reporting)
    reopen(reporting, report)
    edit()
    submit(reporting, actor=reporting["city"])
    review.return_report(actor=reporting["east"], report=report, reason="请核对")
    assert figure(reporting.city) == 42
    clock.move_to(at(11, 6))
    locking.expire_grants(now=clock.now)
    report.refresh_from_db()
    assert (report.state, report.counted_revision) == (ReportState.LOCKED, 1)
    assert (report.submitted_by, report.approved_by) == (reporting["village"], reporting["east"])
    reopen(reporting, report)
    assert submit(reporting).revision == 3


def test_what_isnt_reported_counts_nothing(reporting: Network, clock: TestClock) -> None:
    close(OCTOBER)
    locking.open_reports(now=clock.now)
    assert figure(reporting.city) == 42
    clock.move_to(at(11, 11, 0))
    locking.mark_missing(now=clock.now)
    assert [figure(node) for node in (reporting.village, reporting.east, reporting.city)] == [None] * 3
    report = CenterReport.objects.get(center=reporting.village)
    reopen(reporting, report)
    assert figure(reporting.city) is None, "until it is submitted"
    submit(reporting)
    assert figure(reporting.city) == 42
    assert verify(OCTOBER) == []


def test_figures_follow_the_records_until_they_are_submitted_and_after_a_return(reporting: Network) -> None:
    close(OCTOBER)
    edit()
    close(OCTOBER)
    assert figure(reporting.city) == 52
    report = submit(reporting)
    Activity.objects.filter(attendance=40).update(attendance=60)
    close(OCTOBER)
    assert figure(reporting.city) == 52
    review.return_report(actor=reporting["east"], report=report, reason="请核对")
    assert figure(reporting.city) == 72
    assert not LateChange.objects.exists()


def test_a_neighbours_figures_are_untouched(reporting: Network) -> None:
    held(reporting.neighbour, at(10, 8), people=5)
    submit(reporting)
    close(OCTOBER)
    Activity.objects.filter(attendance=5).update(attendance=6)
    close(OCTOBER)
    assert (figure(reporting.neighbour), figure(reporting.east)) == (6, 48)
