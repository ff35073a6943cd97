"""Check, send, look, cancel: what a person in a hurry does, twice, with the back button."""

import datetime as dt
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bookings.choices import Status
from bookings.exceptions import NotCancellable, NotInUse
from bookings.models import Booking, Space
from bookings.services.booking import cancel_booking, reject_booking
from centers.choices import Role
from centers.models import Center
from tests.bookings.check_form import FORM, SLOT
from tests.factories.bookings import book, make_policy, slot
from tests.factories.centers import grant
from tests.support.time import TestClock


def test_signing_in_on_the_way_keeps_the_slot_in_the_address(client: Client, check_url: str) -> None:
    response = client.get(check_url, SLOT)
    assert response.status_code == 302
    assert "starts_at%3D2026-11-25T09" in response.url  # type: ignore[attr-defined]
    chosen = client.get(response.url).context["pending_choice"]  # type: ignore[attr-defined]
    assert "9:00" in chosen.when and "starts_at=2026-11-25T09:00&ends_at=2026-11-25T11:00" in chosen.back_url


def test_the_link_to_sign_in_leads_back_to_the_slot(client: Client, space: Space) -> None:
    here = f"{space.get_absolute_url()}?starts_at=2026-11-25T09:00&ends_at=2026-11-25T11:00&headcount=3"
    page = client.get(here).content.decode()
    assert f'href="{reverse("account_request_login_code")}?next={quote(here, safe="")}"' in page


def test_check_then_send_then_success(mine: Client, check_url: str) -> None:
    page = mine.get(check_url, SLOT).content.decode()
    assert "9:00–11:00" in page and "199****0001" in page

    response = mine.post(check_url, FORM)

    booking = Booking.objects.get()
    assert response.url == f"{booking.get_absolute_url()}?new=1"  # type: ignore[attr-defined]
    assert booking.reference in mine.get(response.url).content.decode()  # type: ignore[attr-defined]


def test_sending_twice_books_once(mine: Client, check_url: str) -> None:
    mine.post(check_url, FORM)
    again = mine.post(check_url, FORM)
    assert again.status_code == 302 and Booking.objects.count() == 1


def test_a_second_wish_for_ones_own_slot_says_that_the_first_stands(mine: Client, check_url: str) -> None:
    mine.post(check_url, FORM)
    booking = Booking.objects.get()
    words = "您已预约过这个时段"
    for changed in ({"headcount": "25"}, {"name": "演示居民02"}, {"note": "需要投影仪"}, {"purpose": "training"}):
        page = mine.post(check_url, {**FORM, **changed}, follow=True)
        assert page.redirect_chain[-1][0] == booking.get_absolute_url()
        said = page.content.decode()
        assert words in said and "12人" in said and "演示居民01" in said, changed
    assert words in mine.get(check_url, {**SLOT, "headcount": "25"}, follow=True).content.decode()
    for same in (mine.post(check_url, FORM, follow=True), mine.get(check_url, SLOT, follow=True)):
        assert words not in same.content.decode(), "the same again is only a second click"
    booking.refresh_from_db()
    assert (booking.headcount, Booking.objects.count()) == (12, 1)


def test_what_is_missing_is_said_and_what_was_typed_is_kept(mine: Client, check_url: str) -> None:
    response = mine.post(check_url, {**FORM, "name": "", "organisation": "演示支部01"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "演示支部01" in html and 'href="#id_name"' in html
    assert not Booking.objects.exists()


def test_a_slot_lost_meanwhile_offers_three_others_and_keeps_what_was_typed(
    mine: Client, check_url: str, space: Space, neighbour: User
) -> None:
    book(neighbour, space, 9, 11)
    response = mine.post(check_url, {**FORM, "organisation": "演示支部01"})
    assert response.status_code == 409
    assert len(response.context["alternatives"]) == 3
    assert "演示支部01" in response.content.decode()


def test_a_slot_that_cannot_be_had_is_said_before_anything_is_typed(
    mine: Client, check_url: str, space: Space, neighbour: User
) -> None:
    book(neighbour, space, 9, 11)
    assert mine.get(check_url, SLOT).context["refusal"].code == "slot_taken"


@pytest.mark.parametrize(
    "broken", [{"starts_at": "yesterday"}, {"headcount": "0"}, {"purpose": "trade"}, {"ends_at": ""}]
)
def test_a_broken_slot_goes_back_to_choosing(
    mine: Client, check_url: str, space: Space, broken: dict[str, str]
) -> None:
    for response in (mine.get(check_url, {**SLOT, **broken}), mine.post(check_url, {**FORM, **broken})):
        assert response.status_code == 302 and response.url == space.get_absolute_url()  # type: ignore[attr-defined]
    assert not Booking.objects.exists()


def test_others_bookings_are_not_found(client: Client, space: Space, resident: User, neighbour: User) -> None:
    booking = book(resident, space)
    client.force_login(neighbour)
    for name in ("booking_detail", "booking_cancel", "booking_release"):
        assert client.get(reverse(f"bookings:{name}", args=[booking.reference])).status_code == 404
    for name in ("booking_cancel", "booking_release"):
        assert client.post(reverse(f"bookings:{name}", args=[booking.reference])).status_code == 404


def test_cancelling_asks_once_and_frees_the_room(mine: Client, space: Space, resident: User) -> None:
    booking = book(resident, space)
    url = reverse("bookings:booking_cancel", args=[booking.reference])
    assert mine.get(url).status_code == 200
    booking.refresh_from_db()
    assert booking.status == Status.APPROVED
    mine.post(url)
    booking.refresh_from_db()
    assert booking.status == Status.CANCELLED
    assert mine.post(url).status_code == NotCancellable.status, "a second time says that it's over"


def test_ending_a_use_early_asks_once(mine: Client, space: Space, resident: User, clock: TestClock) -> None:
    booking = book(resident, space, 9, 11)
    url = reverse("bookings:booking_release", args=[booking.reference])
    early = mine.post(url)
    assert (early.status_code, early.content.decode().count(str(NotInUse()))) == (NotInUse.status, 1)
    clock.move_to(slot(9.5, 10)[0])
    asked = mine.get(url).content.decode()
    assert "11:00" in asked and 'name="reason"' not in asked, "a booker isn't asked why"
    booking.refresh_from_db()
    assert booking.status == Status.APPROVED, "looking changes nothing"
    done = mine.post(url, follow=True).content.decode()
    booking.refresh_from_db()
    assert booking.status == Status.RELEASED
    assert "谢谢您" in done and "已提前归还" in done and "释放" not in done


def test_my_bookings_lists_what_is_to_come_and_what_was(
    mine: Client, space: Space, resident: User, neighbour: User, clock: TestClock
) -> None:
    first, second = book(resident, space, 9, 10), book(resident, space, 14, 15)
    other = book(neighbour, space, 17, 18)
    clock.move_to(slot(12, 13)[0])
    response = mine.get(reverse("bookings:booking_list"))
    assert list(response.context["coming"]) == [second] and list(response.context["page"]) == [first]
    html = response.content.decode()
    assert first.get_absolute_url() in html and second.reference in html and other.reference not in html
    past = html.partition("已结束或取消")[2]
    assert f'href="{space.get_absolute_url()}?headcount=5&amp;purpose=residents_meeting"' in past
    assert space.get_absolute_url() not in html.partition("已结束或取消")[0], "what is to come isn't booked again"


def test_what_nobody_can_book_any_more_isnt_offered_again(
    mine: Client, space: Space, resident: User, clock: TestClock
) -> None:
    booking = book(resident, space, 9, 10)
    clock.move_to(slot(12, 13)[0])
    Space.objects.filter(pk=space.pk).update(is_active=False)
    for url in (reverse("bookings:booking_list"), booking.get_absolute_url()):
        assert "?headcount=" not in mine.get(url).content.decode()


def test_a_refused_request_says_why_in_its_head_and_what_is_free(
    mine: Client, space: Space, city: Center, resident: User, clock: TestClock
) -> None:
    make_policy(city, confirm_mode="staff")
    booking, staff = book(resident, space, 9, 11), User.objects.create(username="staff")
    grant(staff, space.center, Role.STAFF)
    reject_booking(actor=staff, booking=booking, reason="当天有选举")
    response = mine.get(booking.get_absolute_url())
    head = response.content.decode().partition("<h1>")[2].partition('<dl class="facts')[0]
    words = " ".join(re.sub("<[^>]+>", "", head).split())
    assert words.startswith("已驳回 · 11月25日 周三 9:00–11:00") and "当天有选举" in words
    ways = response.context["alternatives"]
    assert len(ways) == 3 and all("/book/?" in way["url"] and "headcount=5" in way["url"] for way in ways)
    clock.move_to(slot(9, 10)[0])
    assert mine.get(booking.get_absolute_url()).context["alternatives"] == [], "too late for another"


def test_who_cancels_oneself_is_offered_nothing_else(mine: Client, space: Space, resident: User) -> None:
    booking = book(resident, space, 9, 11)
    cancel_booking(actor=resident, booking=booking, reason="不来了")
    context = mine.get(booking.get_absolute_url()).context
    assert (context["alternatives"], context["reason"]) == ([], "")


def test_too_many_people_are_led_to_larger_rooms(mine: Client, check_url: str, space: Space) -> None:
    refused = mine.get(check_url, {**SLOT, "headcount": "31"}).content.decode()
    search = reverse("bookings:space_search")
    query = f"day=2026-11-25&amp;start=09%3A00&amp;end=11%3A00&amp;headcount=31&amp;near={space.center.code}"
    assert f'href="{search}?{query}">换大一点的场所' in refused and "另选时段" not in refused


def test_until_when_to_cancel_is_said_as_long_as_it_can_be_kept(
    mine: Client, space: Space, resident: User, clock: TestClock
) -> None:
    booking = book(resident, space, 9, 10, day=dt.date(2026, 11, 27))
    for moment, is_in_time in (
        (booking.cancel_by - dt.timedelta(seconds=1), True),
        (booking.cancel_by, False),
    ):
        clock.move_to(moment)
        page = mine.get(booking.get_absolute_url(), headers={"accept-language": "en"})
        assert page.context["is_cancelled_in_time"] == is_in_time
        assert ("as soon as you know" in page.content.decode()) != is_in_time


def test_a_booking_is_to_come_until_it_ends(mine: Client, space: Space, resident: User, clock: TestClock) -> None:
    booking = book(resident, space, 9, 10)
    for moment, coming, earlier in (
        (booking.starts_at, [booking], []),
        (booking.ends_at - dt.timedelta(seconds=1), [booking], []),
        (booking.ends_at, [], [booking]),
    ):
        clock.move_to(moment)
        shown = mine.get(reverse("bookings:booking_list")).context
        assert (list(shown["coming"]), list(shown["page"])) == (coming, earlier), moment


def test_my_bookings_takes_a_constant_number_of_queries(
    mine: Client, space: Space, resident: User, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for hours in ((8, 10), (12, 14)):
        for hour in range(*hours, 2):
            book(resident, space, hour, hour + 0.5)
        with CaptureQueriesContext(connection) as captured:
            mine.get(reverse("bookings:booking_list"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_granted_use_that_is_past_reads_as_ended(
    mine: Client, resident: User, space: Space, clock: TestClock
) -> None:
    book(resident, space, 9, 11)
    coming = mine.get(reverse("bookings:booking_list"), headers={"Accept-Language": "en"}).content.decode()
    assert ">Approved</span>" in coming
    clock.advance(days=2)
    mine.force_login(resident)
    past = mine.get(reverse("bookings:booking_list"), headers={"Accept-Language": "en"}).content.decode()
    assert ">Ended</span>" in past and ">Approved</span>" not in past


def test_what_nobody_sees_is_no_contact(mine: Client, check_url: str) -> None:
    response = mine.post(check_url, {**FORM, "name": "\u200b\u202e"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name"])

    mine.post(check_url, {**FORM, "name": "\u202e𠮷田", "organisation": "演示\u200b支部01", "note": "\u3164"})
    contact = Booking.objects.get().contact
    assert (contact.name, contact.organisation, contact.note) == ("𠮷田", "演示支部01", "")


def test_who_sees_the_number_is_said_in_the_same_words_where_it_is_given_and_where_it_is_explained(
    mine: Client, check_url: str
) -> None:
    words = "是该中心及其上级中心（直至所属镇、街道和市）的工作人员"
    for page in (mine.get(check_url, SLOT), mine.get(reverse("pages:privacy"))):
        assert words in page.content.decode()
        assert "只给" not in page.content.decode()
