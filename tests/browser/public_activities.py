"""Activities of the browser tests' world: one of each kind of page, with people who wait, are in, have left."""

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings

from accounts.models import User
from activities.choices import ActivityFormat, Audience, Relation, SeriesRule
from activities.domain.rules import Entry
from activities.models import Activity, Campaign, Participant, SignUp, Theme
from activities.services.activities import cancel_activity, create_activity
from activities.services.series import repeat_activity
from activities.services.sign_ups import leave, sign_up
from activities.services.themes import add_shipped_themes
from activities.values.plans import ActivityPlan
from common import clock
from tests.support.cast import Cast

LONG_TITLE = "红色教育主题影音放映暨居民议事协商与新时代文明实践志愿服务联合活动周末专场亲子体验"
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class PublicActivities:
    """Activities and sign-ups by what they show; the resident's people; the numbers of a theme and a campaign."""

    activities: dict[str, Activity] = field(default_factory=dict)
    sign_ups: dict[str, SignUp] = field(default_factory=dict)
    people: dict[str, Participant] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)


def make_public_activities(cast: Cast) -> PublicActivities:
    """Make them through the services."""
    world = PublicActivities()
    add_shipped_themes(settings.BASE_DIR / "data")
    for name, plan in _plans().items():
        world.activities[name] = create_activity(
            actor=cast["staff"],
            center=cast.center,
            plan=plan,
            publish=True,
            co_hosts=[cast.sibling] if name == "long" else [],
        )
    world.tags["theme"] = Theme.objects.get(key="double-ninth").pk
    world.tags["campaign"] = Campaign.objects.get(key="six-hundreds").pk
    open_day = world.activities["open"].day
    days = [open_day + n * 7 * DAY for n in (1, 2, 3)]
    repeat_activity(actor=cast["staff"], activity=world.activities["open"], rule=SeriesRule.WEEKLY, days=days)
    _make_people(cast["resident"], world)
    _make_sign_ups(cast, world)
    cancel_activity(actor=cast["staff"], activity=world.activities["cancelled"], reason="老师临时有事")
    return world


def _plans() -> dict[str, ActivityPlan]:
    def plan(title: str, days: int, hour: int, **fields: object) -> ActivityPlan:
        start = clock.at(clock.today() + days * DAY, dt.time(hour))
        times = {"starts_at": start, "ends_at": start + dt.timedelta(hours=2)}
        return ActivityPlan(**{"kind": "activity", "title": title, "place": "二楼活动室", **times, **fields})  # type: ignore[arg-type]

    return {
        "open": plan("暖心手工编织", 2, 14, capacity=16, summary="自带一件旧衣物。\n材料由中心准备。"),
        "children": plan("画我的家", 3, 9, capacity=8, audience=Audience.CHILDREN, min_age=6, max_age=12),
        "full": plan("童声公益声乐课", 3, 15, capacity=1),
        "offered": plan("老人学用手机", 4, 9, capacity=1, audience=Audience.ELDERS),
        "online": plan("微党课", 4, 19, format=ActivityFormat.ONLINE, online_url="https://meeting.example/1", place=""),
        "long": plan(
            LONG_TITLE,
            5,
            9,
            capacity=200,
            theme_id=Theme.objects.get(key="party-day").pk,
            audience=Audience.FAMILIES,
            min_age=6,
        ),
        "cancelled": plan("书法小班", 5, 14, capacity=10),
        "no sign-up": plan("红色电影展播", 6, 19, takes_sign_ups=False),
    }


def _make_people(resident: User, world: PublicActivities) -> None:
    today = clock.today()
    for name, shown, relation, age in (
        ("self", "演示居民01", Relation.SELF, None),
        ("child", "演示孩子01", Relation.CHILD, 8),
        ("toddler", "演示孩子02", Relation.CHILD, 4),
        ("elder", "演示老人01", Relation.ELDER, None),
    ):
        born = None if age is None else today.replace(year=today.year - age, day=1)
        world.people[name] = Participant.objects.create(
            account=resident, name=shown, relation=relation, birth_date=born
        )


def _make_sign_ups(cast: Cast, world: PublicActivities) -> None:
    stranger = Participant.objects.create(account=cast["stranger"], name="演示居民02", relation=Relation.SELF)

    def join(name: str, who: str) -> SignUp:
        person = world.people.get(who, stranger)
        entry = Entry(person, guardian_consent=True)
        return sign_up(actor=person.account, activity=world.activities[name], entries=[entry])[0]

    before = {name: join(name, "stranger") for name in ("full", "offered")}
    world.sign_ups["in"] = join("open", "self")
    join("open", "elder")
    world.sign_ups["waiting"] = join("full", "child")
    world.sign_ups["offered"] = join("offered", "elder")
    leave(actor=cast["stranger"], sign_up=before["offered"])
    world.sign_ups["online"] = join("online", "self")
    world.sign_ups["cancelled"] = join("cancelled", "self")
    left = join("children", "child")
    world.sign_ups["left"] = leave(actor=cast["resident"], sign_up=left)
