"""Each named constraint and trigger of our models refuses a row by itself, whatever the services would do."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from accounts.models import PhoneReveal, User
from bookings.choices import Purpose, Status, Verb
from bookings.models import Booking, BookingEvent, BookingPolicy, Maintenance, Occupancy, Space
from centers.choices import AreaKind, CalendarMark, DayKind, Role
from centers.models import (
    CalendarOverride,
    CalendarYear,
    Center,
    CenterAncestor,
    CenterParent,
    CenterRole,
    Closure,
    FunctionalArea,
    Level,
    LevelRule,
    SpecialDay,
    WeeklyHours,
)
from centers.models.triggers import RANKS_BROKEN, RULE_BROKEN
from common import clock as portal_clock
from common.database import violates
from common.models import IdempotentRequest
from notifications.models import Delivery, Outbox, Reminder
from tests.architecture.refused_rows import imports, organizations
from tests.factories.bookings import make_space
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

DAY = dt.date(2026, 12, 1)
NINE, TEN = (portal_clock.at(DAY, dt.time(hour)) for hour in (9, 10))
ALWAYS, NEVER = DateRange(None, None), DateRange(DAY, DAY)
# What the database does by trigger besides refusing: history, and versions of what is cached. Tested with those.
KEEPS_HISTORY, RENEWS_VERSION = {"insert_insert", "update_update"}, "renews_snapshot_version"


@dataclass(frozen=True)
class World:
    """A row of each kind that others hang on."""

    cast: Cast
    space: Space
    booking: Booking
    outbox: Outbox

    @property
    def center(self) -> Center:
        return self.cast.center

    @property
    def user(self) -> User:
        user: User = self.cast["resident"]
        return user


@pytest.fixture
def world(db: None, clock: TestClock) -> World:
    cast = make_cast()
    space = make_space(cast.center)
    booking = Booking.objects.create(**booking_fields(space, cast["resident"]))
    outbox = Outbox.objects.create(
        recipient=cast["resident"], kind="booking_confirmed", created_at=clock.now, next_try_at=clock.now
    )
    return World(cast, space, booking, outbox)


def booking_fields(space: Space, booker: User, **changes: Any) -> dict[str, Any]:
    return {
        "space": space,
        "booker": booker,
        "status": Status.APPROVED,
        "starts_at": NINE,
        "ends_at": TEN,
        "headcount": 5,
        "purpose": Purpose.OTHER,
        "turnaround_minutes": 0,
        "cancel_by": NINE,
        "policy": {},
        "lineage": [],
        "created_at": portal_clock.now(),
        **changes,
    }


def booked(world: World, **changes: Any) -> Iterable[models.Model]:
    return [Booking(**booking_fields(world.space, world.user, **changes))]


def occupied(world: World, *spans: tuple[dt.datetime | None, dt.datetime | None]) -> Iterable[models.Model]:
    cell = world.space.cells.get()
    return [Occupancy(cell=cell, booking=world.booking, span=DateTimeTZRange(*span, "[)")) for span in spans]


def opened(world: World, *times: tuple[int, int]) -> Iterable[models.Model]:
    return [
        WeeklyHours(center=world.center, day_kind=DayKind.MON, opens=dt.time(opens), closes=dt.time(closes))
        for opens, closes in times
    ]


def special(world: World, *times: tuple[dt.time | None, dt.time | None]) -> Iterable[models.Model]:
    return [SpecialDay(center=world.center, day=DAY, opens=opens, closes=closes) for opens, closes in times]


def outbox(world: World, **fields: Any) -> Outbox:
    return Outbox(recipient=world.user, kind="thing", created_at=NINE, next_try_at=NINE, **fields)


def twice(make: Callable[[World], models.Model]) -> Callable[[World], Iterable[models.Model]]:
    return lambda world: [make(world), make(world)]


def changed(model: type[models.Model], **fields: Any) -> Callable[[World], Callable[[], Any]]:
    """An UPDATE of the center itself."""
    return lambda world: lambda: model._default_manager.filter(pk=world.center.pk).update(**fields)


# By constraint: rows of which the last can't stand beside those before it, or what can't be done to those that are
# there.
ROWS = Path(__file__).parent / "refused_rows"
APPS = [import_module(f"tests.architecture.refused_rows.{path.stem}") for path in sorted(ROWS.glob("[!_]*.py"))]
REFUSED: dict[str, Callable[[World], Iterable[models.Model] | Callable[[], Any]]] = {
    "space_name_once_a_center": lambda world: [Space(center=world.center, name=world.space.name, capacity=5)],
    "space_capacity_positive": lambda world: [Space(center=world.center, name="小屋", capacity=0)],
    "policy_of_a_center_or_a_space": lambda world: [BookingPolicy(center=world.center, space=world.space)],
    "maintenance_ends_after_start": lambda world: [
        Maintenance(space=world.space, starts_at=NINE, ends_at=NINE, reason="检修")
    ],
    "booking_ends_after_start": lambda world: booked(world, ends_at=NINE),
    "booking_headcount_positive": lambda world: booked(world, headcount=0),
    "booking_status_known": lambda world: booked(world, status="lost"),
    "booking_pending_has_deadline": lambda world: booked(world, status=Status.PENDING),
    "booking_no_overlap": lambda world: occupied(
        world, (NINE, TEN), (TEN - dt.timedelta(minutes=1), TEN + dt.timedelta(hours=1))
    ),
    "occupancy_span_bounded": lambda world: occupied(world, (NINE, None)),
    "booking_event_has_an_actor": lambda world: [
        BookingEvent(booking=world.booking, verb=Verb.CANCEL, at=NINE, to_status=Status.CANCELLED)
    ],
    "level_rule_once": lambda world: [
        LevelRule(parent_id=rule.parent_id, child_id=rule.child_id) for rule in LevelRule.objects.all()[:1]
    ],
    "center_closes_after_opening": changed(Center, opened_on=DAY, closed_on=DAY),
    "center_has_both_coordinates": changed(Center, latitude=30, longitude=None),
    "center_has_one_parent": lambda world: [
        CenterParent(center=world.center, parent=world.cast.other_town, valid=DateRange(DAY, None))
    ],
    "center_not_its_own_parent": lambda world: [
        CenterParent(center=world.cast.city, parent=world.cast.city, valid=ALWAYS)
    ],
    "center_parent_valid_not_empty": lambda world: [
        CenterParent(center=world.center, parent=world.cast.town, valid=NEVER)
    ],
    "center_ancestor_once": twice(
        lambda world: CenterAncestor(center=world.center, ancestor=world.cast.sibling, depth=1, valid=ALWAYS)
    ),
    "area_once_a_center": twice(
        lambda world: FunctionalArea(center=world.center, kind=AreaKind.CUSTOM, own_name="智慧体验区")
    ),
    "custom_area_has_a_name": lambda world: [FunctionalArea(center=world.center, kind=AreaKind.CUSTOM)],
    "hours_close_after_opening": lambda world: opened(world, (9, 9)),
    "hours_once_a_day": lambda world: opened(world, (9, 12), (9, 17)),
    "special_day_is_hours_or_shut": lambda world: special(world, (dt.time(9), None)),
    "special_day_once": lambda world: special(world, (None, None), (None, None)),
    "closure_ends_after_start": lambda world: [
        Closure(center=world.center, starts_at=NINE, ends_at=NINE, reason="停电")
    ],
    "calendar_override_once": twice(
        lambda world: CalendarOverride(center=world.center, day=DAY, mark=CalendarMark.HOLIDAY)
    ),
    "center_role_once": twice(
        lambda world: CenterRole(user=world.user, center=world.center, role=Role.STAFF, valid=ALWAYS)
    ),
    "center_role_valid_not_empty": lambda world: [
        CenterRole(user=world.user, center=world.center, role=Role.STAFF, valid=NEVER)
    ],
    "delivery_once_a_channel": twice(lambda world: Delivery(outbox=world.outbox, channel="sms")),
    "calendar_year_once": twice(lambda world: CalendarYear(center=world.center, year=2027)),
    "calendar_year_in_reach": lambda world: [CalendarYear(center=world.center, year=1999)],
    "outbox_outcome_known": lambda world: [outbox(world, done_at=NINE, outcome="lost")],
    "outbox_done_with_an_outcome": lambda world: [outbox(world, done_at=NINE, outcome="")],
    "reminder_once_a_time": twice(
        lambda world: Reminder(
            account=world.user, source="booking", key="once", step="day_before", starts_at=TEN, sent_at=NINE
        )
    ),
    "idempotency_key_once_a_person": twice(
        lambda world: IdempotentRequest(user=world.user, key="once", fingerprint="", created_at=NINE)
    ),
    "user_phone_is_mobile": lambda world: [User(username="somebody", phone="05731234567")],
    "user_name_once_however_written": lambda world: [User(username="STAFF")],
    "phone_reveal_has_purpose": lambda world: [PhoneReveal(viewer=world.user, subject=world.user, at=NINE, purpose="")],
    **{name: rows for app in APPS for name, rows in app.REFUSED.items()},
}

# By trigger, what it refuses, and the name that the refusal bears.
TRIGGERED: dict[str, tuple[str, Callable[[World], Iterable[models.Model] | Callable[[], Any]]]] = {
    "Level.rank_keeps_rules": (
        RANKS_BROKEN,
        lambda world: lambda: Level.objects.filter(pk=world.cast.city.level_id).update(rank=999),
    ),
    "LevelRule.ranks_descend": (
        RANKS_BROKEN,
        lambda world: [LevelRule(parent_id=world.center.level_id, child_id=world.cast.city.level_id)],
    ),
    "LevelRule.rule_in_use_stays": (
        RULE_BROKEN,
        lambda world: lambda: LevelRule.objects.filter(child=world.center.level_id).delete(),
    ),
    "Center.level_keeps_rules": (
        RULE_BROKEN,
        lambda world: lambda: Center.objects.filter(pk=world.cast.town.pk).update(level=world.center.level_id),
    ),
    "CenterParent.level_rule_holds": (
        RULE_BROKEN,
        lambda world: lambda: CenterParent.objects.filter(center=world.center).update(parent=world.cast.sibling),
    ),
    **{name: row for app in APPS for name, row in getattr(app, "TRIGGERED", {}).items()},
}


def write(bad: Iterable[models.Model] | Callable[[], Any]) -> None:
    """Write it as a transaction of its own would, deferred checks included."""
    with transaction.atomic():
        if callable(bad):
            bad()
        else:
            for row in bad:
                row.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def ours() -> list[type[models.Model]]:
    own = {path.name for path in settings.BASE_DIR.iterdir() if (path / "apps.py").is_file()}
    return [model for model in apps.get_models() if model._meta.app_label in own]


@pytest.mark.parametrize("name", REFUSED)
def test_a_constraint_refuses(world: World, name: str) -> None:
    with pytest.raises(IntegrityError) as error:
        write(REFUSED[name](world))
    assert violates(error.value, name), error.value


def test_each_constraint_of_each_model_is_tried() -> None:
    assert set(REFUSED) == {constraint.name for model in ours() for constraint in model._meta.constraints}


@pytest.mark.parametrize("name", TRIGGERED)
def test_a_trigger_refuses(world: World, name: str) -> None:
    refusal, act = TRIGGERED[name]
    with pytest.raises(IntegrityError) as error:
        write(act(world))
    assert violates(error.value, refusal), error.value


def test_each_trigger_of_each_model_is_tried() -> None:
    registered = {
        f"{model.__name__}.{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if trigger.name not in {*KEEPS_HISTORY, RENEWS_VERSION}
    }
    assert set(TRIGGERED) == registered


def test_what_may_stand_may_stand(world: World) -> None:
    """Rows on the right side of each bound: a check that refuses too much would be found here."""
    write(booked(world, headcount=1, ends_at=NINE + dt.timedelta(minutes=30)))
    write(booked(world, status=Status.PENDING, decide_by=NINE))
    write(occupied(world, (NINE, TEN), (TEN, TEN + dt.timedelta(hours=1))))
    write(opened(world, (9, 12), (13, 0)))
    write(special(world, (dt.time(9), dt.time(0))))
    write([BookingEvent(booking=world.booking, verb=Verb.EXPIRE, at=NINE, to_status=Status.EXPIRED)])
    write(
        [Space(center=world.center, name="小屋", capacity=1), Space(center=world.cast.sibling, name="小屋", capacity=1)]
    )
    write([FunctionalArea(center=world.center, kind=AreaKind.CUSTOM, own_name=name) for name in ("一", "二")])
    write(organizations.may_stand(world.center))
    write(imports.may_stand(world))
