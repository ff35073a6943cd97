"""Deadlines of reports: what is missing, what is in time, and how long a month stands open."""

import datetime as dt

import pytest

from stats import exceptions as refused
from stats.choices import ReportState
from stats.models import CenterReport, MonthCenter
from stats.services import locking, review
from stats.services.closing import close
from tests.factories.reports import (
    ACTS,
    OCTOBER,
    Network,
    at,
    locked_report,
    reopen,
    submit,
)
from tests.support.time import TestClock

OPEN, SUBMITTED, UNDER_REVIEW, RETURNED, APPROVED, LOCKED, MISSING, REOPENED = ReportState


def test_not_reported_is_found_at_the_lock_and_not_before(reporting: Network, clock: TestClock) -> None:
    close(OCTOBER)
    opened = locking.open_reports(now=clock.now)
    assert opened == CenterReport.objects.count() == MonthCenter.objects.expected().count()
    submit(reporting)
    clock.move_to(at(11, 10, 23, 59))
    assert locking.mark_missing(now=clock.now) == 0
    clock.move_to(at(11, 11, 0))
    assert (locking.mark_missing(now=clock.now), locking.mark_missing(now=clock.now)) == (opened - 1, 0)
    assert CenterReport.objects.get(center=reporting.village).state == SUBMITTED


def test_what_was_returned_at_the_last_moment_has_days_left(reporting: Network, clock: TestClock) -> None:
    report = submit(reporting)
    clock.move_to(at(11, 10, 20))
    review.return_report(actor=reporting["east"], report=report, reason="请核对")
    for day, marked in ((11, 0), (12, 0), (13, 1)):
        clock.move_to(at(11, day, 9))
        assert locking.mark_missing(now=clock.now) == marked


def test_what_was_before_reporting_began_is_nobodys_omission(reporting: Network, clock: TestClock) -> None:
    """A portal that starts on the 20th asks for the month that runs, whoever reports the one before of themselves."""
    close(OCTOBER)
    submit(reporting)
    clock.move_to(at(11, 20))
    assert locking.open_reports(now=clock.now) == 0
    clock.move_to(at(12, 2))
    close(OCTOBER.after)
    assert locking.open_reports(now=clock.now) == MonthCenter.objects.expected().filter(month="2026-11-01").count()
    with pytest.raises(refused.NotInMonth):
        submit(reporting, "neighbour")


def test_a_month_that_the_worker_slept_through_is_opened_later(reporting: Network, clock: TestClock) -> None:
    close(OCTOBER)
    locking.open_reports(now=clock.now)
    clock.move_to(at(12, 20))
    close(OCTOBER.after)
    assert locking.open_reports(now=clock.now) == MonthCenter.objects.expected().filter(month="2026-11-01").count()


def test_a_grant_is_short(reporting: Network, clock: TestClock) -> None:
    """Five working days from Tuesday 3 November on: until Tuesday 10."""
    report = locked_report(reporting)
    with pytest.raises(refused.GrantTooLong):
        reopen(reporting, report, expires_on=dt.date(2026, 11, 11))
    with pytest.raises(refused.GrantTooShort):
        reopen(reporting, report, expires_on=dt.date(2026, 11, 2))
    reopen(reporting, report, expires_on=dt.date(2026, 11, 10))
    with pytest.raises(refused.ReportNotAllowed):
        locking.revoke_grant(actor=reporting["east"], report=report)


def test_the_reviewers_of_a_reopened_month_have_their_days(reporting: Network, clock: TestClock) -> None:
    report = locked_report(reporting)
    clock.move_to(at(12, 1))
    reopen(reporting, report)
    submit(reporting)
    with pytest.raises(refused.ReviewerHasTime):
        review.approve_report(actor=reporting["city"], report=report, reason="镇里没有审核")


DUE = (
    ("on the last day", [("submit", at(11, 5, 23, 59, 59))], True),
    ("a moment later", [("submit", at(11, 6, 0))], False),
    (
        "returned, and again within two working days over a weekend",
        [("submit", at(11, 4)), ("return", at(11, 6, 9)), ("submit", at(11, 10, 23))],
        True,
    ),
    (
        "returned, and again on the third",
        [("submit", at(11, 4)), ("return", at(11, 5, 9)), ("submit", at(11, 10, 9))],
        False,
    ),
    (
        "late already when it was returned",
        [("submit", at(11, 6)), ("return", at(11, 6, 13)), ("submit", at(11, 6, 14))],
        False,
    ),
    (
        "taken back and again, which wins no time",
        [
            ("submit", at(11, 4)),
            ("return", at(11, 5, 9)),
            ("submit", at(11, 9, 9)),
            ("withdraw", at(11, 9, 10)),
            ("submit", at(11, 10, 9)),
        ],
        False,
    ),
    ("taken back and left", [("submit", at(11, 4)), ("withdraw", at(11, 4, 13)), ("submit", at(11, 7))], False),
)


@pytest.mark.parametrize(("steps", "on_time"), [case[1:] for case in DUE], ids=[case[0] for case in DUE])
def test_in_time_is_what_was_submitted_in_time(
    reporting: Network, clock: TestClock, steps: list[tuple[str, dt.datetime]], on_time: bool
) -> None:
    report = CenterReport.objects.create(month=OCTOBER.first, center=reporting.village)
    for act, moment in steps:
        clock.move_to(moment)
        ACTS[act](reporting, report)
    assert CenterReport.objects.get(pk=report.pk).on_time is on_time


def test_submitting_a_reopened_month_changes_nothing_about_its_timeliness(reporting: Network, clock: TestClock) -> None:
    report = locked_report(reporting)
    clock.move_to(at(12, 1))
    reopen(reporting, report)
    assert submit(reporting).on_time is True
