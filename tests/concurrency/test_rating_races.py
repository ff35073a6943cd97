"""One visit sent twice at one moment, and one follow-up closed by two: each counts once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from activities.models import Activity
from centers.choices import Role
from centers.models import Center
from notifications.models import Outbox
from ratings.choices import Grade, Step
from ratings.exceptions import RatedAlready, StepDoneAlready
from ratings.messages import OPENED
from ratings.models import ONE_RATING_A_VISIT, FollowUp, FollowUpEvent, Rating
from ratings.services import follow_ups
from ratings.services.follow_ups import report_overdue, take_step
from tests.concurrency.conftest import Meeting
from tests.concurrency.test_closing_races import Rivals
from tests.factories.activities import make_activity
from tests.factories.bookings import TODAY, open_daily
from tests.factories.centers import grant
from tests.factories.ratings import rate
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
RIVALS = 6


@pytest.fixture
def activity(own_database: None, clock: TestClock) -> Activity:
    """Of 水洞埭社区, going on."""
    open_daily(Center.objects.get(code="330482"))
    return make_activity(Center.objects.get(code="330482001001"), 9, 11, day=TODAY)


@pytest.fixture
def colleagues(activity: Activity) -> list[User]:
    users = [User.objects.create(username=f"staff-{number}") for number in range(RIVALS)]
    for user in users:
        grant(user, activity.center, Role.STAFF)
    return users


def rate_by_all(activity: Activity, rivals: Rivals) -> list[Any]:
    """One browser sends its bad rating several times at once."""
    return rivals([lambda: rate(activity, Grade.DISSATISFIED, visitor="one")] * RIVALS)


def verify_by_all(rating: Rating, colleagues: list[User], rivals: Rivals) -> list[Any]:
    def attempt(user: User) -> Callable[[], Any]:
        return lambda: take_step(actor=user, rating=rating, step=Step.VERIFY, note=f"核实：{user.username}")

    return rivals([attempt(user) for user in colleagues])


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service reads the follow-up without locking it; all have read it before one of them writes."""
    meeting = Meeting(RIVALS)

    def unlocked(rating: Rating) -> FollowUp:
        found = FollowUp.objects.get(pk=rating.pk)
        meeting.wait()
        return found

    monkeypatch.setattr(follow_ups, "locked", unlocked)


def test_one_visit_sent_at_once_is_one_rating_and_one_follow_up(
    activity: Activity, colleagues: list[User], rivals: Rivals
) -> None:
    outcomes = rate_by_all(activity, rivals)
    assert sum(isinstance(outcome, RatedAlready) for outcome in outcomes) == RIVALS - 1
    assert (Rating.objects.count(), FollowUp.objects.count()) == (1, 1)
    assert Outbox.objects.filter(kind=OPENED).count() == RIVALS


def test_canary_without_the_constraint_one_visit_counts_several_times(activity: Activity, rivals: Rivals) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE ratings_rating DROP CONSTRAINT {ONE_RATING_A_VISIT}")
    rate_by_all(activity, rivals)
    assert Rating.objects.count() > 1


def test_one_step_by_all_colleagues_is_one_event(activity: Activity, colleagues: list[User], rivals: Rivals) -> None:
    rating = rate(activity, Grade.DISSATISFIED)
    outcomes = verify_by_all(rating, colleagues, rivals)
    assert sum(isinstance(outcome, StepDoneAlready) for outcome in outcomes) == RIVALS - 1
    assert FollowUpEvent.objects.filter(verb="verify").count() == 1


def test_canary_without_the_lock_the_second_meets_the_database(
    activity: Activity, colleagues: list[User], rivals: Rivals, without_lock: None
) -> None:
    """One event a step, the database says; but as an error and not in words."""
    rating = rate(activity, Grade.DISSATISFIED)
    outcomes = verify_by_all(rating, colleagues, rivals)
    assert any(not isinstance(outcome, StepDoneAlready | FollowUp) for outcome in outcomes)
    assert FollowUpEvent.objects.filter(verb="verify").count() == 1


def test_two_sweeps_at_once_tell_of_one_overdue_once(
    activity: Activity, colleagues: list[User], rivals: Rivals, clock: TestClock
) -> None:
    rating = rate(activity, Grade.DISSATISFIED)
    clock.move_to(rating.follow_up.verify_by)
    now = clock.now
    assert sum(rivals([lambda: report_overdue(now=now)] * RIVALS)) == 1
    assert FollowUpEvent.objects.filter(verb="verify_overdue").count() == 1
