"""Rows of activities and sign-ups that a constraint or trigger refuses, by the name of what refuses."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from activities.choices import ActivityKind, ActivityState, Relation, SeriesRule, SignUpState, SignUpVerb
from activities.models import (
    CAMPAIGN_ONCE,
    THEME_ONCE,
    Activity,
    ActivityReminder,
    Campaign,
    GroupNames,
    Participant,
    Photo,
    Series,
    SignUp,
    SignUpEvent,
    Theme,
    ThemeDays,
    WalkIn,
)
from activities.models.activities import SEATS_WITHIN_CAPACITY
from tests.architecture.refused_rows import activity_kinds
from tests.factories.activities import make_activity, make_participant
from tests.factories.bookings import slot

Rows = Iterable[models.Model] | Callable[[], Any]
DAY = dt.date(2026, 12, 1)


def activity(world: Any, **changes: Any) -> Activity:
    starts_at, ends_at = slot(14, 16)
    fields = {"kind": ActivityKind.ACTIVITY, "title": "读书会", "starts_at": starts_at, "ends_at": ends_at}
    return Activity(center=world.center, **{**fields, **changes})


def sign_up(world: Any, **changes: Any) -> SignUp:
    return SignUp(
        **{
            "activity": make_activity(world.center),
            "participant": make_participant(world.user),
            "state": SignUpState.IN,
            **changes,
        }
    )


def twice(world: Any) -> Rows:
    here, person = make_activity(world.center), make_participant(world.user)
    return [SignUp(activity=here, participant=person, state=state) for state in (SignUpState.IN, SignUpState.WAITING)]


def one_too_many(world: Any) -> Rows:
    """A row written straight, into an activity that is full."""
    return [sign_up(world, activity=make_activity(world.center, capacity=0))]


def same_person(world: Any) -> Rows:
    return [Participant(account=world.user, name="演示孩子01") for _ in range(2)]


def event(world: Any) -> Rows:
    made = sign_up(world)
    made.save()
    return [SignUpEvent(sign_up=made, verb=SignUpVerb.LEAVE, at=made.created_at, to_state=SignUpState.LEFT)]


def photo(world: Any, **changes: Any) -> Photo:
    here = make_activity(world.center)
    return Photo(**{"activity": here, "key": uuid.uuid4(), "width": 4, "height": 3, **changes})


def photos_with_one_key(world: Any) -> Rows:
    here, key = make_activity(world.center), uuid.uuid4()
    return [photo(world, activity=here, key=key) for _ in range(2)]


def held_twice_a_day(world: Any) -> Rows:
    series = Series.objects.create(rule=SeriesRule.WEEKLY)
    return [activity(world, series=series, series_day=DAY) for _ in range(2)]


def theme_days(first: dt.date, last: dt.date, times: int = 1) -> Rows:
    theme = Theme.objects.create(name="演示")
    return [ThemeDays(theme=theme, first=first, last=last) for _ in range(times)]


def names_of_nobody(world: Any) -> Rows:
    counted = WalkIn(activity=make_activity(world.center), count=1, counted_by=world.user, at=slot(14, 16)[0])
    counted.save()
    return [GroupNames(walk_in=counted, names=[])]


def reminded_twice(world: Any) -> Rows:
    here = make_activity(world.center)
    return [ActivityReminder(activity=here, step=0, at=here.ends_at) for _ in range(2)]


REFUSED: dict[str, Callable[[Any], Rows]] = {
    "activity_ends_after_start": lambda world: [activity(world, ends_at=slot(14, 16)[0])],
    "activity_kind_known": lambda world: [activity(world, kind="feast", is_listed=False)],
    "activity_state_known": lambda world: [activity(world, state="lost")],
    "activity_listed_if_public_kind": lambda world: [activity(world, kind=ActivityKind.INSPECTION)],
    SEATS_WITHIN_CAPACITY: one_too_many,
    "activity_counted_has_attendance": lambda world: [activity(world, state=ActivityState.RECORDED)],
    "activity_of_booking_once": lambda world: [activity(world, booking=world.booking) for _ in range(2)],
    "activity_ages_in_order": lambda world: [activity(world, min_age=12, max_age=6)],
    "activity_of_series_once_a_day": held_twice_a_day,
    "activity_of_series_has_day": lambda world: [activity(world, series_day=slot(14, 16)[0].date())],
    "series_rule_known": lambda world: [Series(rule="daily")],
    THEME_ONCE: lambda world: [Theme(name="演示"), Theme(name="演示")],
    "theme_key_once": lambda world: [Theme(name=name, key="once") for name in ("一", "二")],
    "theme_from_is_a_day": lambda world: [Theme(name="演示", yearly_from="13-01")],
    "theme_until_not_before_from": lambda world: [Theme(name="演示", yearly_from="03-05", yearly_until="03-01")],
    "theme_days_once": lambda world: theme_days(DAY, DAY, times=2),
    "theme_days_in_order": lambda world: theme_days(DAY, DAY - dt.timedelta(days=1)),
    CAMPAIGN_ONCE: lambda world: [Campaign(name="演示"), Campaign(name="演示")],
    "campaign_key_once": lambda world: [Campaign(name=name, key="once") for name in ("一", "二")],
    "campaign_days_in_order": lambda world: [Campaign(name="演示", first=DAY, last=DAY - dt.timedelta(days=1))],
    "walk_in_negative_if_reversing": lambda world: [
        WalkIn(activity=make_activity(world.center), count=-1, counted_by=world.user, at=slot(14, 16)[0])
    ],
    "group_names_not_empty": names_of_nobody,
    "activity_reminder_once": reminded_twice,
    "participant_once_an_account": same_person,
    "participant_one_holder": lambda world: [
        Participant(account=world.user, name=f"演示居民0{n}", relation=Relation.SELF) for n in (1, 2)
    ],
    "participant_of_somebody": lambda world: [Participant(name="演示老人01")],
    "sign_up_state_known": lambda world: [sign_up(world, state="lost")],
    "sign_up_offer_has_deadline": lambda world: [sign_up(world, state=SignUpState.OFFERED)],
    "sign_up_checked_in_if_in": lambda world: [
        sign_up(world, state=SignUpState.WAITING, checked_in_at=slot(14, 16)[0] + dt.timedelta(minutes=1))
    ],
    "sign_up_live_once": twice,
    "sign_up_event_has_an_actor": event,
    "photo_sent_once": photos_with_one_key,
    "photo_public_with_consent": lambda world: [photo(world, is_public=True)],
    **activity_kinds.REFUSED,
}
# What a trigger does, by the constraint that refuses what it did.
TRIGGERED: dict[str, tuple[str, Callable[[Any], Rows]]] = {
    "SignUp.count_seats": (SEATS_WITHIN_CAPACITY, one_too_many),
    **activity_kinds.TRIGGERED,
}
