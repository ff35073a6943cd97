"""Activities of the browser tests' world: one in each state that the staff's pages show, with people signed up."""

import datetime as dt
import uuid

from django.db.models import prefetch_related_objects

from activities.choices import ActivityState, Relation, SeriesRule, SignUpState
from activities.models import Activity, SignUp
from activities.services import check_in as door
from activities.services.desk import AtDesk, sign_up_at_desk
from activities.services.door_sign_ups import count_group
from activities.services.records import record_activity
from activities.services.series import repeat_activity
from activities.values.people import Group
from common import clock
from tests.factories.activities import make_activity, make_participant
from tests.factories.organizations import make_organization
from tests.support.cast import Cast

LONG_TITLE = "红色教育主题影音放映暨居民议事协商与新时代文明实践志愿服务联合活动第一百二十三期"
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def make_led_activities(cast: Cast) -> dict[str, Activity]:
    """Activities of the cast's center by their state; made through the services where those have a say."""
    staff, center, today = cast["staff"], cast.center, clock.today()
    made = {
        "coming": make_activity(center, day=today + 3 * DAY, capacity=4, title="童声公益声乐课"),
        "draft": make_activity(center, day=today + 5 * DAY, state=ActivityState.DRAFT, title="读书会（草稿）"),
        "long": make_activity(center, day=today + 6 * DAY, title=LONG_TITLE, summary=LONG_TITLE * 3),
        "begun": make_activity(center, day=today + 3 * DAY, capacity=30, title="专题读书会"),
        "held": make_activity(center, 9, 11, day=today - 2 * DAY, title="关爱小候鸟"),
        "recorded": make_activity(center, 14, 16, day=today - 2 * DAY, title="新春送福"),
        "cancelled": make_activity(center, day=today + 4 * DAY, state=ActivityState.CANCELLED, title="露天电影"),
    }
    for number in range(1, 7):
        person = AtDesk(f"演示居民{number:02}", f"199000001{number:02}" if number % 2 else "")
        sign_up_at_desk(actor=staff, activity=made["coming"], person=person)
        sign_up_at_desk(actor=staff, activity=made["begun"], person=person)
    # Going on whenever the tests run, also at night.
    Activity.objects.filter(pk=made["begun"].pk).update(starts_at=clock.now() - HOUR, ends_at=clock.now() + 2 * HOUR)
    for sign_up in made["begun"].sign_ups.order_by("id")[:2]:
        door.check_in(actor=staff, activity=made["begun"], code=sign_up.code)
    door.count_walk_ins(actor=staff, activity=made["begun"], count=5)
    _sign_in_at_wall(cast, made["begun"])
    branch = make_organization(center, "演示活动支部")
    for activity in (made["begun"], made["recorded"]):
        count_group(actor=staff, activity=activity, group=Group(branch.pk, uuid.uuid4(), 3, ("演示党员01",)))
    record_activity(actor=staff, activity=made["recorded"], key=uuid.uuid4(), attendance=42, note="送出春联六十副")
    days = [made["coming"].day + n * 7 * DAY for n in (1, 2)]
    repeat_activity(actor=staff, activity=made["coming"], rule=SeriesRule.WEEKLY, days=days)
    for activity in made.values():
        activity.refresh_from_db()
    prefetch_related_objects([made["coming"]], "sign_ups")
    return made


def _sign_in_at_wall(cast: Cast, activity: Activity) -> None:
    """A stranger's family: one of them is here, one isn't yet, one waits."""
    for number, state in enumerate((SignUpState.IN, SignUpState.IN, SignUpState.WAITING), start=21):
        person = make_participant(cast["stranger"], f"演示亲友{number}", relation=Relation.OTHER)
        here_since = clock.now() if number == 21 else None
        SignUp.objects.create(activity=activity, participant=person, state=state, checked_in_at=here_since)
