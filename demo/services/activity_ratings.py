"""Demo ratings of the demo's activities, with follow-ups of the bad ones in every state, by COPY."""

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from activities.choices import ActivityState
from bookings.values.references import new_reference
from centers.domain.hours import day_kinds, nth_workday, reach_of
from centers.values.holidays import DayMark
from common import clock
from common.copying import copy_in, next_ids
from demo.services.activity_plans import DAY, GeneratedActivity
from demo.services.candidate_slots import seeded_random
from demo.values import samples
from ratings.choices import BAD, CallResult, Channel, FollowUpVerb, Grade, Step
from ratings.models import CallBackNumber, FollowUp, FollowUpEvent, Rating
from ratings.values.limits import DAY_ENDS, DAYS_TO_FINISH, DAYS_TO_VERIFY
from ratings.values.tokens import visit_key

# Of the last year, so many at most of each activity that was held.
RATED_DAYS, MOST = 360, 3
GRADES, GRADE_WEIGHTS = list(Grade), (56, 33, 7, 3, 1)
COMMENTED, NUMBER_LEFT = 0.25, 0.5
# At home one follow-up waits at each step: the oldest too long, the latest since it came in.
AT_HOME = (Step.VERIFY, Step.FIX, Step.CALL_BACK, Step.DONE, Step.VERIFY)
STEPS = (Step.VERIFY, Step.FIX, Step.CALL_BACK)
PHONE = "13800000001"
HELD = (ActivityState.PUBLISHED, ActivityState.RECORDED)

RATING = ("id", "reference", "center_id", "activity_id", "grade", "comment", "channel", "visit", "given_at", "is_demo")
FOLLOW_UP = ("rating_id", "verify_by", "finish_by", "verified_at", "fixed_at", "called_at", "call_result")
EVENT = ("follow_up_id", "verb", "actor_id", "at", "note")
NUMBER = ("follow_up_id", "phone")


@dataclasses.dataclass(frozen=True)
class GeneratedRating:
    """A demo rating; of a bad one the step its follow-up has come to, and when each step was done."""

    activity: GeneratedActivity
    reference: str
    grade: Grade
    comment: str
    channel: Channel
    at: dt.datetime
    step: Step = Step.DONE
    has_number: bool = False


def insert_ratings(activities: Sequence[GeneratedActivity], ids: Mapping[str, int], home: int, now: dt.datetime) -> int:
    """Insert ratings of the activities that were held before `now`. Returns how many."""
    since = now - RATED_DAYS * DAY
    held = [one for one in activities if one.state in HELD and since < one.ends_at < now - dt.timedelta(hours=1)]
    if not held:
        return 0
    days = _days(home, min(one.ends_at for one in held), now)
    ratings = [*_at_home(held, home, now), *(rating for one in held for rating in _ratings_of(one, days, now))]
    numbered = list(zip(next_ids(Rating, len(ratings)), ratings, strict=True))
    copy_in(Rating, RATING, (_rating(pk, one, ids[one.activity.reference]) for pk, one in numbered))
    bad = [(pk, one, *_moments(one, days)) for pk, one in numbered if one.grade in BAD]
    copy_in(FollowUp, FOLLOW_UP, (_follow_up(pk, one, by, moments) for pk, one, by, moments in bad))
    copy_in(FollowUpEvent, EVENT, (row for pk, one, _by, moments in bad for row in _events(pk, one, moments)))
    copy_in(CallBackNumber, NUMBER, ((pk, PHONE) for pk, one, *_more in bad if one.has_number))
    return len(ratings)


def _days(center: int, first: dt.datetime, now: dt.datetime) -> dict[dt.date, DayMark]:
    """Kinds of day by the national calendar: nobody has set other ones in a demo that is filled for the first time."""
    last = clock.local(now).date() + reach_of(DAYS_TO_FINISH) * DAY
    return day_kinds([center], clock.local(first).date(), last)[center]


def _ratings_of(
    activity: GeneratedActivity, days: Mapping[dt.date, DayMark], now: dt.datetime
) -> Iterator[GeneratedRating]:
    rng = seeded_random("ratings", activity.reference)
    for _ in range(rng.randint(0, MOST)):
        grade = rng.choices(GRADES, GRADE_WEIGHTS)[0]
        rating = _draw(activity, grade, rng, now)
        if grade in BAD:
            verify_by, finish_by = _deadlines(rating.at, days)
            open_steps = (Step.FIX, Step.CALL_BACK) if verify_by < now else (Step.VERIFY,)
            step = Step.DONE if finish_by < now else rng.choice((*open_steps, Step.DONE))
            rating = dataclasses.replace(rating, step=step, has_number=rng.random() < NUMBER_LEFT)
        yield rating


def _at_home(activities: Sequence[GeneratedActivity], home: int, now: dt.datetime) -> Iterator[GeneratedRating]:
    """Ratings that the demo's staff find at home: the oldest waits to be verified, the latest has just come in."""
    latest = sorted((one for one in activities if one.place.pk == home), key=lambda one: one.ends_at)[-len(AT_HOME) :]
    for number, (activity, step) in enumerate(zip(latest, AT_HOME[-len(latest) :], strict=True) if latest else ()):
        rng = seeded_random("bad rating at home", activity.reference)
        rating = _draw(activity, Grade.DISSATISFIED, rng, now)
        yield dataclasses.replace(rating, step=step, has_number=bool(number % 2))


def _draw(activity: GeneratedActivity, grade: Grade, rng: random.Random, now: dt.datetime) -> GeneratedRating:
    """Draw a rating of an activity, given within a day of its end."""
    at = min(activity.ends_at + dt.timedelta(minutes=rng.randint(1, 20 * 60)), now - dt.timedelta(minutes=5))
    words = [row["comment"] for row in samples.rows("ratings") if str(grade.value) in row["grades"].split()]
    comment = rng.choice(words) if rng.random() < COMMENTED or grade in BAD else ""
    channel = rng.choices(list(Channel), (6, 3, 1))[0]
    return GeneratedRating(activity, new_reference(rng.randrange), grade, comment, channel, max(at, activity.ends_at))


def _deadlines(at: dt.datetime, days: Mapping[dt.date, DayMark]) -> tuple[dt.datetime, dt.datetime]:
    day = clock.local(at).date()
    verify, finish = (clock.at(nth_workday(days, day, count), DAY_ENDS) for count in (DAYS_TO_VERIFY, DAYS_TO_FINISH))
    return verify, finish


def _moments(
    rating: GeneratedRating, days: Mapping[dt.date, DayMark]
) -> tuple[tuple[dt.datetime, dt.datetime], list[dt.datetime]]:
    """Deadlines of a bad rating, and the moments at which the steps before its present one were done."""
    by = _deadlines(rating.at, days)
    done = STEPS.index(rating.step) if rating.step in STEPS else len(STEPS)
    first, length = rating.at, (by[0] - rating.at) / 10
    return by, [first + length * (number + 1) for number in range(done)]


def _rating(pk: int, one: GeneratedRating, activity_id: int) -> tuple[Any, ...]:
    visit = visit_key("demo", one.reference)
    what = (pk, one.reference, one.activity.place.pk, activity_id, one.grade.value, one.comment)
    return (*what, one.channel.value, visit, one.at, True)


def _follow_up(
    pk: int, one: GeneratedRating, by: tuple[dt.datetime, dt.datetime], moments: Sequence[dt.datetime]
) -> tuple[Any, ...]:
    padded = (*moments, None, None, None)[: len(STEPS)]
    result = (CallResult.REACHED if one.has_number else CallResult.NO_NUMBER) if len(moments) == len(STEPS) else ""
    return (pk, *by, *padded, str(result))


def _events(pk: int, one: GeneratedRating, moments: Sequence[dt.datetime]) -> Iterator[tuple[Any, ...]]:
    yield (pk, FollowUpVerb.OPEN.value, None, one.at, "")
    for step, at in zip(STEPS, moments, strict=False):
        yield (pk, step.value, one.activity.place.staff, at, samples.rows("rating_steps")[STEPS.index(step)]["note"])
