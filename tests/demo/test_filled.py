"""A portal filled with the demo of one day: its records are possible, and its people find what they need."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Q

from accounts.models import User
from bookings.choices import HOLDING, Purpose, Status
from bookings.models import Booking, BookingContact, BookingEvent, Occupancy, Space
from bookings.services import booking as bookings
from bookings.values.slot_request import SlotRequest
from centers.access import roles_at
from centers.choices import Role
from centers.domain import hours
from centers.models import Center, CenterRole
from common import clock
from common.intervals import covers
from demo.services import people, seed_rooms
from demo.services.fill import FillResult, fill
from demo.services.network import load
from notifications.models import InboxMessage, Outbox
from tests.demo.records import COMING_DAYS, DAY, PAST_DAYS, TODAY, a_few_days, bookings_a_month, everything
from tests.support import databases
from tests.support.time import TestClock

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture(scope="module")
def filled_database(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[tuple[str, FillResult]]:
    """A database of this module's, filled once; its name and what the fill said."""
    with django_db_blocker.unblock(), databases.clone(f"{worker_id}_demo") as name:
        with databases.connected_to(name), TestClock.started(), a_few_days():
            added = fill(TODAY)
        yield name, added


@pytest.fixture
def filled(filled_database: tuple[str, FillResult], clock: TestClock) -> Iterator[FillResult]:
    """What the fill said, within the filled database; what the test writes there is rolled back."""
    name, added = filled_database
    with databases.connected_to(name), a_few_days(), transaction.atomic():
        yield added
        transaction.set_rollback(True)


def test_invariants(filled: FillResult) -> None:
    assert filled.bookings == Booking.objects.count() > 3000
    by_status = dict(Booking.objects.values_list("status").annotate(Count("pk")))
    assert set(by_status) == set(Status.values)
    # occupancy is exactly that of the holding bookings: every cell of the space, the use and its turnaround
    should = Booking.objects.filter(status__in=HOLDING).values_list(
        "pk", "space__cells", "starts_at", "ends_at", "turnaround_minutes"
    )
    held = {(pk, cell, start, end + dt.timedelta(minutes=after)) for pk, cell, start, end, after in should}
    assert {(o.booking_id, o.cell_id, o.span.lower, o.span.upper) for o in Occupancy.objects.all()} == held
    # no two of them share a cell at one instant, whatever the constraint says
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM bookings_occupancy a JOIN bookings_occupancy b"
            " ON a.cell_id = b.cell_id AND a.id < b.id AND a.span && b.span"
        )
        assert cursor.fetchone() == (0,)
    assert BookingContact.objects.count() == filled.bookings
    assert not Booking.objects.filter(Q(is_demo=False) | Q(booker__is_demo=False)).exists()


def test_histories_are_possible() -> None:
    now = clock.now()
    assert not Booking.objects.filter(created_at__gt=now).exists()
    assert not BookingEvent.objects.filter(at__gt=now).exists()
    assert not Booking.objects.pending().filter(Q(starts_at__lte=now) | Q(decide_by__gt=F("starts_at"))).exists()
    assert not Booking.objects.filter(status=Status.RELEASED).exclude(planned_ends_at__gt=F("ends_at")).exists()
    last: dict[int, tuple[str, dt.datetime]] = {}
    for event in BookingEvent.objects.order_by("pk"):
        status, at = last.get(event.booking_id, ("", event.at))
        assert (event.from_status, event.at >= at) == (status, True), event
        last[event.booking_id] = (event.to_status, event.at)
    assert {pk: status for pk, (status, _at) in last.items()} == dict(Booking.objects.values_list("pk", "status"))


def test_bookings_keep_opening_hours_and_capacity() -> None:
    days = hours.open_days(
        list(Center.objects.values_list("pk", flat=True)), TODAY - PAST_DAYS * DAY, TODAY + COMING_DAYS * DAY
    )
    for booking in Booking.objects.select_related("space"):
        until = booking.planned_ends_at or booking.ends_at
        day = days[booking.space.center_id][clock.local(booking.starts_at).date()]
        assert covers(day.spans, (booking.starts_at, until)), booking
        assert booking.headcount <= booking.space.capacity
        assert booking.lineage[0] == booking.space.center_id


def test_a_second_fill_finds_nothing_to_do(django_assert_max_num_queries: Any) -> None:
    before = everything()
    with django_assert_max_num_queries(20):
        again = fill(TODAY)
    assert (again.centers, again.days, again.bookings) == (0, 0, 0)
    assert everything() == before


def test_every_branch_and_the_home_center_have_requests_due_today_and_tomorrow() -> None:
    network = load(TODAY)
    assert network is not None
    places = [
        {network.home.pk},
        *(network.below(branch) for branch in network.children[network.top.pk] if network.is_hub(branch)),
    ]
    for place in places:
        due = Booking.objects.pending().filter(space__center__in=place).values_list("decide_by", flat=True)
        assert {TODAY, TODAY + DAY} <= {clock.local(moment).date() for moment in due}


def test_centers_can_be_called_by_numbers_that_nobody_has_and_some_lack_something() -> None:
    centers = list(Center.objects.public())
    assert all(center.phone.startswith("0573-0000") for center in centers if center.phone)
    assert all("演示路" in center.address for center in centers if center.address)
    for lacking in (
        [center for center in centers if not center.phone],
        [center for center in centers if not center.address],
        [center for center in centers if not CenterRole.objects.filter(center=center).exists()],
    ):
        assert 0 < len(lacking) < len(centers) / 4
    staff = User.objects.filter(username__startswith="demo-staff-")
    assert staff and not any(person.has_usable_password() or person.phone for person in staff)


def test_people_have_their_roles_and_the_resident_something_to_look_at() -> None:
    network = load(TODAY)
    assert network is not None
    found = {user.username: user for user in User.objects.filter(is_demo=True)}
    of_centers = [name for name in found if name.startswith("demo-staff-")]
    assert len(found) == people.residents_for(Space.objects.public().count()) + 4 + len(of_centers)
    assert roles_at(found["zhanzhang01"], network.home, TODAY) == {Role.MANAGER}
    assert roles_at(found["yuangong01"], network.home, TODAY) == {Role.STAFF}
    assert (
        roles_at(found["zhenjie01"], network.above, TODAY)
        == {Role.ADMIN}
        == roles_at(found["shiji01"], network.top, TODAY)
    )
    assert not roles_at(found["zhanzhang01"], network.above, TODAY)
    own = Booking.objects.own(found["demo-resident-01"])
    assert own.filter(ends_at__lt=clock.now()).exists()
    assert own.live().filter(starts_at__gt=clock.now()).exists()
    assert InboxMessage.objects.filter(recipient=found["demo-resident-01"], read_at__isnull=True).exists()
    assert not Outbox.objects.filter(done_at__isnull=True).exists()
    assert {row["username"] for row in people.sign_ins()} == {
        "demo-resident-01",
        "yuangong01",
        "zhanzhang01",
        "zhenjie01",
        "shiji01",
    }


def free_slot() -> tuple[Space, dt.datetime]:
    """A room under the city's rules that stands free for an hour tomorrow; one of them is, however the lots fall."""
    for space in Space.objects.public().filter(booking_policy__isnull=True):
        for hour in range(9, 17):
            start = clock.at(TODAY + DAY, dt.time(hour))
            if not Occupancy.objects.filter(cell__in=space.cells.all()).overlapping(
                start, start + dt.timedelta(hours=1)
            ):
                return space, start
    pytest.fail("every room is taken all day tomorrow")


def test_whoever_is_signed_in_as_can_book_at_once() -> None:
    booked = bookings_a_month()
    busiest = max(booked, key=lambda booker_and_month: booked[booker_and_month])
    assert booked[busiest] <= people.MOST_A_MONTH < seed_rooms.TOP_POLICY["quota_count"]
    space, start = free_slot()
    contact = bookings.Contact(name="x", phone="13900000001")
    for username in ("demo-resident-01", "demo-resident-02", User.objects.get(pk=busiest[0]).username):
        booker = User.objects.get(username=username)
        made = bookings.create_booking(
            actor=booker,
            request=SlotRequest(start, start + dt.timedelta(minutes=30), 1, space.pk, booker.pk),
            purpose=Purpose.OTHER,
            contact=contact,
        )
        bookings.cancel_booking(actor=booker, booking=made)
