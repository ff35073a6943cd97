"""Rules of signing up: one ordered table of pure rules over an activity and a person.

Page, API, staff's desk and imported lists ask the same table; places and the waitlist are the service's, under its
lock.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from activities import exceptions as refused
from activities.choices import ActivityState, Relation
from activities.exceptions import ActivityError, SignUpError
from activities.models import Activity, Participant, SignUp
from activities.values.ages import ADULT, age_on
from common import clock
from common.words.times import moment_words


@dataclasses.dataclass(frozen=True)
class Entry:
    """A person to sign up, with what was consented to for them.

    `is_another_person`: said by who was asked about a person of the same name.
    """

    participant: Participant
    guardian_consent: bool = False
    photo_consent: bool = False
    is_another_person: bool = False


@dataclasses.dataclass(frozen=True)
class EntryRule:
    """Rule about one person in one activity."""

    error: type[SignUpError]
    is_broken: Callable[[Activity, Entry], bool]
    params: Callable[[Activity, Entry], dict[str, Any]] = lambda activity, entry: {}


@dataclasses.dataclass(frozen=True)
class WindowRule:
    """Rule about when an activity takes sign-ups at all."""

    error: type[ActivityError]
    is_broken: Callable[[Activity, dt.datetime], bool]
    params: Callable[[Activity], dict[str, Any]] = lambda activity: {}


def age_at(activity: Activity, participant: Participant) -> int | None:
    """Age on the day of the activity; None where no date of birth is known."""
    return age_on(participant.birth_date, activity.day) if participant.birth_date else None


def needs_birth_date(activity: Activity) -> bool:
    return activity.min_age is not None or activity.max_age is not None


def needs_consent(activity: Activity, participant: Participant) -> bool:
    """Whether a guardian must consent: minors, by their date of birth where it is known, else those called a child."""
    age = age_at(activity, participant)
    return participant.relation == Relation.CHILD if age is None else age < ADULT


def is_minor(sign_up: SignUp) -> bool:
    """Whether somebody counts as under age on the day: by the date of birth where it is known, else by what was said.

    Whoever was taken for a minor when they were signed up stays one: what is said of them later lifts nothing.
    """
    age = age_at(sign_up.activity, sign_up.participant)
    return sign_up.was_minor or sign_up.participant.relation == Relation.CHILD if age is None else age < ADULT


def _age(activity: Activity, entry: Entry, unknown: int) -> int:
    """Age on the day; `unknown` without a date of birth, which is asked for before any limit is judged."""
    age = age_at(activity, entry.participant)
    return unknown if age is None else age


def _named(activity: Activity, entry: Entry) -> dict[str, Any]:
    return {"name": entry.participant.name}


WINDOW: tuple[WindowRule, ...] = (
    WindowRule(refused.ActivityIsOver, lambda activity, now: activity.state != ActivityState.PUBLISHED),
    WindowRule(refused.ActivityBegun, lambda activity, now: activity.starts_at <= now),
    WindowRule(refused.NoSignUps, lambda activity, now: not activity.takes_sign_ups),
    WindowRule(
        refused.SignUpNotOpen,
        lambda activity, now: activity.sign_up_opens_at is not None and now < activity.sign_up_opens_at,
        lambda activity: {"opens": moment_words(activity.sign_up_opens_at) if activity.sign_up_opens_at else ""},
    ),
    WindowRule(refused.SignUpClosed, lambda activity, now: now >= activity.closes_at),
)

ENTRY: tuple[EntryRule, ...] = (
    EntryRule(
        refused.BirthDateMissing,
        lambda activity, entry: needs_birth_date(activity) and entry.participant.birth_date is None,
        _named,
    ),
    EntryRule(
        refused.TooYoung,
        lambda activity, entry: (
            activity.min_age is not None and _age(activity, entry, activity.min_age) < activity.min_age
        ),
        lambda activity, entry: {"name": entry.participant.name, "age": activity.min_age},
    ),
    EntryRule(
        refused.TooOld,
        lambda activity, entry: (
            activity.max_age is not None and _age(activity, entry, activity.max_age) > activity.max_age
        ),
        lambda activity, entry: {"name": entry.participant.name, "age": activity.max_age},
    ),
    EntryRule(
        refused.ConsentMissing,
        lambda activity, entry: needs_consent(activity, entry.participant) and not entry.guardian_consent,
        _named,
    ),
)


def window_refusal(activity: Activity, now: dt.datetime | None = None) -> ActivityError | None:
    """Why nobody can sign up at this moment (the present); None while sign-up is open."""
    moment = now or clock.now()
    for rule in WINDOW:
        if rule.is_broken(activity, moment):
            return rule.error(**rule.params(activity))
    return None


def entry_refusals(activity: Activity, entry: Entry) -> list[SignUpError]:
    """Refusals of a person by every rule that is broken, in the order of the table; empty for who may take part."""
    return [rule.error(**rule.params(activity, entry)) for rule in ENTRY if rule.is_broken(activity, entry)]


def entry_refusal(activity: Activity, entry: Entry) -> SignUpError | None:
    """Why this person can't take part; None for who may."""
    return next(iter(entry_refusals(activity, entry)), None)
