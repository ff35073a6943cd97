"""A booking in one's own calendar, and what one takes along right after booking."""

import datetime as dt

from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from activities.services.feeds import renew_feed
from bookings.models import Booking, Space
from bookings.services.booking import cancel_booking
from bookings.services.moving import move_booking
from tests.factories.bookings import book, slot
from tests.support.time import TestClock

DAY = dt.date(2026, 12, 1)


def event_of(client: Client, booking: Booking) -> dict[str, str]:
    response = client.get(reverse("bookings:booking_calendar", args=[booking.reference]))
    assert response["Content-Type"].startswith("text/calendar")
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    return {name: event.get(name).to_ical().decode() for name in ("UID", "SEQUENCE", "STATUS", "DTSTART", "LOCATION")}


def test_the_file_stays_one_event_when_it_is_moved_and_taken_back(
    space: Space, resident: User, client: Client, clock: TestClock
) -> None:
    booking = book(resident, space, day=DAY)
    client.force_login(resident)
    first = event_of(client, booking)
    assert (first["SEQUENCE"], first["STATUS"], first["DTSTART"]) == ("0", "CONFIRMED", "20261201T010000Z")
    starts_at, ends_at = slot(14, 15, DAY)
    move_booking(actor=resident, booking=booking, starts_at=starts_at, ends_at=ends_at)
    moved = event_of(client, booking)
    assert (moved["UID"], moved["SEQUENCE"], moved["DTSTART"]) == (first["UID"], "1", "20261201T060000Z")
    cancel_booking(actor=resident, booking=booking)
    gone = event_of(client, booking)
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (first["UID"], "2", "CANCELLED")


def test_the_feed_shows_it_as_the_file_does(space: Space, resident: User, client: Client) -> None:
    booking = book(resident, space, day=DAY)
    client.force_login(resident)
    feed = client.get(reverse("activities:feed_file", args=[renew_feed(actor=resident).token]))
    [event] = Calendar.from_ical(feed.content).walk("VEVENT")
    assert event["UID"] == event_of(client, booking)["UID"]


def test_right_after_booking_one_takes_it_along(space: Space, resident: User, client: Client) -> None:
    space.center.phone, space.center.address = "0573-00000000", "演示路1号"
    space.center.save()
    booking = book(resident, space, day=DAY)
    client.force_login(resident)
    page = client.get(f"{booking.get_absolute_url()}?new=1").content.decode()
    calendar = reverse("bookings:booking_calendar", args=[booking.reference])
    for part in (calendar, "data-share", "data-print", "tel:0573-00000000"):
        assert part in page
    assert "周一 9:00" in page, "the reminder, on the day before"
    cancel_booking(actor=resident, booking=booking)
    assert "calendar.ics" not in client.get(booking.get_absolute_url()).content.decode()
