"""Bookings: who sees which, and the way of one from the request to its end."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from bookings.models import Booking, Space
from tests.api.asking import BOOKINGS, assert_problem, wish
from tests.factories.bookings import book, make_policy, slot
from tests.support.cast import ANONYMOUS, EVERYBODY, INSIDE, Cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

MAY_SEE = ("resident", *INSIDE)
VERBS = ("cancel", "release", "approve", "reject")


@pytest.fixture
def pending(cast: Cast, space: Space, resident: User) -> Booking:
    make_policy(cast.city, confirm_mode="staff")
    return book(resident, space, 9, 10)


def at(booking: Booking, verb: str = "") -> str:
    return f"{BOOKINGS}{booking.reference}/" + (f"{verb}/" if verb else "")


def test_a_resident_books_with_the_phone_of_the_account(
    cast: Cast, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    response = api(resident).send(BOOKINGS, wish(space))
    body = response.json()
    assert response.status_code == 201
    assert (body["status"], body["space"], body["center"], body["purpose"]) == (
        "approved",
        space.pk,
        cast.center.code,
        "training",
    )
    assert body["starts_at"] == slot(9, 10)[0].isoformat()
    booking = Booking.objects.get(reference=body["reference"])
    assert booking.booker == resident and booking.contact.phone == resident.phone


def test_another_phone_is_read_as_people_write_it(space: Space, resident: User, api: Callable[..., Any]) -> None:
    response = api(resident).send(BOOKINGS, wish(space, contact={"name": "演示居民01", "phone": "+86 199 0000 0007"}))
    assert Booking.objects.get(reference=response.json()["reference"]).contact.phone == "19900000007"


def test_times_without_an_offset_are_shanghais(space: Space, resident: User, api: Callable[..., Any]) -> None:
    response = api(resident).send(BOOKINGS, wish(space, starts_at="2026-11-25T09:00", ends_at="2026-11-25T10:00"))
    assert response.json()["starts_at"] == "2026-11-25T09:00:00+08:00"


def test_no_answer_tells_names_phones_or_notes(cast: Cast, pending: Booking, api: Callable[..., Any]) -> None:
    for role in MAY_SEE:
        for url in (BOOKINGS, at(pending)):
            words = api(cast[role]).get(url).content.decode()
            assert pending.contact.name not in words and pending.contact.phone not in words


def test_who_sees_a_booking(cast: Cast, pending: Booking, api: Callable[..., Any]) -> None:
    for role in EVERYBODY:
        client = api(cast[role])
        listed, single = client.get(BOOKINGS), client.get(at(pending))
        if role == ANONYMOUS:
            assert_problem(listed, 403, "not_authenticated")
            assert_problem(single, 403, "not_authenticated")
        elif role in MAY_SEE:
            assert [row["reference"] for row in listed.json()["results"]] == [pending.reference]
            assert single.json()["events"][0]["by"] == "booker"
        else:
            assert listed.json()["results"] == []
            assert single.status_code == 404


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_somebody_elses_booking_reads_like_one_that_there_is_not(
    verb: str, cast: Cast, pending: Booking, api: Callable[..., Any]
) -> None:
    for role in set(EVERYBODY) - set(MAY_SEE) - {ANONYMOUS}:
        client = api(cast[role])
        ask = client.send if verb else client.get
        theirs, missing = ask(at(pending, verb)), ask(at(pending, verb).replace(pending.reference, "2222222222"))
        assert_problem(theirs, 404, "not_found")
        assert theirs.content == missing.content
    pending.refresh_from_db()
    assert pending.status == "pending"


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_those_inside_decide_and_the_booker_does_not(
    verb: str, cast: Cast, pending: Booking, api: Callable[..., Any]
) -> None:
    assert_problem(api(cast["resident"]).send(at(pending, verb), {"reason": "我"}), 403, "not_allowed")
    assert_problem(api().send(at(pending, verb), {"reason": "我"}), 403, "not_authenticated")
    for number, role in enumerate(INSIDE):
        booking = book(cast["resident"], pending.space, 11 + number * 2, 12 + number * 2) if number < 3 else pending
        response = api(cast[role]).send(at(booking, verb), {"reason": "当天有选举"})
        assert response.status_code == 200, response.content.decode()
        assert response.json()["status"] == {"approve": "approved", "reject": "rejected"}[verb]
    events = api(cast["resident"]).get(at(pending)).json()["events"]
    assert [(event["verb"], event["by"]) for event in events] == [("create", "booker"), (verb, "center")]
    assert events[-1]["reason"] == ("当天有选举" if verb == "reject" else "")


def test_cancelling_and_ending_early(space: Space, resident: User, clock: TestClock, api: Callable[..., Any]) -> None:
    first, second = book(resident, space, 9, 10), book(resident, space, 11, 13)
    assert api(resident).send(at(first, "cancel")).json()["status"] == "cancelled"
    clock.move_to(slot(11.5, 12)[0])
    body = api(resident).send(at(second, "release")).json()
    assert body["status"] == "released"
    assert (body["ends_at"], body["planned_ends_at"]) == (slot(11.5, 12)[0].isoformat(), slot(11, 13)[1].isoformat())


def test_ones_own_booking_of_the_slot_is_named(space: Space, resident: User, api: Callable[..., Any]) -> None:
    made = api(resident).send(BOOKINGS, wish(space)).json()["reference"]
    for again in (wish(space), wish(space, headcount=25)):
        problem = assert_problem(api(resident).send(BOOKINGS, again), 409, "slot_taken")
        assert problem["own_booking"] == made and "alternatives" not in problem


def test_somebody_elses_booking_of_the_slot_is_not_named(
    space: Space, resident: User, rival: User, api: Callable[..., Any]
) -> None:
    book(rival, space, 9, 10)
    problem = assert_problem(api(resident).send(BOOKINGS, wish(space)), 409, "slot_taken")
    assert "own_booking" not in problem and len(problem["alternatives"]) == 3


def test_staff_say_why_they_end_a_use(
    cast: Cast, space: Space, resident: User, clock: TestClock, api: Callable[..., Any]
) -> None:
    booking, staff = book(resident, space, 11, 13), api(cast["staff"])
    clock.move_to(slot(11.5, 12)[0])
    assert_problem(staff.send(at(booking, "release")), 400, "reason_missing")
    assert staff.send(at(booking, "release"), {"reason": "水管爆裂"}).json()["status"] == "released"
    assert staff.get(at(booking)).json()["events"][-1]["reason"] == "水管爆裂"


def test_lists_are_narrowed_and_sorted(
    cast: Cast, space: Space, resident: User, rival: User, api: Callable[..., Any]
) -> None:
    early, late, other = book(resident, space, 8, 9), book(resident, space, 12, 13), book(rival, space, 15, 16)
    staff, own = api(cast["staff"]), api(resident)
    own.send(at(early, "cancel"))

    def found(client: Any, query: str) -> list[str]:
        return [row["reference"] for row in client.get(f"{BOOKINGS}?{query}").json()["results"]]

    assert found(staff, "") == [other.reference, late.reference, early.reference]
    assert found(staff, "ordering=starts_at") == [early.reference, late.reference, other.reference]
    assert found(staff, "status=cancelled") == [early.reference]
    assert len(found(staff, "status=cancelled&status=approved")) == 3
    assert found(staff, "mine=true") == [] and found(own, "mine=true") == [late.reference, early.reference]
    assert found(staff, f"center={cast.center.code}") != [] and found(staff, f"center={cast.sibling.code}") == []
    assert found(staff, "starts_from=2026-11-25T12:00:00%2B08:00&starts_until=2026-11-25T15:00:00%2B08:00") == [
        late.reference
    ]
    assert_problem(staff.get(f"{BOOKINGS}?status=lost"), 400, "invalid")


def test_queries_do_not_grow_with_the_rows(cast: Cast, space: Space, resident: User, api: Callable[..., Any]) -> None:
    make_policy(cast.city, quota_count=100, turnaround_minutes=0)
    client = api(cast["town_admin"])

    def grow(more: int) -> None:
        for number in range(Booking.objects.count(), Booking.objects.count() + more):
            book(resident, space, 8 + number / 2, 8.5 + number / 2)

    assert_constant_queries(grow, lambda: client.get(f"{BOOKINGS}?page_size=100"))
