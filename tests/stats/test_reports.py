"""Reports of a month: every step and every refusal of the table, who may take it, and when."""

import datetime as dt

import pytest

from accounts.models import User
from centers.choices import Role
from centers.models import Center, CenterRole
from centers.services import tree
from common import clock as portal_clock
from notifications.models import Outbox
from stats import exceptions as refused
from stats import messages, permissions
from stats.choices import ReportState, Severity
from stats.models import CenterReport, ReportEvent, RuleHit
from stats.services import locking, reports, review
from stats.services.closing import close
from tests.factories.activities import make_activity
from tests.factories.centers import grant
from tests.factories.reports import (
    ACTS,
    OCTOBER,
    WORDS,
    Network,
    approve,
    at,
    held,
    in_state,
    lock,
    reopen,
    submit,
)
from tests.stats.moves import move_to
from tests.support.time import TestClock

OPEN, SUBMITTED, UNDER_REVIEW, RETURNED, APPROVED, LOCKED, MISSING, REOPENED = ReportState


# What each act makes of each state; what isn't here is refused.
LEGAL = {
    ("submit", OPEN): SUBMITTED,
    ("submit", RETURNED): SUBMITTED,
    ("submit", REOPENED): SUBMITTED,
    ("withdraw", SUBMITTED): OPEN,
    ("start review", SUBMITTED): UNDER_REVIEW,
    ("return", SUBMITTED): RETURNED,
    ("return", UNDER_REVIEW): RETURNED,
    ("return", APPROVED): RETURNED,
    ("approve", SUBMITTED): APPROVED,
    ("approve", UNDER_REVIEW): APPROVED,
    ("reopen", LOCKED): REOPENED,
    ("reopen", MISSING): REOPENED,
    ("revoke", REOPENED): LOCKED,
}


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_in_each_state(reporting: Network, clock: TestClock, act: str, state: ReportState) -> None:
    report = in_state(reporting, state, clock)
    if expected := LEGAL.get((act, state)):
        ACTS[act](reporting, report)
    else:
        expected = state
        with pytest.raises(refused.WrongStep):
            ACTS[act](reporting, report)
    assert CenterReport.objects.get(pk=report.pk).state == expected


@pytest.mark.parametrize("state", ReportState)
def test_the_lock_takes_what_is_approved_alone(reporting: Network, clock: TestClock, state: ReportState) -> None:
    report = in_state(reporting, state, clock)
    assert [one.pk for one in lock(reporting)] == ([report.pk] if state == APPROVED else [])


@pytest.mark.parametrize("act", [act for act in ACTS if act != "submit"])
@pytest.mark.parametrize("who", ["neighbour", "west", "far"])
def test_nobody_beside_decides_anything(reporting: Network, clock: TestClock, act: str, who: str) -> None:
    states = dict(list(LEGAL))
    report = in_state(reporting, states[act], clock)
    everybody = Network(**{**vars(reporting), "people": dict.fromkeys(reporting.people, reporting[who])})
    with pytest.raises(refused.ReportNotAllowed):
        ACTS[act](everybody, report)


def test_every_step_is_written_down_with_its_reason(reporting: Network) -> None:
    report = submit(reporting)
    review.return_report(actor=reporting["east"], report=report, reason=" 请核对 ")
    approve(reporting, submit(reporting))
    lock(reporting)
    told = [
        (e.revision, e.from_state, e.to_state, e.actor, e.reason) for e in ReportEvent.objects.filter(report=report)
    ]
    village, east = reporting["village"], reporting["east"]
    assert told == [
        (1, OPEN, SUBMITTED, village, ""),
        (1, SUBMITTED, RETURNED, east, "请核对"),
        (2, RETURNED, SUBMITTED, village, ""),
        (2, SUBMITTED, UNDER_REVIEW, east, ""),
        (2, UNDER_REVIEW, APPROVED, east, ""),
        (2, APPROVED, LOCKED, reporting["city"], ""),
    ]


def test_a_month_is_submitted_once_it_is_over(reporting: Network, clock: TestClock) -> None:
    clock.move_to(at(10, 31, 23, 59))
    with pytest.raises(refused.MonthNotOver):
        submit(reporting)
    clock.move_to(at(11, 1, 0))
    assert submit(reporting).state == SUBMITTED


def test_what_a_rule_blocks_is_named_and_nothing_is_published(reporting: Network) -> None:
    make_activity(reporting.village, day=dt.date(2026, 10, 20), title="没有记的一场")
    with pytest.raises(refused.ReportBlocked, match="没有记的一场"):
        submit(reporting)
    assert not CenterReport.objects.exclude(state=OPEN).exists()


def test_nothing_at_all_is_confirmed_and_explained(reporting: Network) -> None:
    silent = {"name": "neighbour"}
    with pytest.raises(refused.ExplanationMissing) as error:
        submit(reporting, **silent, explanations={"W6": "整修"})
    assert error.value.field == "explain_W6"
    with pytest.raises(refused.ZeroNotConfirmed):
        submit(reporting, **silent, zero_confirmed=False)
    report = submit(reporting, **silent)
    hit = RuleHit.objects.get(report=report, severity=Severity.EXPLAIN)
    assert (hit.rule, hit.explanation, report.counted_revision) == ("W6", WORDS, 1)


def test_a_kind_of_which_there_was_nothing_is_confirmed(reporting: Network) -> None:
    with pytest.raises(refused.ZeroNotConfirmed, match=r"Trainings|培训"):
        submit(reporting, zero_confirmed=False)


def test_what_is_far_above_last_year_is_explained(reporting: Network) -> None:
    held(reporting.village, at(10, 7, year=2025), people=20)
    close(OCTOBER.plus(-12))
    with pytest.raises(refused.ExplanationMissing, match="42"):
        submit(reporting, explanations={})


def test_a_rule_without_what_it_needs_is_kept_as_not_checked(reporting: Network) -> None:
    report = submit(reporting)
    skipped = RuleHit.objects.filter(report=report, severity=Severity.SKIPPED).values_list("rule", flat=True)
    assert {"W2", "W3"} <= set(skipped)


def test_whoever_submitted_approves_nothing_by_whatever_role(reporting: Network) -> None:
    """Promoted to the town, and to the city besides."""
    report = submit(reporting)
    for center in (reporting.east, reporting.city):
        grant(reporting["village"], center, Role.ADMIN)
        for act in ("approve", "return", "start review"):
            everybody = Network(**{**vars(reporting), "people": {"east": reporting["village"]}})
            with pytest.raises(refused.OwnSubmission):
                ACTS[act](everybody, report)
    assert review.approve_without_questions(actor=reporting["village"], node=reporting.east, month=OCTOBER) == []


def test_a_town_is_reviewed_by_the_city_and_the_city_by_another_of_its_people(reporting: Network) -> None:
    town = submit(reporting, "east")
    with pytest.raises(refused.ReportNotAllowed):
        review.approve_report(actor=reporting["east"], report=town)
    assert review.approve_report(actor=reporting["city"], report=town).state == APPROVED
    city = submit(reporting, "city")
    with pytest.raises(refused.OwnSubmission):
        review.approve_report(actor=reporting["city"], report=city)
    assert review.approve_report(actor=reporting["second"], report=city).state == APPROVED


def test_the_city_stands_in_for_a_town_without_an_officer(reporting: Network) -> None:
    CenterRole.objects.filter(center=reporting.east).delete()
    assert review.approve_report(actor=reporting["city"], report=submit(reporting)).state == APPROVED


def test_the_city_stands_in_where_the_towns_only_officer_submitted(reporting: Network) -> None:
    report = submit(reporting, actor=reporting["east"])
    with pytest.raises(refused.OwnSubmission):
        review.approve_report(actor=reporting["east"], report=report)
    assert review.approve_report(actor=reporting["city"], report=report).state == APPROVED


def test_a_silent_town_doesnt_make_the_center_late(reporting: Network, clock: TestClock) -> None:
    report = submit(reporting)
    clock.move_to(at(11, 10, 23, 59))
    with pytest.raises(refused.ReviewerHasTime):
        review.approve_report(actor=reporting["city"], report=report, reason="镇里没有审核")
    clock.move_to(at(11, 11, 0))
    with pytest.raises(refused.ReasonMissing):
        review.approve_report(actor=reporting["city"], report=report)
    review.approve_report(actor=reporting["city"], report=report, reason="镇里没有审核")
    [locked] = lock(reporting)
    assert (locked.state, locked.on_time) == (LOCKED, True)
    assert ReportEvent.objects.get(to_state=APPROVED).reason == "镇里没有审核"


def test_a_village_that_moved_stays_with_the_town_of_that_month(reporting: Network) -> None:
    report = submit(reporting)
    move_to(reporting.village, reporting.west)
    with pytest.raises(refused.ReportNotAllowed):
        review.approve_report(actor=reporting["west"], report=report)
    assert approve(reporting, report).state == APPROVED


def test_those_without_questions_are_approved_in_one_go(reporting: Network) -> None:
    submit(reporting)
    asked = submit(reporting, "neighbour")
    elsewhere = submit(reporting, "far")
    [approved] = review.approve_without_questions(actor=reporting["east"], node=reporting.east, month=OCTOBER)
    assert approved.center == reporting.village
    assert CenterReport.objects.get(pk=asked.pk).state == CenterReport.objects.get(pk=elsewhere.pk).state == SUBMITTED
    with pytest.raises(refused.ReportNotAllowed):
        review.approve_without_questions(actor=reporting["village"], node=reporting.east, month=OCTOBER)


def test_a_reason_is_asked_for(reporting: Network) -> None:
    report = submit(reporting)
    with pytest.raises(refused.ReasonMissing):
        review.return_report(actor=reporting["east"], report=report, reason="  ")
    approve(reporting, report)
    lock(reporting)
    with pytest.raises(refused.ReasonMissing):
        reopen(reporting, report, reason=" ")


def test_the_city_returns_what_a_town_approved(reporting: Network) -> None:
    report = approve(reporting, submit(reporting))
    assert review.return_report(actor=reporting["city"], report=report, reason="请核对").state == RETURNED
    assert submit(reporting).revision == 2


def test_nobody_decides_on_what_has_changed_since_they_looked(reporting: Network) -> None:
    report = submit(reporting)
    shown = report.version
    reports.withdraw_report(actor=reporting["village"], report=report)
    again = submit(reporting)
    with pytest.raises(refused.ReportChanged):
        review.approve_report(actor=reporting["east"], report=report, version=shown)
    assert review.approve_report(actor=reporting["east"], report=report, version=again.version).state == APPROVED


def test_a_center_that_wasnt_there_has_nothing_to_report(reporting: Network) -> None:
    close(OCTOBER)
    new = Center.objects.create(code="t-new", official_name="新", name="新", level=reporting.village.level)
    tree.rebuild()
    grant(reporting["village"], new, Role.MANAGER)
    with pytest.raises(refused.NotInMonth):
        reports.submit_report(actor=reporting["village"], center=new, month=OCTOBER)


def test_the_center_is_told_of_a_return_and_of_a_grant_in_words(reporting: Network) -> None:
    report = submit(reporting)
    review.return_report(actor=reporting["east"], report=report, reason="签到只有20人")
    told = Outbox.objects.get(kind=messages.RETURNED)
    assert told.recipient == reporting["village"]
    assert "签到只有20人" in messages.report_texts(messages.RETURNED, [told.subject_id])[told.subject_id].body
    approve(reporting, submit(reporting))
    lock(reporting)
    reopen(reporting, report)
    told = Outbox.objects.get(kind=messages.REOPENED)
    assert "补记一场" in messages.report_texts(messages.REOPENED, [told.subject_id])[told.subject_id].body
    assert not messages.report_texts(messages.RETURNED, [told.subject_id])[told.subject_id].is_current


def test_the_only_worker_of_a_center_without_a_manager_submits(reporting: Network) -> None:
    """The one worker of a village is nobody's manager; where there is one, it is for them."""
    worker = User.objects.create(username="only-worker", name="演示专职01")
    grant(worker, reporting.village, Role.STAFF)
    with pytest.raises(refused.ReportNotAllowed):
        submit(reporting, actor=worker)
    CenterRole.objects.filter(user=reporting["village"]).delete()
    assert submit(reporting, actor=worker).state == ReportState.SUBMITTED
    # Nor do those of the town, who review it.
    helper = User.objects.create(username="town-helper", name="演示镇专职01")
    grant(helper, reporting.east, Role.STAFF)
    assert not permissions.can_submit(helper, reporting.village)


def test_nobody_locks_their_own_month_where_the_centers_were_never_placed(reporting: Network) -> None:
    report = CenterReport.objects.create(
        month=OCTOBER.plus(-30).first, center=reporting.village, state=MISSING, counted_revision=0
    )
    with pytest.raises(refused.ReportNotAllowed):
        locking.grant_reopen(actor=reporting["village"], report=report, reason="补记", expires_on=portal_clock.today())
