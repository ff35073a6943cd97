"""Activities of the browser tests' world: one in each state that the staff's pages show, with people signed up."""

import datetime as dt
import uuid

from django.db.models import prefetch_related_objects

from activities.choices import ActivityState, SeriesRule
from activities.models import Activity
from activities.services import check_in as door
from activities.services.desk import AtDesk, sign_up_at_desk
from activities.services.records import record_activity
from activities.services.series import repeat_activity
from common import clock
from tests.factories.activities import make_activity
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
    record_activity(actor=staff, activity=made["recorded"], key=uuid.uuid4(), attendance=42, note="送出春联六十副")
    days = [made["coming"].day + n * 7 * DAY for n in (1, 2)]
    repeat_activity(actor=staff, activity=made["coming"], rule=SeriesRule.WEEKLY, days=days)
    for activity in made.values():
        activity.refresh_from_db()
    prefetch_related_objects([made["coming"]], "sign_ups")
    return made
