"""Several act on one report at once: taken back, returned, approved, locked, submitted; one legal chain comes of it."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from common.errors import DomainError
from stats.choices import ReportState
from stats.domain.report_moves import STEPS
from stats.models import CenterReport, LateChange, PublishedFact, ReportEvent
from stats.services import late_changes, reports, review
from stats.services.closing import close, verify
from tests.concurrency.conftest import Meeting
from tests.concurrency.test_closing_races import Rivals
from tests.factories.reports import OCTOBER, Network, approve, at, held, lock, locked_report, make_network, submit
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


@pytest.fixture
def network(own_database: None, clock: TestClock) -> Network:
    clock.move_to(at(11, 3))
    made = make_network()
    held(made.village, at(10, 7), people=12)
    return made


def chain(report: CenterReport) -> list[tuple[str, str]]:
    return list(ReportEvent.objects.filter(report=report).order_by("pk").values_list("from_state", "to_state"))


def is_legal(steps: list[tuple[str, str]]) -> bool:
    """Whether each step begins where the one before ended, and is one that there is."""
    joined = all(before[1] == after[0] for before, after in itertools.pairwise(steps))
    return joined and all(ReportState(to) in STEPS[ReportState(begun)] for begun, to in steps)


def all_at_once(network: Network, report: CenterReport, rivals: Rivals) -> list[Any]:
    attempts: list[Callable[[], Any]] = [
        lambda: reports.withdraw_report(actor=network["village"], report=report),
        lambda: review.return_report(actor=network["east"], report=report, reason="请核对"),
        lambda: review.approve_report(actor=network["east"], report=report),
        lambda: lock(network),
    ]
    return rivals(attempts)


def test_taken_back_returned_approved_and_locked_at_once_is_one_legal_chain(network: Network, rivals: Rivals) -> None:
    for _round in range(ROUNDS):
        report = submit(network)
        outcomes = all_at_once(network, report, rivals)
        assert all(isinstance(one, CenterReport | list | DomainError) for one in outcomes), outcomes
        assert is_legal(chain(report)), chain(report)
        report.refresh_from_db()
        assert report.state == chain(report)[-1][1]
        assert verify(OCTOBER) == []
        if report.state == ReportState.LOCKED:
            break
        if report.state == ReportState.APPROVED:
            review.return_report(actor=network["east"], report=report, reason="再来")


def test_canary_without_the_lock_of_the_row_two_go_on_from_one_state(
    network: Network, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = Meeting(3)

    def unlocked(report: CenterReport) -> CenterReport:
        found = CenterReport.objects.get(pk=report.pk)
        meeting.wait()
        return found

    report = submit(network)
    monkeypatch.setattr(reports, "locked", unlocked)
    monkeypatch.setattr(review, "locked", unlocked)
    all_at_once(network, report, rivals)
    assert not is_legal(chain(report))


def test_one_month_submitted_by_many_at_once_is_one_revision(network: Network, rivals: Rivals) -> None:
    outcomes = rivals([lambda: submit(network)] * 4)
    assert sum(isinstance(one, CenterReport) for one in outcomes) == 1, outcomes
    assert set(PublishedFact.objects.values_list("revision", flat=True)) == {1}
    assert chain(CenterReport.objects.get()) == [("open", "submitted")]


def test_submissions_beside_a_closing_leave_every_node_the_sum_of_its_parts(network: Network, rivals: Rivals) -> None:
    held(network.neighbour, at(10, 9), people=5)
    held(network.far, at(10, 9), people=7)
    close(OCTOBER)
    names = ("village", "neighbour", "far")
    attempts: list[Callable[[], Any]] = [lambda name=name: submit(network, name) for name in names]  # type: ignore[misc]
    outcomes = rivals([*attempts, lambda: close(OCTOBER)])
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert verify(OCTOBER) == []


def test_two_sweeps_for_late_changes_find_each_once(network: Network, rivals: Rivals, clock: TestClock) -> None:
    locked_report(network)
    held(network.village, at(10, 20), people=9)
    close(OCTOBER)
    found = rivals([lambda: late_changes.find_late_changes(now=clock.now)] * 3)
    assert sum(found) == LateChange.objects.count() == 2


def test_two_who_approve_are_one_approval(network: Network, rivals: Rivals) -> None:
    report = submit(network)
    outcomes = rivals([lambda: approve(network, report)] * 3)
    assert sum(isinstance(one, CenterReport) for one in outcomes) == 1
    assert ReportEvent.objects.filter(to_state=ReportState.APPROVED).count() == 1
