"""Activities and people who sign up, on the held clock of the tests (Tuesday 24 November 2026, 10:05)."""

import datetime as dt
from typing import Any

from accounts.models import User
from activities.choices import ActivityKind, ActivityState, Relation
from activities.domain.rules import Entry
from activities.models import Activity, Campaign, Participant, SignUp, Theme
from activities.services.sign_ups import sign_up
from activities.values.plans import ActivityPlan
from centers.models import Center
from tests.factories.bookings import make_booker, slot

D = dt.date(2026, 11, 30)


def make_plan(start: float = 14, end: float = 16, *, day: dt.date = D, **fields: Any) -> ActivityPlan:
    """A plan of a public activity, in hours of a Shanghai clock."""
    starts_at, ends_at = slot(start, end, day)
    for tag, model in (("theme", Theme), ("campaign", Campaign)):
        if name := fields.pop(tag, ""):
            fields[f"{tag}_id"] = model.objects.get_or_create(name=name)[0].pk
    return ActivityPlan(
        **{
            "kind": ActivityKind.ACTIVITY,
            "title": "新春送福",
            "starts_at": starts_at,
            "ends_at": ends_at,
            "place": "演示活动室",
            **fields,
        }
    )


def make_activity(
    center: Center,
    start: float = 14,
    end: float = 16,
    *,
    day: dt.date = D,
    state: str = ActivityState.PUBLISHED,
    attendance: int | None = None,
    **fields: Any,
) -> Activity:
    """An activity as a row, published unless said, without asking any rule."""
    plan = make_plan(start, end, day=day, **fields)
    return Activity.objects.create(center=center, state=state, attendance=attendance, **plan.fields())


def make_participant(
    account: User | None, name: str = "", *, relation: str = "", born: dt.date | None = None, **fields: Any
) -> Participant:
    """A person of an account: unless said, its holder, or a friend where it has one."""
    own = Participant.objects.filter(account=account, relation=Relation.SELF)
    relation = relation or (Relation.OTHER if account and own.exists() else Relation.SELF)
    name = name or (f"演示居民{account.pk}" if account else "演示老人")
    return Participant.objects.create(account=account, name=name, relation=relation, birth_date=born, **fields)


def join(activity: Activity, number: int = 1, **entry: Any) -> SignUp:
    """Sign resident `number` up, as themselves."""
    booker = User.objects.filter(username=f"resident-{number}").first() or make_booker(number)
    person = Participant.objects.filter(account=booker, relation=Relation.SELF).first() or make_participant(booker)
    [made] = sign_up(actor=booker, activity=activity, entries=[Entry(person, **entry)])
    return made
