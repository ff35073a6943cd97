"""Study visits, inspections and archived records of the browser tests' world, one in each state that a page shows."""

import datetime as dt
import uuid
from dataclasses import dataclass

from activities.choices import ActivityKind, RectificationState
from activities.models import Activity, Rectification, VisitRequest
from activities.services.archiving import archive_activity
from activities.services.inspections import demand_rectification, do_rectification, verify_rectification, write_findings
from activities.services.receptions import confirm_visit, refuse_visit, withdraw_visit
from activities.services.records import record_activity
from common import clock
from organizations.models import Organization
from tests.factories.activities import make_activity
from tests.factories.kinds import make_inspection, make_visit
from tests.support.cast import Cast

DAY = dt.timedelta(days=1)
LONG = "平湖市当湖街道东湖景区滨水步行街楼宇商圈红领驿站暨新就业群体综合服务中心联合考察组"
WORDS = "补齐三会一课记录与党费收缴公示，并将学习签到表、照片和小结按月归档，报镇街党群服务中心备查。"


@dataclass(frozen=True)
class KindThings:
    """Things by what a page shows of them."""

    activities: dict[str, Activity]
    visits: dict[str, VisitRequest]
    rectifications: dict[str, Rectification]


def make_kinds(cast: Cast, organization: Organization) -> KindThings:
    """Make one of each at the cast's center, through the services where those have a say."""
    staff, center, today = cast["staff"], cast.center, clock.today()
    ahead = today + 30 * DAY
    visits = {
        "waiting": make_visit(cast["resident"], center, ahead),
        "long": make_visit(cast["resident"], center, ahead, visiting_body=LONG, note=LONG * 3),
        "refused": make_visit(cast["resident"], center, ahead + DAY),
        "withdrawn": make_visit(cast["resident"], center, ahead + 2 * DAY),
        "confirmed": make_visit(cast["resident"], center, ahead + 3 * DAY),
    }
    refuse_visit(actor=staff, visit=visits["refused"], reason="当天中心另有安排，请另选日期")
    withdraw_visit(actor=cast["resident"], visit=visits["withdrawn"])
    reception = confirm_visit(
        actor=staff, visit=visits["confirmed"], title="参观学习", liaison="前台", route="综合接待区、红色教育区"
    )
    inspection = make_inspection(center, organization, day=today - 3 * DAY)
    planned = make_inspection(center, organization, day=today + 3 * DAY)
    write_findings(actor=staff, activity=inspection, organization_id=organization.pk, findings=WORDS)
    made = {
        state: demand_rectification(
            actor=staff,
            inspection=inspection.inspection,
            what=WORDS if state == "open" else "补齐党员学习记录",
            due_on=today + 9 * DAY,
            answers_for="支部书记",
            key=uuid.uuid4(),
        )
        for state in ("open", "overdue", "done", "verified")
    }
    Rectification.objects.filter(pk=made["overdue"].pk).update(due_on=today - DAY)
    for state in (RectificationState.DONE, RectificationState.VERIFIED):
        do_rectification(actor=staff, rectification=made[state], proof="已补齐，附签到表")
    verify_rectification(actor=staff, rectification=made["verified"])
    recorded = make_activity(center, 9, 11, day=today - 4 * DAY, kind=ActivityKind.TRAINING, title="集中学习")
    archived = make_activity(center, 14, 16, day=today - 4 * DAY, title="专题读书会")
    for activity in (recorded, archived):
        record_activity(actor=staff, activity=activity, key=uuid.uuid4(), attendance=12, note="学习条例")
    archive_activity(actor=staff, activity=archived, no_photo_reason="相机送修")
    activities = {
        "inspection": inspection,
        "planned inspection": planned,
        "reception": reception,
        "recorded": recorded,
        "archived": archived,
    }
    for activity in activities.values():
        activity.refresh_from_db()
    return KindThings(activities, visits, made)
