"""Rows of ratings and follow-ups that a constraint or trigger refuses, by the name of what refuses."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from ratings.choices import CallResult, Channel, FollowUpVerb, Grade
from ratings.models import (
    ONE_EVENT_A_VERB,
    ONE_RATING_A_VISIT,
    RATING_STAYS,
    CallBackNumber,
    FollowUp,
    FollowUpEvent,
    Rating,
)
from tests.factories.activities import make_activity
from tests.factories.bookings import slot

Rows = Iterable[models.Model] | Callable[[], Any]
NINE, TEN = slot(9, 10)


def rating(world: Any, **changes: Any) -> Rating:
    subject = {} if "booking" in changes else {"activity": make_activity(world.center)}
    fields = {"center": world.center, "grade": Grade.DISSATISFIED, "channel": Channel.QR, "visit": "once"}
    return Rating(**{**fields, **subject, **changes})


def follow_up(world: Any, **changes: Any) -> FollowUp:
    made = rating(world)
    made.save()
    return FollowUp(**{"rating": made, "verify_by": NINE, "finish_by": TEN, **changes})


def events(world: Any, *verbs: FollowUpVerb) -> Rows:
    of = follow_up(world)
    of.save()
    return [FollowUpEvent(follow_up=of, verb=verb, at=NINE) for verb in verbs]


def number(world: Any) -> Rows:
    of = follow_up(world)
    of.save()
    return [CallBackNumber(follow_up=of, phone="05730000000")]


def made_better(world: Any) -> Rows:
    given = rating(world)
    given.save()
    return lambda: Rating.objects.filter(pk=given.pk).update(grade=Grade.SATISFIED)


REFUSED: dict[str, Callable[[Any], Rows]] = {
    ONE_RATING_A_VISIT: lambda world: [rating(world), rating(world)],
    "rating_of_one_subject": lambda world: [rating(world, booking=world.booking, activity=make_activity(world.center))],
    "rating_grade_known": lambda world: [rating(world, grade=6)],
    "rating_channel_known": lambda world: [rating(world, channel="smoke")],
    "rating_has_visit": lambda world: [rating(world, visit="")],
    "follow_up_verified_first": lambda world: [follow_up(world, fixed_at=NINE)],
    "follow_up_fixed_first": lambda world: [
        follow_up(world, verified_at=NINE, called_at=NINE, call_result=CallResult.REACHED)
    ],
    "follow_up_ends_with_call_back": lambda world: [
        follow_up(world, verified_at=NINE, fixed_at=NINE, called_at=NINE, call_result="")
    ],
    "follow_up_deadlines_in_order": lambda world: [follow_up(world, finish_by=NINE - dt.timedelta(minutes=1))],
    "call_back_number_is_mobile": number,
    ONE_EVENT_A_VERB: lambda world: events(world, FollowUpVerb.OPEN, FollowUpVerb.OPEN),
    "follow_up_event_says_who_and_what": lambda world: events(world, FollowUpVerb.VERIFY),
}

TRIGGERED: dict[str, tuple[str, Callable[[Any], Rows]]] = {
    "Rating.stays_as_given": (RATING_STAYS, made_better),
}
