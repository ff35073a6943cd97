"""Following a bad rating up: verified, put right, called back, each by its deadline and in this order."""

import datetime as dt

import pytest

from accounts.models import PhoneReveal, User
from activities.models import Activity
from notifications.models import Outbox
from ratings.choices import CallResult, Grade, Step
from ratings.exceptions import CallResultMissing, NoteMissing, RatingNotAllowed, StepDoneAlready
from ratings.messages import FINISH_OVERDUE, OPENED, VERIFY_OVERDUE, follow_up_texts
from ratings.models import CallBackNumber, FollowUp, Rating
from ratings.selectors.staff import follow_up_count, open_follow_ups
from ratings.services.follow_ups import forget_numbers, report_overdue, reveal_phone, take_step
from tests.factories.ratings import rate
from tests.support.cast import Cast
from tests.support.time import TestClock

PHONE = "19900000042"
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def bad(activity: Activity) -> Rating:
    return rate(activity, Grade.DISSATISFIED, comment="等了二十分钟", phone=PHONE)


@pytest.fixture
def staff(cast: Cast) -> User:
    return cast["staff"]


def settle(actor: User, rating: Rating, *steps: Step, result: str = CallResult.REACHED) -> FollowUp:
    for step in steps:
        take_step(actor=actor, rating=rating, step=step, note="已处理", result=result)
    return FollowUp.objects.get(pk=rating.pk)


def test_the_steps_in_order_each_with_who_and_what(bad: Rating, staff: User, cast: Cast) -> None:
    settle(staff, bad, Step.VERIFY, Step.FIX)
    follow_up = settle(cast["town_admin"], bad, Step.CALL_BACK)
    assert (follow_up.step, follow_up.call_result) == (Step.DONE, CallResult.REACHED)
    told = [(event.verb, event.actor and event.actor.username, event.note) for event in follow_up.events.all()]
    assert told == [
        ("open", None, ""),
        ("verify", "staff", "已处理"),
        ("fix", "staff", "已处理"),
        ("call_back", "town_admin", "已处理"),
    ]


@pytest.mark.parametrize("step", [Step.FIX, Step.CALL_BACK, Step.DONE])
def test_no_step_is_left_out(bad: Rating, staff: User, step: Step) -> None:
    with pytest.raises(StepDoneAlready):
        settle(staff, bad, step)


def test_a_step_is_done_once(bad: Rating, staff: User) -> None:
    settle(staff, bad, Step.VERIFY)
    with pytest.raises(StepDoneAlready, match="待整改"):
        settle(staff, bad, Step.VERIFY)
    assert bad.follow_up.events.filter(verb="verify").count() == 1


def test_nobody_closes_one_without_calling_back(bad: Rating, staff: User) -> None:
    settle(staff, bad, Step.VERIFY, Step.FIX)
    for result in ("", CallResult.NO_NUMBER, "nonsense"):
        with pytest.raises(CallResultMissing):
            settle(staff, bad, Step.CALL_BACK, result=result)
    assert FollowUp.objects.open().count() == 1


def test_without_a_number_it_is_said_that_nobody_could_be_called(activity: Activity, staff: User) -> None:
    rating = rate(activity, Grade.VERY_DISSATISFIED)
    follow_up = settle(staff, rating, Step.VERIFY, Step.FIX, Step.CALL_BACK, result=CallResult.REACHED)
    assert follow_up.call_result == CallResult.NO_NUMBER


def test_each_step_says_what_was_done(bad: Rating, staff: User) -> None:
    with pytest.raises(NoteMissing):
        take_step(actor=staff, rating=bad, step=Step.VERIFY, note="  ")


@pytest.mark.parametrize("role", ["resident", "sibling_staff", "sibling_manager", "other_town_admin"])
def test_who_works_elsewhere_neither_sees_nor_settles(bad: Rating, cast: Cast, role: str) -> None:
    with pytest.raises(RatingNotAllowed):
        settle(cast[role], bad, Step.VERIFY)
    with pytest.raises(RatingNotAllowed):
        reveal_phone(actor=cast[role], rating=bad)
    assert not Rating.objects.visible_to(cast[role]).exists()
    assert follow_up_count(cast[role]) == 0


@pytest.mark.parametrize("role", ["staff", "manager", "town_admin", "city_admin"])
def test_the_centers_above_see_all_below(bad: Rating, cast: Cast, role: str) -> None:
    assert list(open_follow_ups(cast[role])) == [bad.follow_up]
    assert follow_up_count(cast[role]) == 1


def test_seeing_the_number_is_written_down(bad: Rating, staff: User) -> None:
    assert reveal_phone(actor=staff, rating=bad) == PHONE
    [seen] = PhoneReveal.objects.all()
    assert (seen.viewer, seen.subject_id, seen.purpose) == (staff, None, f"follow-up {bad.reference}")


def test_the_number_is_erased_thirty_days_after_the_call(bad: Rating, staff: User, clock: TestClock) -> None:
    settle(staff, bad, Step.VERIFY, Step.FIX, Step.CALL_BACK)
    clock.advance(days=29)
    assert forget_numbers(now=clock.now) == 0
    clock.advance(days=1)
    assert forget_numbers(now=clock.now) == 1
    assert not CallBackNumber.objects.exists()
    assert reveal_phone(actor=staff, rating=bad) == ""
    assert FollowUp.objects.get().call_result == CallResult.REACHED


def test_a_number_stays_while_the_follow_up_is_open(bad: Rating, clock: TestClock) -> None:
    clock.advance(days=300)
    assert forget_numbers(now=clock.now) == 0


def told(kind: str) -> set[str]:
    return set(Outbox.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_what_is_overdue_is_told_to_the_center_and_above_once(bad: Rating, staff: User, clock: TestClock) -> None:
    follow_up = bad.follow_up
    clock.move_to(follow_up.verify_by - SECOND)
    assert report_overdue(now=clock.now) == 0
    clock.move_to(follow_up.verify_by)
    assert (report_overdue(now=clock.now), report_overdue(now=clock.now)) == (1, 0)
    assert told(VERIFY_OVERDUE) == {"staff", "manager", "town_admin"}
    settle(staff, bad, Step.VERIFY)
    clock.move_to(follow_up.finish_by)
    assert (report_overdue(now=clock.now), report_overdue(now=clock.now)) == (1, 0)
    assert told(FINISH_OVERDUE) == {"staff", "manager", "town_admin"}


def test_what_is_settled_in_time_is_never_overdue(bad: Rating, staff: User, clock: TestClock) -> None:
    settle(staff, bad, Step.VERIFY, Step.FIX, Step.CALL_BACK)
    clock.advance(days=60)
    assert report_overdue(now=clock.now) == 0


def test_the_words_are_current_as_long_as_they_are_so(bad: Rating, staff: User) -> None:
    def current(kind: str) -> bool:
        return follow_up_texts(kind, [bad.reference])[bad.reference].is_current

    kinds = (OPENED, VERIFY_OVERDUE, FINISH_OVERDUE)
    assert [current(kind) for kind in kinds] == [True, True, True]
    settle(staff, bad, Step.VERIFY)
    assert [current(kind) for kind in kinds] == [False, False, True]
    settle(staff, bad, Step.FIX, Step.CALL_BACK)
    assert [current(kind) for kind in kinds] == [False, False, False]


def test_the_most_urgent_comes_first(activity: Activity, staff: User, clock: TestClock) -> None:
    early = rate(activity, Grade.DISSATISFIED)
    clock.advance(days=1)
    late = rate(activity, Grade.DISSATISFIED)
    assert [one.rating for one in open_follow_ups(staff)] == [early, late]
    # Verified, its next deadline is weeks away.
    settle(staff, early, Step.VERIFY)
    assert [one.rating for one in open_follow_ups(staff)] == [late, early]
