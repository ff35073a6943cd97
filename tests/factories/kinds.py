"""Study visits, inspections and what they demand, on the held clock of the tests."""

import datetime as dt
import uuid
from typing import Any

from accounts.models import User
from activities.choices import ActivityKind, RectificationState, VisitorLevel
from activities.models import Activity, InspectionDetail, Rectification, VisitRequest
from activities.services.receptions import VisitWish, request_visit
from centers.models import Center
from common import clock
from organizations.models import Organization
from tests.factories.activities import make_activity
from tests.factories.bookings import slot

# The fifth working day after the day of the tests (Tuesday 24 November 2026).
FIRST_VISIT = dt.date(2026, 12, 1)


def make_wish(day: dt.date = FIRST_VISIT, start: float = 9.5, end: float = 11, **fields: Any) -> VisitWish:
    """A wish for a study visit, in hours of a Shanghai clock."""
    starts_at, ends_at = slot(start, end, day)
    said = {"visiting_body": "演示参观单位", "level": VisitorLevel.CITY, "people": 20, "contact_name": "演示联系人01"}
    return VisitWish(**{**said, "starts_at": starts_at, "ends_at": ends_at, **fields})


def make_visit(asker: User, center: Center, day: dt.date = FIRST_VISIT, **fields: Any) -> VisitRequest:
    """A request through the service."""
    return request_visit(actor=asker, center=center, wish=make_wish(day, **fields))


def make_inspection(
    center: Center, organization: Organization, *, day: dt.date = dt.date(2026, 11, 20), **fields: Any
) -> Activity:
    """An inspection of an organisation as rows, past and not recorded unless said, without asking any rule."""
    activity = make_activity(
        center, 9, 11, day=day, kind=ActivityKind.INSPECTION, **{"title": "基层党建指导", **fields}
    )
    InspectionDetail.objects.create(activity=activity, organization=organization)
    return activity


def make_rectification(activity: Activity, *, days: int = 7, **fields: Any) -> Rectification:
    """Something that an inspection demands, due in so many days, as a row."""
    said: dict[str, Any] = {"what": "补齐党员学习记录", "answers_for": "支部书记", "key": uuid.uuid4()}
    state = fields.get("state", RectificationState.OPEN)
    if state != RectificationState.OPEN:
        said |= {"proof": "已补齐", "done_at": clock.now()}
    if state == RectificationState.VERIFIED:
        said |= {"verified_at": clock.now()}
    due_on = clock.today() + dt.timedelta(days=days)
    return Rectification.objects.create(inspection_id=activity.pk, due_on=due_on, **{**said, **fields})
