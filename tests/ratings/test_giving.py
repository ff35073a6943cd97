"""Giving a rating: once a visit, from the beginning on, a bad one opening its follow-up."""

import datetime as dt

import pytest
from django.db import transaction

from activities.choices import ActivityState
from activities.models import Activity
from common import clock as portal_clock
from notifications.models import Outbox
from ratings.choices import Channel, Grade, Step
from ratings.domain.subjects import Subject, chosen_service, subject_of
from ratings.exceptions import NotBegunYet, NotHeld, RatedAlready, RatingIsOver, ServiceMissing
from ratings.messages import OPENED, follow_up_texts
from ratings.models import CallBackNumber, FollowUp, FollowUpEvent, Rating
from ratings.services.giving import Answer, give_rating
from ratings.values.tokens import Kind, Token, read_tablet_token, tablet_token
from tests.factories.activities import join, make_activity
from tests.factories.bookings import TODAY, book, make_booker, make_space
from tests.factories.catalog import make_service, switch_off
from tests.factories.ratings import rate
from tests.support.cast import Cast
from tests.support.time import TestClock

PHONE = "19900000042"


def test_a_rating_belongs_to_the_center_that_led_the_activity(cast: Cast, activity: Activity) -> None:
    rating = rate(activity, Grade.VERY_SATISFIED, comment=" 很好 ")
    assert (rating.center, rating.activity, rating.comment, rating.account) == (cast.center, activity, "很好", None)
    assert not hasattr(rating, "follow_up")


@pytest.mark.parametrize("grade", [Grade.DISSATISFIED, Grade.VERY_DISSATISFIED])
def test_a_bad_one_opens_a_follow_up_with_working_day_deadlines(activity: Activity, grade: Grade) -> None:
    follow_up = rate(activity, grade, phone=PHONE).follow_up
    at = [portal_clock.local(moment) for moment in (follow_up.verify_by, follow_up.finish_by)]
    # Given on Tuesday 24 November: fifteen working days on is Tuesday 15 December.
    assert [(moment.date(), moment.time()) for moment in at] == [
        (dt.date(2026, 11, 25), dt.time(17, 30)),
        (dt.date(2026, 12, 15), dt.time(17, 30)),
    ]
    assert (follow_up.step, follow_up.number.phone) == (Step.VERIFY, PHONE)
    assert [event.verb for event in follow_up.events.all()] == ["open"]


def test_given_on_a_saturday_it_is_verified_on_monday(cast: Cast, clock: TestClock) -> None:
    clock.move_to(portal_clock.at(dt.date(2026, 11, 28), dt.time(10)))
    activity = make_activity(cast.center, 9, 11, day=dt.date(2026, 11, 28))
    assert portal_clock.local(rate(activity, Grade.DISSATISFIED).follow_up.verify_by).date() == dt.date(2026, 11, 30)


def test_the_center_and_the_one_above_are_told_and_nobody_beside(cast: Cast, activity: Activity) -> None:
    rating = rate(activity, Grade.DISSATISFIED)
    told = set(Outbox.objects.filter(kind=OPENED).values_list("recipient__username", flat=True))
    assert told == {"staff", "manager", "town_admin"}
    text = follow_up_texts(OPENED, [rating.reference])[rating.reference]
    assert "不满意" in text.body
    assert text.url == rating.get_absolute_url()


def test_a_number_is_kept_only_with_a_bad_grade(activity: Activity) -> None:
    rate(activity, Grade.FAIRLY_SATISFIED, phone=PHONE)
    assert not CallBackNumber.objects.exists()


def test_a_visit_counts_once_and_what_was_given_first_stays(activity: Activity) -> None:
    rate(activity, Grade.VERY_SATISFIED, visitor="one")
    with pytest.raises(RatedAlready), transaction.atomic():
        rate(activity, Grade.VERY_DISSATISFIED, visitor="one")
    assert [rating.grade for rating in Rating.objects.all()] == [Grade.VERY_SATISFIED]
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    ("moment", "refusal"),
    [
        (dt.timedelta(seconds=-1), NotBegunYet),
        (dt.timedelta(0), None),
        (dt.timedelta(days=30, hours=1, minutes=29), None),
        (dt.timedelta(days=30, hours=1, minutes=30), RatingIsOver),
    ],
)
def test_from_the_beginning_on_until_thirty_days_after_the_end(
    activity: Activity, clock: TestClock, moment: dt.timedelta, refusal: type[Exception] | None
) -> None:
    clock.move_to(activity.starts_at + moment)
    found = Subject(activity.center, activity).refusal()
    assert type(found) is refusal if refusal else found is None


@pytest.mark.parametrize("state", [ActivityState.DRAFT, ActivityState.CANCELLED])
def test_what_did_not_take_place_is_not_rated(cast: Cast, state: ActivityState) -> None:
    activity = make_activity(cast.center, 9, 10, day=TODAY, state=state)
    subject = subject_of(Token(Kind.ACTIVITY, activity.reference))
    assert subject is not None
    assert isinstance(subject.refusal(), NotHeld)


def test_a_sign_up_is_one_visit_from_whatever_browser(cast: Cast, clock: TestClock) -> None:
    activity = make_activity(cast.center)
    sign_up = join(activity)
    clock.move_to(activity.starts_at)
    subject = subject_of(Token(Kind.SIGN_UP, sign_up.code))
    assert subject is not None
    assert (subject.activity, subject.visits("one")[0]) == (activity, subject.visits("two")[0])
    # The browser that has rated by the code on the wall is asked no second time.
    wall = subject_of(Token(Kind.ACTIVITY, activity.reference))
    assert wall is not None
    assert wall.visits("one")[0] in subject.visits("one")
    assert not set(wall.visits("one")) & set(subject.visits("two"))


def test_who_left_was_not_there(cast: Cast, clock: TestClock) -> None:
    activity = make_activity(cast.center)
    sign_up = join(activity)
    type(sign_up).objects.update(state="left")
    clock.move_to(activity.starts_at)
    subject = subject_of(Token(Kind.SIGN_UP, sign_up.code))
    assert subject is not None
    assert isinstance(subject.refusal(), NotHeld)


def test_a_use_of_a_room_is_rated_from_its_beginning_on(cast: Cast, clock: TestClock) -> None:
    booking = book(make_booker(), make_space(cast.center), 9, 10)
    subject = subject_of(Token(Kind.BOOKING, booking.reference))
    assert subject is not None
    assert isinstance(subject.refusal(), NotBegunYet)
    clock.move_to(booking.starts_at)
    rating = give_rating(
        subject=subject, answer=Answer(Grade.SATISFIED), channel=Channel.LINK, visits=subject.visits("one")
    )
    assert (rating.booking, rating.center) == (booking, cast.center)


def test_a_service_is_chosen_among_those_the_center_offers(cast: Cast) -> None:
    offered, off = make_service(cast.city, "咨询"), make_service(cast.city, "借阅")
    switch_off(cast.center, off)
    assert chosen_service(cast.center, offered.pk) == offered
    for wrong in (off.pk, None, 0):
        with pytest.raises(ServiceMissing):
            chosen_service(cast.center, wrong)
    with pytest.raises(ServiceMissing):
        give_rating(
            subject=Subject(cast.center), answer=Answer(Grade.SATISFIED), channel=Channel.QR, visits=["a-visit"]
        )


def test_a_service_may_be_rated_again_another_day(cast: Cast, clock: TestClock) -> None:
    service, subject = make_service(cast.city), Subject(cast.center)
    today = subject.visits("one", service)
    assert subject.visits("one", service) == today
    clock.advance(days=1)
    assert subject.visits("one", service) != today


def test_a_token_is_good_for_what_it_was_signed_for_alone() -> None:
    token = Token(Kind.ACTIVITY, "7K3M9QXW2A", Channel.LINK)
    assert Token.read(str(token)) == token
    forged = str(token).replace("7K3M9QXW2A", "7K3M9QXW2B")
    for text in (forged, str(token)[:-1], "", "a-qr-7K3M9QXW2A", tablet_token("330482")):
        assert Token.read(text) is None


def test_a_tablet_token_is_none_of_the_others() -> None:
    assert read_tablet_token(tablet_token("330482")) == "330482"
    assert read_tablet_token(str(Token(Kind.CENTER, "330482"))) is None


def test_nothing_of_a_visit_can_be_read_from_its_key(activity: Activity) -> None:
    rating = rate(activity, visitor="some-browser")
    assert len(rating.visit) == 64
    assert "some-browser" not in rating.visit
    assert not FollowUpEvent.objects.exists()
