"""The calendar feed: a secret link with what one is in, renewed and ended by its account."""

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from activities.choices import Relation
from activities.domain.rules import Entry
from activities.models import Activity, CalendarFeed
from activities.services.feeds import renew_feed
from activities.services.sign_ups import leave, sign_up
from bookings.services.booking import cancel_booking
from centers.models import Center
from tests.factories.activities import D, join, make_activity, make_participant
from tests.factories.bookings import book, make_booker, make_policy, make_space
from tests.support.queries import assert_constant_queries

PAGE = reverse("activities:feed_detail")


def events(url: str) -> dict[str, str]:
    """Title and status of each event, as a program reads them that has the link alone."""
    answer = Client().get(url)
    return {str(one["SUMMARY"]): str(one["STATUS"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def link(user: User) -> str:
    return reverse("activities:feed_file", args=[renew_feed(actor=user).token])


def test_bookings_and_sign_ups_and_nobody_elses(village: Center, activity: Activity, resident: User) -> None:
    make_policy(village, quota_count=9)
    book(resident, make_space(village, "议事厅"), day=D)
    book(make_booker(2), make_space(village, "多功能厅"), day=D)
    join(activity, 1)
    join(make_activity(village, title="别人的"), 2)
    assert events(link(resident)) == {"新春送福": "CONFIRMED", "议事厅": "CONFIRMED"}


def test_whom_it_is_for_stands_in_ones_own_calendar_alone(
    client: Client, village: Center, activity: Activity, staff: User, resident: User
) -> None:
    """Told apart within the family, and named in full nowhere: a calendar's link may be passed on."""
    own, child = join(activity, 1), make_participant(resident, "张小明", relation=Relation.CHILD)
    dance = make_activity(village, title="少儿舞蹈")
    for where in (activity, dance):
        sign_up(actor=resident, activity=where, entries=[Entry(child, guardian_consent=True)])
    assert set(events(link(resident))) == {"新春送福（我本人，孩子·明）", "少儿舞蹈（孩子·明）"}
    leave(actor=resident, sign_up=own)
    assert set(events(link(resident))) == {"新春送福（孩子·明）", "少儿舞蹈（孩子·明）"}
    ticket = reverse("activities:sign_up_calendar", args=[dance.sign_ups.get().code])
    public = reverse("activities:activity_calendar", args=[dance.reference])
    for user, url, is_told in ((resident, ticket, True), (staff, ticket, False), (resident, public, False)):
        client.force_login(user)
        file = client.get(url).content.decode()
        assert ("孩子·明" in file) is is_told and "张小明" not in file
    everybody = Client().get(reverse("activities:public_calendar")).content.decode()
    assert "少儿舞蹈" in everybody and "孩子·明" not in everybody


def test_what_was_given_up_is_taken_out(village: Center, activity: Activity, resident: User) -> None:
    booking = book(resident, make_space(village, "议事厅"), day=D)
    made = join(activity, 1)
    cancel_booking(actor=resident, booking=booking)
    leave(actor=resident, sign_up=made)
    assert set(events(link(resident)).values()) == {"CANCELLED"}


def test_a_new_link_ends_the_old_one(client: Client, resident: User) -> None:
    client.force_login(resident)
    client.post(PAGE)
    old = reverse("activities:feed_file", args=[CalendarFeed.objects.get().token])
    assert old in client.get(PAGE).content.decode() and Client().get(old).status_code == 200
    client.post(PAGE)
    assert Client().get(old).status_code == 404
    new = reverse("activities:feed_file", args=[CalendarFeed.objects.get().token])
    assert Client().get(new).status_code == 200
    client.post(PAGE, {"end": "on"})
    assert Client().get(new).status_code == 404


def test_an_account_that_was_closed_is_read_by_nobody(resident: User) -> None:
    url = link(resident)
    User.objects.filter(pk=resident.pk).update(is_active=False)
    assert Client().get(url).status_code == 404


@pytest.mark.django_db
def test_the_feed_asks_the_same_of_two_and_of_twenty(village: Center, resident: User) -> None:
    make_policy(village, quota_count=100)
    url, numbers = link(resident), iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            join(make_activity(village), 1)
            book(resident, make_space(village, f"场所{next(numbers)}"), day=D)

    assert_constant_queries(grow, lambda: Client().get(url))
