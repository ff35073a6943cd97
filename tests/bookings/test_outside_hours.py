"""A day shut over standing bookings.

Whoever shuts it is told how many, nobody is granted a closed door, and bookers see it.
"""

import datetime as dt
import html
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from bookings import exceptions as refused
from bookings.choices import Status
from bookings.models import Booking
from bookings.services import booking as booking_services
from centers.models import SpecialDay
from tests.factories.bookings import TOMORROW, book, make_booker, make_space, open_daily
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

pytestmark = pytest.mark.usefixtures("at_any_hour")

LATER = TOMORROW + dt.timedelta(days=1)
SHUT = "The center is shut at that time now. Reject the request, or change the opening hours."


@pytest.fixture
def asked(cast: Cast) -> Booking:
    return book(cast["resident"], make_space(cast.center), 9, 10)


def client_of(cast: Cast, role: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast[role])
    return client


def shut(cast: Cast, day: dt.date = TOMORROW) -> None:
    SpecialDay.objects.create(center=cast.center, day=day, reason="停电")


def shown(page: Any) -> set[str]:
    return {card.booking.reference for card in page.context["cards"]}


def saved(cast: Cast, role: str, name: str, fields: dict[str, str], code: str = "") -> Any:
    response = client_of(cast, role).post(
        reverse(f"centers:{name}", args=[code or cast.center.code]), fields, follow=True
    )
    assert response.redirect_chain
    return response


def test_shutting_a_day_says_how_many_bookings_it_meets_and_leads_to_them(cast: Cast, asked: Booking) -> None:
    granted, another_day = (
        book(make_booker(7), asked.space, 14, 15),
        book(make_booker(8), asked.space, 9, 10, day=LATER),
    )
    booking_services.approve_booking(actor=cast["staff"], booking=granted)
    page = saved(cast, "manager", "special_day_list", {"day": TOMORROW.isoformat(), "reason": "停电"})

    assert "2 coming bookings outside the opening hours" in page.content.decode()
    [conflicts] = page.context["conflicts"]
    for conflict in (conflicts.together, conflicts.on[TOMORROW]):
        assert html.escape(conflict.url) in page.content.decode()
        assert shown(client_of(cast, "staff").get(conflict.url)) == {asked.reference, granted.reference}
    assert another_day.reference not in page.content.decode()


def test_other_hours_that_hold_the_bookings_say_nothing(cast: Cast, asked: Booking) -> None:
    times = {"on_opens_1": "9:00", "on_closes_1": "10:00"}
    page = saved(cast, "manager", "special_day_list", {"day": TOMORROW.isoformat(), **times})
    assert "outside the opening hours" not in page.content.decode()


def test_new_weekly_hours_are_told_for_all_below_that_take_them(cast: Cast, asked: Booking) -> None:
    open_daily(cast.sibling)
    kept = book(make_booker(7), make_space(cast.sibling, "邻居活动室"), 9, 10)
    page = saved(cast, "town_admin", "hours_edit", {"wed_opens_1": "13:00", "wed_closes_1": "18:00"}, cast.town.code)

    assert "1 coming booking outside the opening hours" in page.content.decode()
    [conflicts] = page.context["conflicts"]
    assert kept.reference not in client_of(cast, "town_admin").get(conflicts.together.url).content.decode()


def test_what_was_counted_as_the_hours_were_saved_is_flashed(cast: Cast, asked: Booking) -> None:
    """By each of the three verbs, what its own transaction counted."""
    afternoon, day = {"wed_opens_1": "13:00", "wed_closes_1": "18:00"}, TOMORROW.isoformat()
    told = "Now: 1 coming booking outside the opening hours."
    another = book(make_booker(7), asked.space, 11, 12, day=TOMORROW + dt.timedelta(days=7))
    assert another.status == Status.PENDING

    def flash(name: str, fields: dict[str, str]) -> str:
        [said] = saved(cast, "manager", name, fields).context["messages"]
        return str(said)

    assert flash("special_day_list", {"day": day}) == f"The date is saved. {told}"
    assert flash("special_day_remove", {"day": day}) == "The date follows the week again."
    assert (
        flash("hours_edit", afternoon)
        == f"The opening hours are saved. {told.replace('1 coming booking', '2 coming bookings')}"
    )
    SpecialDay.objects.create(center=cast.center, day=TOMORROW, opens=dt.time(9), closes=dt.time(10))
    assert flash("special_day_remove", {"day": day}) == f"The date follows the week again. {told}"


def test_the_pages_of_hours_ask_as_often_with_many_bookings(cast: Cast) -> None:
    rooms = [make_space(cast.center), make_space(cast.sibling, "邻居活动室")]
    SpecialDay.objects.create(center=cast.town, day=TOMORROW)

    def grow(count: int) -> None:
        SpecialDay.objects.filter(center=cast.town).delete()
        start = Booking.objects.count()
        for number in range(start, start + count):
            book(make_booker(100 + number), rooms[number % 2], 9, 10, day=TOMORROW + dt.timedelta(days=number // 2))
        SpecialDay.objects.bulk_create(
            SpecialDay(center=cast.town, day=TOMORROW + dt.timedelta(days=n)) for n in range(10)
        )

    client = client_of(cast, "town_admin")
    assert_constant_queries(grow, lambda: client.get(reverse("centers:special_day_list", args=[cast.town.code])))
    assert_constant_queries(
        lambda count: None, lambda: client.get(reverse("bookings:decision_list"), {"outside": "on"})
    )


def test_nobody_is_granted_a_closed_door(cast: Cast, asked: Booking) -> None:
    shut(cast)
    with pytest.raises(refused.OpenNoMore), transaction.atomic():
        booking_services.approve_booking(actor=cast["staff"], booking=asked)

    staff = client_of(cast, "staff")
    address = reverse("bookings:booking_approve", args=[asked.reference])
    assert SHUT in html.unescape(staff.post(address, follow=True).content.decode())
    row = html.unescape(staff.post(address, headers={"HX-Request": "true"}).content.decode())
    assert SHUT in row
    assert reverse("bookings:booking_reject", args=[asked.reference]) in row
    asked.refresh_from_db()
    assert asked.status == Status.PENDING
    booking_services.reject_booking(actor=cast["staff"], booking=asked, reason="停电")


def test_hours_given_back_let_it_be_granted(cast: Cast, asked: Booking) -> None:
    shut(cast)
    SpecialDay.objects.all().delete()
    assert booking_services.approve_booking(actor=cast["staff"], booking=asked).status == Status.APPROVED


def test_booker_and_staff_read_on_the_booking_that_the_center_is_shut_then(
    cast: Cast, asked: Booking, clock: TestClock
) -> None:
    def page(role: str) -> str:
        return client_of(cast, role).get(asked.get_absolute_url()).content.decode()

    approve = reverse("bookings:booking_approve", args=[asked.reference])
    assert "shut at this time" not in page("resident") + page("staff")
    assert approve in page("staff")
    shut(cast)
    assert "Please choose another time." in page("resident")
    assert "kept for you" not in page("resident")
    assert "Reject or cancel it, saying why" in page("staff")
    queue = client_of(cast, "staff").get(reverse("bookings:decision_list")).content.decode()
    assert "Center shut then" in queue
    assert approve not in page("staff") + queue, "nobody is led to a press that would be refused"
    clock.move_to(asked.ends_at)
    assert "shut at this time" not in page("resident") + page("staff")


@pytest.mark.parametrize("verb", [booking_services.reject_booking, booking_services.cancel_booking])
def test_what_was_answered_is_outside_no_more(cast: Cast, asked: Booking, verb: Callable[..., Any]) -> None:
    shut(cast)
    verb(actor=cast["staff"], booking=asked, reason="停电")
    page = client_of(cast, "manager").get(reverse("centers:special_day_list", args=[cast.center.code]))
    assert "outside the opening hours" not in page.content.decode()
