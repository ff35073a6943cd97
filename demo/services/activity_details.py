"""Details of demo activities by COPY, and what their inspections demand: in every state, at home in one of each."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from activities.choices import ActivityKind, RectificationState, RectificationVerb, VisitorLevel
from activities.models import InspectionDetail, ReceptionDetail, Rectification, RectificationEvent, TrainingDetail
from common import clock
from common.copying import copy_in, next_ids
from demo.services.activity_plans import DAY, GeneratedActivity
from demo.services.candidate_slots import seeded_random
from demo.services.network import Network
from demo.values import samples
from organizations.choices import PARTY
from organizations.models import OrganizationCenter

TRAINING = ("activity_id", "track", "hours", "form")
RECEPTION = (
    "activity_id", "visiting_body", "level", "liaison", "route", "asked_on", "short_notice_reason", "confirmed_at",
    "confirmed_by_id",
)  # fmt: skip
INSPECTION = ("activity_id", "organization_id", "findings")
RECTIFICATION = (
    "id", "inspection_id", "key", "what", "due_on", "answers_for", "state", "proof", "done_at", "done_by_id",
    "verified_at", "verified_by_id", "reminded_at", "created_at",
)  # fmt: skip
RECTIFICATION_EVENT = ("rectification_id", "verb", "actor_id", "at", "note")

# So many days ago the home center inspected an organisation, with something in each state.
INSPECTED_AT_HOME = 10
# One in so many inspections demands something, put right after a while, and verified after another.
DEMANDING, DUE_DAYS = 4, 15
TAKES, VERIFIED_AFTER = (5, 20), 6
NAMESPACE = uuid.UUID("0f8b9c5e-58a4-5b0e-8f3c-0a6f5d2d9e11")
FINDINGS = "演示检查：情况良好。"
PROOF = "演示整改：已按要求完成。"
ROUTE = "综合接待区、红色教育区、党群议事区"
TRACK = "组工干部培训序列"
Ids = Mapping[str, int]


def insert_details(activities: Sequence[GeneratedActivity], ids: Ids, network: Network, now: dt.datetime) -> None:
    """Insert the details of trainings, study visits and inspections, and what the latter demand."""
    of_kind: dict[str, list[GeneratedActivity]] = defaultdict(list)
    for activity in activities:
        of_kind[activity.sample["kind"]].append(activity)
    copy_in(TrainingDetail, TRAINING, (_training(ids, one) for one in of_kind[ActivityKind.TRAINING]))
    copy_in(ReceptionDetail, RECEPTION, (_reception(ids, one) for one in of_kind[ActivityKind.RECEPTION]))
    chosen = list(_inspected(of_kind[ActivityKind.INSPECTION], network))
    copy_in(InspectionDetail, INSPECTION, (_inspection(ids, one, found) for one, found in chosen))
    _insert_rectifications([one for one, _found in chosen if one.attendance is not None], ids, network, now)


def _training(ids: Ids, activity: GeneratedActivity) -> tuple[Any, ...]:
    sample = activity.sample
    is_group = sample["title"] == "集中学习"
    hours = f"{int(sample['minutes']) / 60:.1f}"
    return (ids[activity.reference], TRACK if is_group else "", hours, "group_study" if is_group else "")


def visiting_body(reference: str) -> tuple[str, str]:
    """Body that comes to a demo visit, and its level."""
    rng = seeded_random("visitors", reference)
    return f"演示参观单位{rng.randint(1, 40):02d}", rng.choice(VisitorLevel.values)


def _reception(ids: Ids, activity: GeneratedActivity) -> tuple[Any, ...]:
    body, level = visiting_body(activity.reference)
    asked_on = clock.local(activity.published_at - DAY).date()
    is_short = clock.local(activity.starts_at).date() - asked_on < dt.timedelta(days=7)
    reason = "演示：上级临时安排" if is_short else ""
    confirmed = (activity.published_at, activity.place.staff)
    return (ids[activity.reference], body, level, "演示接待员01", ROUTE, asked_on, reason, *confirmed)


def _inspected(
    inspections: Sequence[GeneratedActivity], network: Network
) -> Iterator[tuple[GeneratedActivity, OrganizationCenter]]:
    """Draw the organisation of each inspection among those that were active that day at the center or below it."""
    standing = defaultdict(list)
    rows = OrganizationCenter.objects.filter(organization__type__in=PARTY, organization__is_demo=True)
    for row in rows.select_related("organization").order_by("pk"):
        standing[row.center_id].append(row)
    below = {pk: network.below(pk) for pk in {one.place.pk for one in inspections}}
    for activity in inspections:
        day = clock.local(activity.starts_at).date()
        reached = [row for pk in sorted(below[activity.place.pk]) for row in standing[pk] if _is_active(row, day)]
        if reached:
            yield activity, seeded_random("inspected", activity.reference).choice(reached)


def _is_active(row: OrganizationCenter, day: dt.date) -> bool:
    one = row.organization
    stands = (row.valid.lower or day) <= day and (row.valid.upper is None or day < row.valid.upper)
    return stands and (one.founded_on or day) <= day and (one.dissolved_on is None or day < one.dissolved_on)


def _inspection(ids: Ids, activity: GeneratedActivity, found: OrganizationCenter) -> tuple[Any, ...]:
    return (ids[activity.reference], found.organization_id, FINDINGS if activity.attendance is not None else "")


def _insert_rectifications(
    inspections: Sequence[GeneratedActivity], ids: Ids, network: Network, now: dt.datetime
) -> None:
    """Insert what the recorded inspections demand, with its history as it stands at `now`."""
    made = [row for activity in inspections for row in _demands(activity, network, now)]
    numbered = list(zip(next_ids(Rectification, len(made)), made, strict=True))
    copy_in(Rectification, RECTIFICATION, ((pk, ids[one.reference], *row) for pk, (one, row, _events) in numbered))
    events = ((pk, *event) for pk, (_one, _row, events) in numbered for event in events)
    copy_in(RectificationEvent, RECTIFICATION_EVENT, events)


def _demands(activity: GeneratedActivity, network: Network, now: dt.datetime) -> Iterator[tuple[Any, Any, Any]]:
    rng = seeded_random("rectification", activity.reference)
    texts = samples.reasons()["rectify"]
    made_at, today = activity.closed_at or activity.ends_at, clock.local(now).date()
    is_home = activity.place.pk == network.home.pk and clock.local(activity.starts_at).date() == (
        today - INSPECTED_AT_HOME * DAY
    )
    if is_home:
        # To put right, overdue, to verify, verified.
        days = ((12, None, None), (6, None, None), (15, 4, None), (15, 3, 6))
        for text, (due, done, verified) in zip(texts, days, strict=False):
            yield _demand(activity, text, made_at, due, done, verified, now)
    elif activity.archived_at is None and rng.randrange(DEMANDING) == 0:
        takes = rng.randint(*TAKES)
        yield _demand(activity, rng.choice(texts), made_at, DUE_DAYS, takes, takes + VERIFIED_AFTER, now)


def _demand(
    activity: GeneratedActivity,
    text: str,
    made_at: dt.datetime,
    due: int,
    done: int | None,
    verified: int | None,
    now: dt.datetime,
) -> tuple[Any, Any, Any]:
    """A row and its events: due, put right and verified so many days after `made_at`, as far as that is past."""
    staff, due_on = activity.place.staff, clock.local(made_at).date() + due * DAY
    done_at = made_at + done * DAY if done is not None and made_at + done * DAY <= now else None
    verified_at = made_at + verified * DAY if verified is not None and made_at + verified * DAY <= now else None
    state = RectificationState.VERIFIED if verified_at else RectificationState.DONE if done_at else "open"
    reminded = clock.at(due_on + DAY, dt.time(9))
    reminded_at = reminded if reminded <= now and (done_at is None or done_at > reminded) else None
    row = (
        uuid.uuid5(NAMESPACE, f"{activity.reference} {text}"), text, due_on, "演示支部书记", str(state),
        PROOF if done_at else "", done_at, staff if done_at else None, verified_at, staff if verified_at else None,
        reminded_at, made_at,
    )  # fmt: skip
    events = [(RectificationVerb.OPEN.value, staff, made_at, "")]
    events += [(RectificationVerb.DO.value, staff, done_at, PROOF)] if done_at else []
    events += [(RectificationVerb.VERIFY.value, staff, verified_at, "")] if verified_at else []
    return activity, row, events
