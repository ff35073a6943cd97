"""A visit confirmed and withdrawn at one moment, and something verified and sent back: one of them wins."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from activities.choices import RectificationState, VisitState
from activities.exceptions import RectificationChanged, VisitDecided
from activities.models import Activity, Rectification, RectificationEvent, VisitRequest
from activities.services import inspections, receptions
from activities.services.inspections import send_back_rectification, verify_rectification
from activities.services.receptions import confirm_visit, refuse_visit, withdraw_visit
from centers.choices import Role
from centers.models import Center
from tests.concurrency.conftest import Meeting
from tests.concurrency.test_closing_races import Rivals
from tests.factories.bookings import make_booker, open_daily
from tests.factories.centers import grant
from tests.factories.kinds import make_inspection, make_rectification, make_visit
from tests.factories.organizations import make_organization
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 4


@pytest.fixture
def village(own_database: None, clock: TestClock) -> Center:
    open_daily(Center.objects.get(code="330482"))
    return Center.objects.get(code="330482001001")


@pytest.fixture
def staff(village: Center) -> User:
    user = User.objects.create(username="staff-of-village")
    grant(user, village, Role.STAFF)
    return user


@pytest.fixture
def resident(village: Center) -> User:
    return make_booker(1)


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The services read what they decide on without locking it; all have read it before one of them writes."""
    answers, verdicts = Meeting(3), Meeting(4)

    def unlocked(visit: VisitRequest) -> VisitRequest:
        found = VisitRequest.objects.select_related("center", "asker").get(pk=visit.pk)
        answers.wait()
        return found

    def unlocked_one(
        actor: User, one: Rectification, state: str, *, may: Callable[[User, Rectification], bool]
    ) -> Rectification:
        found = Rectification.objects.select_related("inspection__activity").get(pk=one.pk)
        if found.state != state:
            raise RectificationChanged(state=found.shown_state)
        verdicts.wait()
        return found

    monkeypatch.setattr(receptions, "locked_visit", unlocked)
    monkeypatch.setattr(inspections, "_locked", unlocked_one)


def answer_and_withdraw(resident: User, staff: User, village: Center, rivals: Rivals) -> tuple[VisitRequest, list[Any]]:
    visit = make_visit(resident, village)
    outcomes = rivals(
        [
            lambda: confirm_visit(actor=staff, visit=visit, title="参观学习", liaison="前台"),
            lambda: withdraw_visit(actor=resident, visit=visit),
            lambda: refuse_visit(actor=staff, visit=visit, reason="满"),
        ]
    )
    visit.refresh_from_db()
    return visit, outcomes


def verify_and_send_back(staff: User, village: Center, rivals: Rivals) -> list[Any]:
    inspection = make_inspection(village, make_organization(village))
    one = make_rectification(inspection, state=RectificationState.DONE)
    return rivals(
        [
            lambda: verify_rectification(actor=staff, rectification=one),
            lambda: send_back_rectification(actor=staff, rectification=one, note="还缺签到"),
        ]
        * 2
    )


def test_confirmed_refused_and_withdrawn_at_once_one_wins(
    village: Center, staff: User, resident: User, rivals: Rivals
) -> None:
    for _ in range(ROUNDS):
        before = Activity.objects.count()
        visit, outcomes = answer_and_withdraw(resident, staff, village, rivals)
        assert sum(isinstance(outcome, VisitDecided) for outcome in outcomes) == 2
        made = Activity.objects.count() - before
        assert made == (1 if visit.state == VisitState.CONFIRMED else 0)


def test_canary_without_the_lock_several_answers_win(
    village: Center, staff: User, resident: User, rivals: Rivals, without_lock: None
) -> None:
    winners = 0
    for _ in range(ROUNDS):
        _visit, outcomes = answer_and_withdraw(resident, staff, village, rivals)
        winners = max(winners, sum(not isinstance(outcome, VisitDecided) for outcome in outcomes))
    assert winners > 1


def test_verified_and_sent_back_at_once_one_event_is_written(village: Center, staff: User, rivals: Rivals) -> None:
    outcomes = verify_and_send_back(staff, village, rivals)
    assert sum(isinstance(outcome, RectificationChanged) for outcome in outcomes) == 3
    assert RectificationEvent.objects.count() == 1


def test_canary_without_the_lock_both_are_written(
    village: Center, staff: User, rivals: Rivals, without_lock: None
) -> None:
    verify_and_send_back(staff, village, rivals)
    assert RectificationEvent.objects.count() > 1
