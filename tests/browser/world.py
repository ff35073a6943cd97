"""A portal with something on every page: people of each role, rooms, bookings in every state, long names, messages."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.services.people import create_staff
from activities.models import Activity, Participant, Rectification, VisitRequest
from bookings.choices import Purpose
from bookings.models import Booking, Space
from bookings.services import booking as booking_services
from bookings.values.slot_request import SlotRequest
from catalog.models import Service
from catalog.services.publishing import retire_service
from centers.models import Center, CenterRole, WeeklyHours
from centers.services.hours import add_special_day
from common import clock
from imports.models import Import
from ledger.models import LedgerExport
from notifications.services.delivery import sweep
from organizations.models import Organization
from organizations.services.organizations import dissolve_organization, move_organization
from ratings.models import Rating
from stats.models import CenterReport, LateChange
from stats.services.closing import close_running
from tests.browser.kept_ledgers import make_ledger_files, make_log_days
from tests.browser.kinds import KindThings, make_kinds
from tests.browser.led_activities import make_led_activities
from tests.browser.led_imports import make_imports
from tests.browser.public_activities import PublicActivities, make_public_activities
from tests.browser.rated import make_ratings
from tests.browser.reported import make_reports
from tests.factories.bookings import CONTACT, make_policy, make_space, open_daily
from tests.factories.catalog import adapt, make_service, switch_off
from tests.factories.organizations import make_liaison, make_organization
from tests.factories.people import PASSWORD
from tests.support.cast import INSIDE, RESIDENTS, Cast, make_cast
from tests.support.server import PortalServer

LONG_NAME = "平湖市当湖街道东湖景区滨水步行街楼宇商圈红领驿站暨新就业群体综合服务中心党群服务中心"
LONG_NAME_EN = "Pinghu Danghu East Lake Waterfront Arcade Red Station and Service Center for New Kinds of Work, Party-Mass Service Center"
LONG_ROOM = "红色教育主题影音放映暨居民议事协商与新时代文明实践志愿服务联合活动大厅东侧隔间"
REASON = "当天大厅布展，改到下周可以吗？也可以选择隔壁新时代文明实践站的活动室。"
# More than a page of a list holds.
WAITING = 23
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class World:
    """`cast[role]` looks at things of `cast.center`.

    `space` is its room, `long_room` one of the center with the long name.

    `posts[role]` is the number of the role that a person of the cast has. `services` are of the city (`city`, with
    words of the center) and of the center (`own`, `long`, `off`, `withdrawn`).
    """

    cast: Cast
    space: Space
    long_room: Space
    bookings: dict[str, Booking]
    organizations: dict[str, Organization]
    activities: dict[str, Activity]
    posts: dict[str, int]
    services: dict[str, Service]
    names: frozenset[str]
    public_activities: PublicActivities
    ratings: dict[str, Rating]
    kinds: KindThings
    imports: dict[str, Import]
    ledger_files: dict[str, LedgerExport]
    log_days: list[dt.date]
    reports: dict[str, CenterReport]
    late_change: LateChange

    def slot(self, hour: int, days: int = 3) -> str:
        """A slot of two hours as addresses say it."""
        day = clock.today() + days * DAY
        return f"starts_at={day}T{hour:02}:00&ends_at={day}T{hour + 2:02}:00&headcount=5&purpose=residents_meeting"

    def search(self, **changes: Any) -> str:
        """A search in the morning of the day after tomorrow."""
        query = {
            "day": clock.today() + 2 * DAY,
            "start": "09:00",
            "end": "11:00",
            "headcount": 5,
            "near": self.cast.center.code,
        } | changes
        return "/search/?" + "&".join(f"{name}={value}" for name, value in query.items())


def make_world(server: PortalServer) -> World:
    """Fill the running portal's database. Everything is made through the services, some of it as of days gone by."""
    with server.database():
        # In office since before the first of the bookings that they decide.
        with clock.frozen(clock.now() - 10 * DAY):
            cast = make_cast()
        _give_names(cast)
        cast.people["newcomer"] = create_staff(username="newcomer", password=PASSWORD, name="演示人员99")
        if not WeeklyHours.objects.filter(center=cast.city).exists():
            open_daily(cast.city)
        long_names = {"name": LONG_NAME, "name_en": LONG_NAME_EN}
        Center.objects.filter(pk=cast.sibling.pk).update(
            **long_names, phone="0000-0000000", address="地址待核实（演示）"
        )
        space = make_space(
            cast.center, "多功能厅", name_en="Multi-purpose Hall", equipment=["projector", "audio", "step_free"]
        )
        make_policy(space, quota_count=200, confirm_mode="staff", turnaround_minutes=0)
        long_room = make_space(
            cast.sibling, LONG_ROOM, description="靠近东门，可容纳轮椅；使用后请将桌椅恢复原位并关闭电源。"
        )
        make_policy(long_room, quota_count=200)
        closed_on = clock.today() + 6 * DAY
        add_special_day(actor=cast["manager"], center=cast.center, day=closed_on, times=[], reason="场地检修")
        bookings = _make_bookings(cast, space, long_room)
        services = _make_services(cast)
        activities = make_led_activities(cast)
        public_activities = make_public_activities(cast)
        ratings = make_ratings(cast, activities, services["own"])
        imports = make_imports(cast)
        sweep(clock.now())
        posts = dict(
            CenterRole.objects.filter(user__in=[cast[role].pk for role in INSIDE]).values_list("user__username", "pk")
        )
        organizations = _make_organizations(cast)
        kinds = make_kinds(cast, organizations["branch"])
        close_running(now=clock.now())
        return World(
            cast,
            space,
            long_room,
            bookings,
            organizations,
            activities,
            posts,
            services,
            _names_given(),
            public_activities,
            ratings,
            kinds,
            imports,
            make_ledger_files(cast),
            make_log_days(cast),
            *make_reports(cast),
        )


def _make_organizations(cast: Cast) -> dict[str, Organization]:
    """One with all that a page may show, one with long names, one dissolved."""
    above = make_organization(cast.town, "演示党委", type="committee")
    branch = make_organization(
        cast.center, "演示党总支", type="general_branch", parent=above, founded_on=clock.today() - 400 * DAY
    )
    make_organization(cast.center, "演示第一党支部", parent=branch)
    make_liaison(branch)
    move_organization(actor=None, organization=branch, center=cast.sibling, on=clock.today() - 100 * DAY)
    move_organization(actor=None, organization=branch, center=cast.center, on=clock.today() - 50 * DAY)
    long = make_organization(cast.sibling, f"{LONG_NAME}联合党支部", name_en=LONG_NAME_EN, short_name=LONG_ROOM)
    gone = make_organization(cast.center, "演示第二党支部")
    ended = dissolve_organization(actor=None, organization=gone, on=clock.today() - 10 * DAY)
    return {"branch": branch, "long": long, "dissolved": ended}


def _names_given() -> frozenset[str]:
    """Names that people gave, which stay Chinese on English pages."""
    return frozenset(
        {
            *Space.objects.filter(name_en="").values_list("name", flat=True),
            *User.objects.values_list("username", flat=True),
            *User.objects.exclude(name="").values_list("name", flat=True),
            *Participant.objects.values_list("name", flat=True),
            *Activity.objects.values_list("title", flat=True),
            *Import.objects.values_list("file_name", flat=True),
            *VisitRequest.objects.values_list("visiting_body", flat=True),
            *Rectification.objects.values_list("what", flat=True),
        }
    )


def _give_names(cast: Cast) -> None:
    """Role names, as a portal in Chinese has them."""
    for number, role in enumerate([*INSIDE, *RESIDENTS], start=1):
        User.objects.filter(pk=cast[role].pk).update(name=f"演示人员{number:02}")


def _make_services(cast: Cast) -> dict[str, Service]:
    made = {
        "city": make_service(cast.city, "综合服务", title_en="General Services", summary="一句话说明", bring="材料"),
        "own": make_service(cast.center, "谈心交流", title_en="Talks", function="talks", minutes=30),
        "long": make_service(
            cast.center, LONG_ROOM, place=LONG_NAME, process=REASON, channels=["on_site", "phone", "online", "at_home"]
        ),
        "off": switch_off(cast.center, make_service(cast.center, "停办的服务", title_en="A Service That Is Off")),
        "withdrawn": make_service(cast.center, "撤销的服务", title_en="A Service That Is Withdrawn"),
    }
    adapt(cast.center, made["city"], place="一楼大厅", minutes=20)
    retire_service(actor=None, service=made["withdrawn"])
    return made


def _make_bookings(cast: Cast, space: Space, long_room: Space) -> dict[str, Booking]:
    today = clock.today()
    staff = cast["staff"]

    def book(who: str, room: Space, days: int, hour: int) -> Booking:
        start = clock.at(today + days * DAY, dt.time(hour))
        return booking_services.create_booking(
            actor=cast[who],
            request=SlotRequest(start, start + dt.timedelta(hours=2), 8, room.pk, cast[who].pk),
            purpose=Purpose.RESIDENTS_MEETING,
            contact=CONTACT,
        )

    made = {}
    with clock.frozen(clock.at(today - 5 * DAY, dt.time(9))):
        made["today"] = booking_services.approve_booking(actor=staff, booking=book("resident", space, 0, 8))
        book("stranger", space, 0, 19)
        made["expired"] = book("resident", space, -3, 9)
        used = booking_services.approve_booking(actor=staff, booking=book("resident", space, -2, 9))
    with clock.frozen(clock.at(today - 2 * DAY, dt.time(10))):
        booking_services.expire_undecided(now=clock.now())
        made["released"] = booking_services.release_early(actor=cast["resident"], booking=used)
    made["approved"] = booking_services.approve_booking(actor=staff, booking=book("resident", space, 3, 9))
    made["rejected"] = booking_services.reject_booking(
        actor=staff, booking=book("resident", space, 3, 14), reason=REASON
    )
    made["cancelled"] = booking_services.cancel_booking(actor=cast["resident"], booking=book("resident", space, 3, 16))
    made["long"] = book("resident", long_room, 4, 9)
    made["pending"] = book("resident", space, 4, 14)
    made["shut"] = book("resident", space, 5, 14)
    made["in use"] = booking_services.approve_booking(actor=staff, booking=book("resident", space, 4, 17))
    # Going on whenever the tests run, also at night: no opening hours would let it be booked so.
    Booking.objects.filter(pk=made["in use"].pk).update(
        starts_at=clock.now() - dt.timedelta(hours=1), ends_at=clock.now() + dt.timedelta(hours=3)
    )
    add_special_day(actor=cast["manager"], center=cast.center, day=today + 5 * DAY, times=[], reason="停电检修")
    for number in range(WAITING):
        book("stranger", space, 7 + number // 5, 8 + 2 * (number % 5))
    return made
