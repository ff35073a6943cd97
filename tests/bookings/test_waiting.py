"""Where requests wait: the parts below a center, those with most due today first."""

import datetime as dt
import html

import pytest
from django.test import Client
from django.urls import reverse

from bookings.choices import ConfirmMode
from bookings.selectors.waiting import by_part
from centers.models import Center
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily, slot
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

pytestmark = pytest.mark.usefixtures("at_any_hour")

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, turnaround_minutes=0, confirm_mode=ConfirmMode.STAFF)
    return cast


def test_requests_are_counted_where_they_wait_with_all_below(cast: Cast) -> None:
    book(make_booker(31), make_space(cast.center), 9, 10)
    book(make_booker(32), make_space(cast.town), 9, 10)
    book(make_booker(33), make_space(cast.other_town), 11, 12, day=TODAY)

    other, own = by_part(cast.city)
    assert (other.center, other.waiting, other.due_today) == (cast.other_town, 1, 1)
    assert (own.center, own.waiting, own.due_today) == (cast.town, 2, 0)
    itself, village = by_part(cast.town)
    assert (itself.center, itself.waiting, itself.alone) == (cast.town, 1, True)
    assert (village.center, village.waiting, village.alone) == (cast.center, 1, False)
    assert by_part(cast.center) == []


def test_the_rows_add_up_to_all_that_waits_below_and_each_leads_to_just_its_own(cast: Cast) -> None:
    places = [cast.city, cast.town, cast.town, cast.center, cast.sibling, cast.other_town]
    for number, place in enumerate(places):
        book(make_booker(40 + number), make_space(place, f"活动室{number}"), 9, 10)
    client = Client()
    client.force_login(cast["city_admin"])
    for chosen, total in ((cast.city, 6), (cast.town, 4)):
        page = client.get(reverse("pages:workbench"), {"center": chosen.code})
        assert sum(part.waiting for part in page.context["parts"]) == total
        for part in page.context["parts"]:
            only = "&amp;only=on" if part.alone else ""
            address = f"{reverse('bookings:decision_list')}?status=pending&amp;center={part.center.code}{only}"
            assert f'"{address}"' in page.content.decode()
            queue = client.get(html.unescape(address))
            assert len(queue.context["cards"]) == part.waiting


def test_a_town_of_many_villages_folds_the_rest_and_drops_none(cast: Cast) -> None:
    villages = list(Center.objects.under([cast.town.pk], TODAY).exclude(pk=cast.town.pk)[:14])
    for number, village in enumerate(villages):
        book(make_booker(60 + number), make_space(village, f"活动室{number}"), 9, 10)
    client = Client()
    client.force_login(cast["town_admin"])
    page = client.get(reverse("pages:workbench")).content.decode()
    assert len(villages) > 12
    assert all(f"status=pending&amp;center={village.code}" in page for village in villages)


def test_what_is_decided_or_past_waits_no_more(cast: Cast, clock: TestClock) -> None:
    book(make_booker(34), make_space(cast.center), 11, 12, day=TODAY)
    assert by_part(cast.city)
    clock.move_to(slot(11, 12, TODAY)[0])
    assert by_part(cast.city) == []


def test_the_workbench_leads_to_the_requests_of_a_part(cast: Cast) -> None:
    mine, elsewhere = (
        book(make_booker(35), make_space(cast.center), 9, 10),
        book(make_booker(36), make_space(cast.other_town), 9, 10),
    )
    client = Client()
    client.force_login(cast["city_admin"])
    page = client.get(reverse("pages:workbench")).content.decode()
    address = f"{reverse('bookings:decision_list')}?status=pending&amp;center={cast.town.code}"
    assert address in page
    queue = client.get(address.replace("&amp;", "&")).content.decode()
    assert mine.reference in queue
    assert elsewhere.reference not in queue
    client.force_login(cast["staff"])
    assert "parts-title" not in client.get(reverse("pages:workbench")).content.decode()
