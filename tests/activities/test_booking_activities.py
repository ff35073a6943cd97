"""A booking becomes an activity in two taps, shows it, and keeps its room while the activity needs it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import ActivityState
from activities.models import Activity
from activities.services.activities import create_activity
from bookings.models import Booking, Space
from bookings.services.booking import cancel_booking
from centers.models import Center
from tests.activities.shown_forms import initial_of, sendable
from tests.factories.activities import D, make_plan
from tests.factories.bookings import book, make_booker, make_space
from tests.support.queries import assert_constant_queries

CREATE = reverse("activities:manage_create")


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def room(village: Center) -> Space:
    return make_space(village, capacity=26)


@pytest.fixture
def booking(room: Space, staff: User) -> Booking:
    """Monday 30 November, 14:00–16:00, by a resident."""
    return book(make_booker(5), room, 14, 16, day=D)


def test_a_booking_becomes_an_activity_in_two_taps(client: Client, booking: Booking) -> None:
    page = client.get(booking.get_absolute_url()).content.decode()
    address = f"{CREATE}?booking={booking.reference}"
    assert address in page
    form = client.get(address)
    initial = initial_of(form)
    assert (initial["title"], initial["capacity"]) == (booking.get_purpose_display(), 26)
    response = client.post(address, sendable(form))
    activity = Activity.objects.get()
    assert response["Location"] == activity.get_desk_url()
    assert (activity.state, activity.booking) == (ActivityState.PUBLISHED, booking)
    assert (activity.starts_at, activity.ends_at) == (booking.starts_at, booking.ends_at)
    page = client.get(booking.get_absolute_url()).content.decode()
    assert activity.get_desk_url() in page
    assert address not in page


def test_the_offer_is_made_in_the_rows_of_the_queue_and_to_nobody_else(client: Client, booking: Booking) -> None:
    address = f"{CREATE}?booking={booking.reference}"
    queue = client.get(reverse("bookings:decision_list"), {"status": "approved"}).content.decode()
    assert address in queue
    booker = Client()
    booker.force_login(booking.booker)
    assert address not in booker.get(booking.get_absolute_url()).content.decode()


def test_a_booking_that_a_published_activity_needs_is_not_cancelled(
    client: Client, booking: Booking, village: Center, staff: User
) -> None:
    activity = create_activity(actor=staff, center=village, plan=make_plan(), booking=booking, publish=True)
    cancel = reverse("bookings:booking_cancel", args=[booking.reference])
    response = client.post(cancel, {"reason": "检修"})
    assert response.status_code == 409
    assert "新春送福" in response.content.decode()
    booking.refresh_from_db()
    assert booking.status == "approved"
    client.post(reverse("activities:manage_cancel", args=[activity.reference]), {"reason": "老师生病"})
    assert client.post(cancel, {"reason": "检修"}).status_code == 302


def test_a_draft_loses_its_room_and_can_then_not_be_published(
    client: Client, booking: Booking, village: Center, staff: User
) -> None:
    draft = create_activity(actor=staff, center=village, plan=make_plan(), booking=booking)
    cancel_booking(actor=staff, booking=booking, reason="检修")
    page = client.post(reverse("activities:manage_publish", args=[draft.reference]), follow=True).content.decode()
    draft.refresh_from_db()
    assert draft.state == ActivityState.DRAFT
    assert "flash error" in page


def test_bookings_with_activities_ask_the_same_number_of_questions(
    client: Client, village: Center, staff: User, room: Space
) -> None:
    hours = iter(range(2 * 20 + 2))

    def grow(count: int) -> None:
        for _ in range(count):
            number = next(hours)
            day, start = D + dt.timedelta(days=number // 4), 8 + 3 * (number % 4)
            made = book(make_booker(100 + number), room, start, start + 2, day=day)
            if number % 2:
                create_activity(
                    actor=staff, center=village, plan=make_plan(start, start + 2, day=day), booking=made, publish=True
                )

    assert_constant_queries(grow, lambda: client.get(reverse("bookings:decision_list"), {"status": "approved"}))
