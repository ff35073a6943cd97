"""Signing up: the window, ages, consent, families, places and the waitlist."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from activities import exceptions as refused
from activities.choices import Relation, SignUpState
from activities.domain.rules import Entry
from activities.models import Activity, Participant, SignUp
from activities.services import waitlist
from activities.services.activities import edit_activity
from activities.services.sign_ups import accept_offer, decline_offer, leave, sign_up
from activities.values.ages import age_on
from activities.values.offers import offer_until
from centers.models import Center
from notifications.models import Outbox
from tests.factories.activities import D, join, make_activity, make_participant, make_plan
from tests.factories.bookings import make_booker, slot
from tests.support.time import TestClock

IN, WAITING, OFFERED = SignUpState.IN, SignUpState.WAITING, SignUpState.OFFERED


def states(activity: Activity) -> list[str]:
    return list(activity.sign_ups.order_by("id").values_list("state", flat=True))


def fill(activity: Activity, count: int) -> list[SignUp]:
    return [join(activity, number) for number in range(1, count + 1)]


def test_the_first_get_the_places_and_the_others_wait_in_order(village: Center) -> None:
    activity = make_activity(village, capacity=2)
    fill(activity, 4)
    activity.refresh_from_db()
    assert states(activity) == [IN, IN, WAITING, WAITING]
    assert (activity.seats_taken, activity.waiting, activity.places_left) == (2, 2, 0)


def test_who_leaves_makes_place_for_the_next_and_nobody_else(village: Center) -> None:
    activity = make_activity(village, capacity=2)
    first, _second, third, _fourth = fill(activity, 4)
    leave(actor=first.participant.account, sign_up=first)
    assert states(activity) == [SignUpState.LEFT, IN, OFFERED, WAITING]
    assert Outbox.objects.filter(kind="activity_offered").values_list("subject_id", flat=True).get() == third.code


def test_an_offer_is_taken_or_left_to_the_next(village: Center) -> None:
    activity = make_activity(village, capacity=1)
    first, second, third = fill(activity, 3)
    leave(actor=first.participant.account, sign_up=first)
    decline_offer(actor=second.participant.account, sign_up=second)
    accept_offer(actor=third.participant.account, sign_up=third)
    accept_offer(actor=third.participant.account, sign_up=third)
    assert states(activity) == [SignUpState.LEFT, SignUpState.DECLINED, IN]
    with pytest.raises(refused.OfferGone):
        accept_offer(actor=second.participant.account, sign_up=second)


def test_an_offer_nobody_answers_goes_to_the_next(village: Center, clock: TestClock) -> None:
    activity = make_activity(village, capacity=1)
    first, second, _third = fill(activity, 3)
    leave(actor=first.participant.account, sign_up=first)
    second.refresh_from_db()
    assert second.offered_until is not None
    clock.move_to(second.offered_until)
    assert waitlist.lapse_offers(now=second.offered_until) == 1
    assert states(activity) == [SignUpState.LEFT, SignUpState.LAPSED, OFFERED]


def test_an_offer_leaves_the_next_as_much_time(clock: TestClock) -> None:
    start = slot(14, 16, D)[0]
    assert offer_until(start - dt.timedelta(days=3), start) == start - dt.timedelta(days=3) + dt.timedelta(hours=12)
    late = slot(23 + 50 / 60, 24, D - dt.timedelta(days=1))[0]
    assert offer_until(late, start) == late + (start - late) / 2
    assert offer_until(start, start) is None
    assert offer_until(start + dt.timedelta(minutes=5), start) is None


def test_nobody_is_offered_a_place_once_it_has_begun(village: Center, clock: TestClock) -> None:
    activity = make_activity(village, capacity=1)
    first, _second = fill(activity, 2)
    clock.move_to(activity.starts_at + dt.timedelta(minutes=5))
    with pytest.raises(refused.ActivityBegun):
        leave(actor=first.participant.account, sign_up=first)
    assert states(activity) == [IN, WAITING]


def test_an_offer_ends_before_the_start_also_of_an_activity_moved_to_the_same_day(
    village: Center, staff: User, clock: TestClock
) -> None:
    activity = make_activity(village, capacity=1)
    first, second = fill(activity, 2)
    leave(actor=first.participant.account, sign_up=first)
    today = clock.now.date()
    edit_activity(actor=staff, activity=activity, plan=make_plan(capacity=1, day=today))
    second.refresh_from_db()
    assert second.offered_until == offer_until(clock.now, slot(14, 16, today)[0])


def test_more_places_go_to_who_waits_and_fewer_throw_nobody_out(village: Center, staff: User) -> None:
    activity = make_activity(village, capacity=2)
    fill(activity, 4)
    edit_activity(actor=staff, activity=activity, plan=make_plan(capacity=3))
    assert states(activity) == [IN, IN, OFFERED, WAITING]
    with pytest.raises(refused.CapacityBelowSeats):
        edit_activity(actor=staff, activity=activity, plan=make_plan(capacity=2))
    edit_activity(actor=staff, activity=activity, plan=make_plan(capacity=None))
    assert states(activity) == [IN, IN, OFFERED, OFFERED]


def test_a_family_gets_places_together_or_chooses(village: Center, resident: User) -> None:
    activity = make_activity(village, capacity=3)
    people = [make_participant(resident, f"演示孩子0{n}", relation=Relation.CHILD) for n in (1, 2)]
    entries = [Entry(person, guardian_consent=True) for person in people]
    assert [one.state for one in sign_up(actor=resident, activity=activity, entries=entries)] == [IN, IN]
    others = [make_participant(make_booker(n)) for n in (2, 3)]
    pair = [make_participant(others[0].account, "演示老人01", relation=Relation.ELDER), others[0]]
    with pytest.raises(refused.TooFewPlaces):
        sign_up(actor=others[0].account, activity=activity, entries=[Entry(person) for person in pair])
    sign_up(actor=others[0].account, activity=activity, entries=[Entry(pair[0])])
    assert [one.state for one in sign_up(actor=others[1].account, activity=activity, entries=[Entry(others[1])])] == [
        WAITING
    ]


def test_twins_are_two_people_and_the_other_parents_twin_is_asked_about(village: Center, resident: User) -> None:
    activity = make_activity(village, capacity=10, min_age=6)
    born = dt.date(2018, 5, 1)
    twins = [make_participant(resident, name, relation=Relation.CHILD, born=born) for name in ("演示甲", "演示乙")]
    grandmother = make_participant(resident, "演示奶奶", relation=Relation.ELDER, born=dt.date(1950, 1, 1))
    entries = [Entry(person, guardian_consent=True) for person in (*twins, grandmother)]
    sign_up(actor=resident, activity=activity, entries=entries)
    with pytest.raises(refused.AlreadyIn, match="演示甲"):
        sign_up(actor=resident, activity=activity, entries=entries[:1])
    other_parent = make_booker(2)
    same = make_participant(other_parent, "演示甲", relation=Relation.CHILD, born=born)
    with pytest.raises(refused.SamePersonElsewhere):
        sign_up(actor=other_parent, activity=activity, entries=[Entry(same, guardian_consent=True)])
    assert activity.sign_ups.count() == 3
    asked = Entry(same, guardian_consent=True, is_another_person=True)
    sign_up(actor=other_parent, activity=activity, entries=[asked])
    assert activity.sign_ups.count() == 4


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (dt.date(2012, 2, 29), dt.date(2027, 2, 28), 14),
        (dt.date(2012, 2, 29), dt.date(2027, 3, 1), 15),
        (dt.date(2012, 11, 30), dt.date(2026, 11, 30), 14),
        (dt.date(2012, 12, 1), dt.date(2026, 11, 30), 13),
    ],
)
def test_age_is_that_of_the_day(born: dt.date, day: dt.date, age: int) -> None:
    assert age_on(born, day) == age


def test_the_age_on_the_day_of_the_activity_counts_and_consent_is_asked_of_minors_alone(
    village: Center, resident: User
) -> None:
    activity = make_activity(village, capacity=10, min_age=14, day=dt.date(2027, 1, 5))
    turns_14_before = make_participant(resident, "演示丙", relation=Relation.CHILD, born=dt.date(2013, 1, 5))
    too_young = make_participant(resident, "演示丁", relation=Relation.CHILD, born=dt.date(2013, 1, 6))
    turns_18_on_it = make_participant(resident, "演示戊", relation=Relation.CHILD, born=dt.date(2009, 1, 5))
    unknown = make_participant(resident, "演示己")
    for person, error in ((too_young, refused.TooYoung), (unknown, refused.BirthDateMissing)):
        with pytest.raises(error):
            sign_up(actor=resident, activity=activity, entries=[Entry(person, guardian_consent=True)])
    with pytest.raises(refused.ConsentMissing):
        sign_up(actor=resident, activity=activity, entries=[Entry(turns_14_before)])
    sign_up(actor=resident, activity=activity, entries=[Entry(turns_18_on_it)])
    sign_up(actor=resident, activity=activity, entries=[Entry(turns_14_before, guardian_consent=True)])


def test_one_window_whatever_the_entrance(village: Center, staff: User, clock: TestClock) -> None:
    """Sign-up from three days before at 9:00 until the end of the day before; full from the first minute."""
    opens, closes = slot(9, 24, D - dt.timedelta(days=3))[0], slot(0, 1, D)[0]
    activity = make_activity(village, capacity=1, sign_up_opens_at=opens, sign_up_closes_at=closes)
    at_desk = [Entry(Participant.objects.create(center=village, name="演示老人01"))]
    clock.move_to(opens - dt.timedelta(minutes=1))
    for attempt in (
        lambda: join(activity, 1),
        lambda: sign_up(actor=staff, activity=activity, entries=at_desk, is_by_staff=True),
    ):
        with pytest.raises(refused.SignUpNotOpen):
            attempt()
    clock.move_to(closes - dt.timedelta(seconds=1))
    assert join(activity, 1).state == IN
    assert join(activity, 2).state == WAITING
    clock.move_to(closes)
    with pytest.raises(refused.SignUpClosed):
        join(activity, 3)


def test_a_full_activity_stays_full_by_any_path(village: Center) -> None:
    """Straight rows meet the check on the activity."""
    activity = make_activity(village, capacity=1)
    fill(activity, 1)
    other = make_participant(make_booker(9))
    with pytest.raises(IntegrityError, match="activity_seats_within_capacity"), transaction.atomic():
        SignUp.objects.create(activity=activity, participant=other, state=IN)
    with pytest.raises(IntegrityError, match="activity_seats_within_capacity"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(capacity=0)


def test_only_ones_own_people_and_the_desk(village: Center, resident: User, staff: User) -> None:
    activity = make_activity(village)
    strange = make_participant(make_booker(7))
    with pytest.raises(refused.ActivityNotAllowed):
        sign_up(actor=resident, activity=activity, entries=[Entry(strange)])
    [made] = sign_up(actor=staff, activity=activity, entries=[Entry(strange)], is_by_staff=True)
    assert made.is_by_staff
    with pytest.raises(refused.ActivityNotAllowed):
        leave(actor=resident, sign_up=made)
    leave(actor=staff, sign_up=made)
    assert Outbox.objects.filter(kind="activity_removed", recipient=strange.account).count() == 1


def test_a_place_that_falls_free_late_in_the_evening_is_offered_for_less_than_until_the_start(
    village: Center, clock: TestClock
) -> None:
    """At 23:50 of the day before, sign-up closed at midnight; whoever waits has until 6:55, and the next some time."""
    closes = slot(0, 1, D)[0]
    activity = make_activity(village, capacity=1, sign_up_closes_at=closes)
    first, second, third = fill(activity, 3)
    late = closes - dt.timedelta(minutes=10)
    clock.move_to(late)
    leave(actor=first.participant.account, sign_up=first)
    second.refresh_from_db()
    assert second.offered_until == slot(6 + 55 / 60, 7, D)[0]
    clock.move_to(second.offered_until)
    waitlist.lapse_offers(now=second.offered_until)
    third.refresh_from_db()
    assert third.state == OFFERED
    assert third.offered_until is not None and third.offered_until < activity.starts_at
    accept_offer(actor=third.participant.account, sign_up=third)
    assert states(activity) == [SignUpState.LEFT, SignUpState.LAPSED, IN]


def test_each_date_of_a_series_asks_for_the_age_on_its_own_day(village: Center, resident: User) -> None:
    child = make_participant(resident, "演示庚", relation=Relation.CHILD, born=dt.date(2012, 12, 14))
    before, after = (make_activity(village, min_age=14, day=day) for day in (D, D + dt.timedelta(days=14)))
    with pytest.raises(refused.TooYoung):
        sign_up(actor=resident, activity=before, entries=[Entry(child, guardian_consent=True)])
    sign_up(actor=resident, activity=after, entries=[Entry(child, guardian_consent=True)])


def test_one_person_named_twice_is_named_and_nobody_gets_a_place(village: Center, resident: User) -> None:
    activity = make_activity(village)
    one, twice = (make_participant(resident, name) for name in ("演示辛", "演示壬"))
    with pytest.raises(refused.AlreadyIn, match="演示壬") as caught:
        sign_up(actor=resident, activity=activity, entries=[Entry(person) for person in (one, twice, twice)])
    assert caught.value.position == 2
    assert not activity.sign_ups.exists()
