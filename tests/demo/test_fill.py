"""The demo fills a portal on the day it runs, never twice, and keeps away from what people made."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from accounts.services import people as accounts
from bookings.choices import Purpose, Status
from bookings.models import Booking, BookingEvent, Cell, Occupancy, Space
from bookings.services import booking as bookings
from bookings.values.slot_request import SlotRequest
from centers.models import Center, WeeklyHours
from common import clock
from demo.exceptions import DemoIsOff
from demo.models import DemoDay
from demo.services import people, seed_rooms
from demo.services.fill import fill
from demo.services.network import load
from demo.values import samples
from tests.demo.records import DAY, TODAY, a_few_days, bookings_a_month, everything
from tests.factories.centers import make_tree


@pytest.fixture
def held(request: pytest.FixtureRequest) -> Any:
    """The tests' clock under a name of its own, beside the product's."""
    request.getfixturevalue("db")
    return request.getfixturevalue("clock")


@pytest.fixture(autouse=True)
def few_days(held: Any) -> Iterator[None]:
    with a_few_days():
        yield


@pytest.fixture
def tree() -> list[list[Center]]:
    """A tree of four levels instead of the register."""
    Center.objects.update(status="closed")
    return make_tree(2, 2, 3)


@pytest.mark.parametrize("hour", [0, 10, 20])
def test_people_ask_and_staff_answer_in_office_hours_and_uses_end_on_half_hours(held: Any, hour: int) -> None:
    held.move_to(clock.at(TODAY, dt.time(hour, 30)))
    fill(TODAY)

    def times(moments: Any) -> set[dt.time]:
        return {clock.local(moment).time() for moment in moments}

    staffed = BookingEvent.objects.filter(verb__in=["approve", "reject", "cancel"])
    answered = times(staffed.values_list("at", flat=True))
    assert min(answered) >= dt.time(9) and max(answered) < dt.time(17, 5)
    due = Booking.objects.filter(decide_by__lt=F("starts_at")).values_list("decide_by", flat=True)
    assert min(times(due)) >= dt.time(9) and max(times(due)) <= dt.time(17)
    ends = Booking.objects.values_list("ends_at", flat=True)
    assert {time.minute for time in times(ends)} == {0, 30}


def test_a_database_with_other_ids_gets_the_same_demo(tree: list[list[Center]]) -> None:
    with transaction.atomic():
        fill(TODAY)
        first = everything()
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        for model in (Space, Cell, Booking, User):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 70001)", [model._meta.db_table])
    fill(TODAY)
    assert everything() == first
    assert Space.objects.earliest("pk").pk > 70000


def test_the_same_day_gives_the_same_records(tree: list[list[Center]]) -> None:
    fill(TODAY)
    before = everything()
    BookingEvent.objects.all().delete()
    Occupancy.objects.all().delete()
    Booking.objects.all().delete()
    DemoDay.objects.all().delete()
    fill(TODAY)
    assert everything() == before


def test_the_next_day_adds_one_day_and_fresh_requests(held: Any, tree: list[list[Center]]) -> None:
    fill(TODAY)
    before = set(Booking.objects.values_list("pk", flat=True))
    held.advance(days=1)
    filled = fill(TODAY + DAY)
    assert filled.days == 1
    added = Booking.objects.exclude(pk__in=before)
    coming = added.filter(starts_at__gte=clock.now() + 9 * DAY)
    assert coming.exists()
    assert not added.exclude(pk__in=coming).exclude(status=Status.PENDING).exists()


def test_a_missing_day_is_filled(tree: list[list[Center]]) -> None:
    fill(TODAY)
    day = TODAY - 3 * DAY
    of_day = Booking.objects.filter(starts_at__gte=clock.midnight(day), starts_at__lt=clock.midnight(day + DAY))
    count = of_day.count()
    BookingEvent.objects.filter(booking__in=of_day).delete()
    Occupancy.objects.filter(booking__in=of_day).delete()
    of_day.delete()
    DemoDay.objects.filter(day=day).delete()
    filled = fill(TODAY)
    assert (filled.days, filled.bookings) == (1, count)
    assert of_day.count() == count


def test_what_people_made_stays_and_is_kept_clear_of(tree: list[list[Center]]) -> None:
    center = tree[-1][0]
    seed_rooms.create_rooms(load(TODAY))  # type: ignore[arg-type]
    person = User.objects.create(username="person", phone="13900000001", phone_verified_at=clock.now())
    space = Space.objects.filter(center=center, booking_policy__isnull=True)[0]
    start = clock.at(TODAY + 2 * DAY, dt.time(10))
    contact = bookings.Contact(name="x", phone="13900000001")
    mine = bookings.create_booking(
        actor=person,
        request=SlotRequest(start, start + dt.timedelta(hours=4), 3, space.pk, person.pk),
        purpose=Purpose.OTHER,
        contact=contact,
    )
    fill(TODAY)
    sharing = (
        Booking.objects.holding().filter(space__cells__in=space.cells.all()).overlapping(mine.starts_at, mine.ends_at)
    )
    assert list(sharing) == [mine]
    bookings.cancel_booking(actor=person, booking=mine)
    taken_back = Booking.objects.filter(is_demo=True, status=Status.APPROVED, starts_at__gt=clock.now())[0]
    bookings.cancel_booking(actor=taken_back.booker, booking=taken_back)
    assert fill(TODAY).bookings == 0
    assert set(Booking.objects.filter(pk__in=[mine.pk, taken_back.pk]).values_list("status", flat=True)) == {
        Status.CANCELLED
    }


def test_rooms_hours_and_policies_come_only_to_bare_centers(tree: list[list[Center]]) -> None:
    root, leaf = tree[0][0], tree[-1][1]
    WeeklyHours.objects.create(center=root, day_kind="mon", opens=dt.time(9), closes=dt.time(12))
    own = Space.objects.create(center=leaf, name="own", capacity=7)
    own.cells.set([Cell.objects.create(center=leaf, name="own")])
    fill(TODAY)
    assert list(Space.objects.filter(center=leaf)) == [own]
    assert WeeklyHours.objects.filter(center=root).count() == 1
    assert Center.objects.public().filter(spaces__isnull=True).count() == 0
    WeeklyHours.objects.filter(center=root).delete()
    fill(TODAY)
    assert not WeeklyHours.objects.filter(center=root).exists()


def test_its_rooms_have_english_names_those_there_were_before_them_too(tree: list[list[Center]]) -> None:
    fill(TODAY)
    assert not Space.objects.filter(name_en="").exists()
    own = Space.objects.create(center=tree[0][0], name="居民自己的房间", capacity=5)
    Space.objects.filter(name="多功能厅").update(name_en="")
    assert fill(TODAY).centers == 0
    assert set(Space.objects.filter(name="多功能厅").values_list("name_en", flat=True)) == {"Multi-purpose Hall"}
    own.refresh_from_db()
    assert own.name_en == ""


def test_a_hub_has_a_hall_that_divides(tree: list[list[Center]]) -> None:
    fill(TODAY)
    for center in tree[1]:
        hall = max(Space.objects.filter(center=center), key=lambda space: space.capacity)
        assert hall.cells.count() == 2
        halves = Space.objects.filter(center=center, cells__in=hall.cells.all()).exclude(pk=hall.pk).distinct()
        assert [half.cells.count() for half in halves] == [1, 1]


def test_the_days_that_follow_keep_within_it_too(held: Any, tree: list[list[Center]]) -> None:
    fill(TODAY)
    for _ in range(3):
        held.advance(days=1)
        fill(clock.today())
    assert max(bookings_a_month().values()) <= people.MOST_A_MONTH


def test_a_number_that_somebody_signed_in_with_stays_theirs(tree: list[list[Center]]) -> None:
    first = samples.rows("people")[0]
    somebody = accounts.register_resident(phone=str(int(first["phone"]) + 30))
    fill(TODAY)
    somebody.refresh_from_db()
    assert not somebody.is_demo and not Booking.objects.own(somebody).exists()
    assert not User.objects.filter(username="demo-resident-31").exists()


def test_the_applications_role_is_enough(app_role: None) -> None:
    assert fill(TODAY).bookings


def test_never_without_demo(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(DemoIsOff):
        fill(TODAY)
    assert not User.objects.filter(is_demo=True).exists()


def test_without_centers_there_is_nothing_to_fill() -> None:
    Center.objects.update(status="closed")
    assert fill(TODAY).bookings == 0
