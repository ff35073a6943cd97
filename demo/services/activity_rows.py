"""Bulk insert of generated activities and sign-ups: the same rows that the services write, by COPY.

Places and waitlists are counted by the trigger on the sign-ups, as for any other row.
"""

import dataclasses
import datetime as dt
import functools
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from activities.choices import SEATED, ActivityState, ActivityVerb, SignUpState, SignUpVerb
from activities.models import Activity, ActivityEvent, ActivityRecord, SignUp, SignUpEvent
from common.copying import copy_in, next_ids
from common.words.letters import letters
from demo.services.activity_plans import GeneratedActivity
from demo.services.activity_tags import Tags

ACTIVITY = (
    "id", "reference", "kind", "state", "center_id", "title", "letters", "summary", "line", "theme_id", "campaign_id",
    "format", "micro_format", "online_url", "audience", "starts_at", "ends_at", "place", "contact_post", "is_listed",
    "takes_sign_ups", "series_id", "series_day", "capacity", "min_age", "max_age", "seats_taken", "waiting",
    "attendance", "created_by_id", "created_at", "is_demo",
)  # fmt: skip
ACTIVITY_EVENT = ("activity_id", "verb", "actor_id", "at", "from_state", "to_state", "reason", "changes")
RECORD = ("activity_id", "key", "note", "no_photo_reason", "recorded_by_id", "recorded_at")
SIGN_UP = (
    "id", "code", "activity_id", "participant_id", "state", "guardian_consent", "photo_consent", "was_minor",
    "made_by_id", "is_by_staff", "created_at", "is_demo",
)  # fmt: skip
SIGN_UP_EVENT = ("sign_up_id", "verb", "actor_id", "at", "from_state", "to_state", "reason")

SUMMARY = "演示活动：时间、地点和人数都是演示数据。"
NOTE, NO_PHOTO = "演示记录", "演示记录没有照片"
# Keys of demo records are made of their activities' numbers, the same on every installation.
NAMESPACE = uuid.UUID("6d5b6a3e-2f0c-5c0b-9d1a-5f6b1c7e4a10")


@dataclasses.dataclass(frozen=True)
class GeneratedSignUp:
    """A sign-up that a demo resident made; `participant` and `account` are ids."""

    activity: GeneratedActivity
    code: str
    participant: int
    account: int
    state: SignUpState
    is_child: bool
    at: dt.datetime


def insert_activities(activities: Sequence[GeneratedActivity]) -> dict[str, int]:
    """Insert the activities with their events and records. Returns their ids by reference."""
    numbered = list(zip(next_ids(Activity, len(activities)), activities, strict=True))
    tags = Tags.load()
    copy_in(Activity, ACTIVITY, (_activity(pk, activity, tags) for pk, activity in numbered))
    copy_in(ActivityEvent, ACTIVITY_EVENT, (row for pk, activity in numbered for row in _events(pk, activity)))
    recorded = ((pk, activity) for pk, activity in numbered if activity.attendance is not None)
    copy_in(ActivityRecord, RECORD, (_record(pk, activity) for pk, activity in recorded))
    return {activity.reference: pk for pk, activity in numbered}


def insert_sign_ups(sign_ups: Sequence[GeneratedSignUp], activity_ids: dict[str, int]) -> None:
    """Insert the sign-ups with their events, in the order given: it is that of the places."""
    numbered = list(zip(next_ids(SignUp, len(sign_ups)), sign_ups, strict=True))
    copy_in(SignUp, SIGN_UP, (_sign_up(pk, one, activity_ids[one.activity.reference]) for pk, one in numbered))
    copy_in(SignUpEvent, SIGN_UP_EVENT, (_sign_up_event(pk, one) for pk, one in numbered))


def _activity(pk: int, activity: GeneratedActivity, tags: Tags) -> tuple[Any, ...]:
    sample, place = activity.sample, activity.place
    title = sample["title"]
    what = (pk, activity.reference, sample["kind"], activity.state.value, place.pk, title, _letters(title), SUMMARY)
    marks = (sample["line"], *tags.of(activity), sample["format"], sample["micro_format"], "")
    times = (sample["audience"], activity.starts_at, activity.ends_at, sample["place"], "", *[activity.is_listed] * 2)
    ages = (sample["min_age"] or None, sample["max_age"] or None)
    return (
        *what, *marks, *times, *activity.of_series, activity.places, *ages, 0, 0, activity.attendance, place.staff,
        activity.published_at, True,
    )  # fmt: skip


@functools.cache
def _letters(title: str) -> str:
    """Letters of one of the few titles that all activities share."""
    return letters(title)


def _events(pk: int, activity: GeneratedActivity) -> Iterator[tuple[Any, ...]]:
    staff, opened = activity.place.staff, activity.published_at
    if activity.state == ActivityState.DRAFT:
        yield (pk, ActivityVerb.CREATE.value, staff, opened, "", ActivityState.DRAFT.value, "", {})
        return
    published = ActivityState.PUBLISHED.value
    yield (pk, ActivityVerb.PUBLISH.value, staff, opened, "", published, "", {})
    recorded = ActivityState.RECORDED.value
    if activity.attendance is not None:
        yield (pk, ActivityVerb.RECORD.value, staff, activity.closed_at, published, recorded, "", {})
    if activity.archived_at is not None:
        yield (pk, ActivityVerb.ARCHIVE.value, None, activity.archived_at, recorded, activity.state.value, "", {})
    if activity.state == ActivityState.CANCELLED:
        reason = activity.reason
        yield (pk, ActivityVerb.CANCEL.value, staff, activity.closed_at, published, activity.state.value, reason, {})


def _record(pk: int, activity: GeneratedActivity) -> tuple[Any, ...]:
    return (pk, uuid.uuid5(NAMESPACE, activity.reference), NOTE, NO_PHOTO, activity.place.staff, activity.closed_at)


def _sign_up(pk: int, one: GeneratedSignUp, activity_id: int) -> tuple[Any, ...]:
    consent = (one.is_child, False, one.is_child)
    return (pk, one.code, activity_id, one.participant, one.state.value, *consent, one.account, False, one.at, True)


def _sign_up_event(pk: int, one: GeneratedSignUp) -> tuple[Any, ...]:
    verb = SignUpVerb.SIGN_UP if one.state in SEATED else SignUpVerb.WAIT
    return (pk, verb.value, one.account, one.at, "", one.state.value, "")
