"""What can't be booked or done is refused with the code of its rule and the words of the page, in both languages."""

import datetime as dt
import html
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from bookings import exceptions as refused
from bookings.models import Booking, Maintenance, Space
from bookings.services import booking as booking_services
from bookings.values.slots import slot_moment
from centers.models import SpecialDay
from tests.api.asking import BOOKINGS, assert_problem, wish
from tests.factories.bookings import TOMORROW, book, make_policy, slot
from tests.support.cast import Cast
from tests.support.time import TestClock

BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])
FAR = dt.date(2026, 12, 28)


def nothing(cast: Cast, space: Space) -> None:
    pass


def taken(cast: Cast, space: Space) -> None:
    book(cast["stranger"], space, 9, 10)


def notice_asked(cast: Cast, space: Space) -> None:
    make_policy(cast.city, notice_workdays=3)


def used_up(cast: Cast, space: Space) -> None:
    make_policy(cast.city, quota_count=1)
    book(cast["resident"], space, 15, 16)


def broken(cast: Cast, space: Space) -> None:
    begins, ends = slot(8, 12)
    Maintenance.objects.create(space=space, starts_at=begins, ends_at=ends, reason="检修")


@dataclass(frozen=True)
class Case:
    """What is asked for after what was done before, and the refusal it meets."""

    error: type[refused.BookingError]
    before: Callable[[Cast, Space], None] = nothing
    when: tuple[dt.datetime, dt.datetime] = field(default_factory=lambda: slot(9, 10))
    headcount: int = 5


CASES = [
    Case(refused.SlotTaken, taken),
    Case(refused.OffGrid, when=slot(9 + 1 / 6, 10)),
    Case(refused.OffGrid, when=slot(10, 9)),
    Case(refused.OffGrid, when=slot(20, 8)),
    Case(refused.OffGrid, when=(slot(9, 10)[0], slot(9, 10, FAR)[1])),
    Case(refused.OverCapacity, headcount=31),
    Case(refused.InThePast, when=slot(9, 10, dt.date(2026, 11, 24))),
    Case(refused.TooSoon, notice_asked),
    Case(refused.TooFarAhead, when=slot(9, 10, FAR)),
    Case(refused.TooLong, when=slot(9, 14)),
    Case(refused.CenterShut, when=slot(6, 7)),
    Case(refused.UnderMaintenance, broken),
    Case(refused.OverQuota, used_up),
]


@BOTH
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.error.code)
def test_booking_is_refused_as_on_the_page(
    case: Case, language: str, cast: Cast, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    case.before(cast, space)
    begins, ends = case.when
    asked = wish(space, starts_at=begins.isoformat(), ends_at=ends.isoformat(), headcount=case.headcount)
    body = assert_problem(api(resident, language).send(BOOKINGS, asked), case.error.status, case.error.code)
    if case.error.field:
        assert [(error["field"], error["code"]) for error in body["errors"]] == [(case.error.field, case.error.code)]

    page = Client(headers={"accept-language": language})
    page.force_login(resident)
    fields = {
        "starts_at": slot_moment(begins),
        "ends_at": slot_moment(ends),
        "headcount": case.headcount,
        "purpose": "training",
        "name": "演示居民01",
        "agree": "on",
    }
    shown = page.post(reverse("bookings:booking_create", args=[space.pk]), fields)
    assert shown.status_code == case.error.status
    assert body["detail"] in html.unescape(shown.content.decode())


def test_every_rule_of_booking_has_its_case() -> None:
    # A space that is closed between the reading of the form and the lock; nobody may book who isn't signed in.
    elsewhere = {refused.SpaceNotBookable, refused.NotAllowed}
    from bookings.api.bookings import TO_BOOK

    assert {case.error for case in CASES} | elsewhere == set(TO_BOOK)


def test_a_lost_slot_comes_with_three_ways_out_that_can_be_had(
    cast: Cast, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    taken(cast, space)
    client = api(resident)
    ways = assert_problem(client.send(BOOKINGS, wish(space)), 409, "slot_taken")["alternatives"]
    assert len(ways) == 3
    for way in ways:
        again = wish(way["space"], starts_at=way["starts_at"], ends_at=way["ends_at"])
        assert client.send(BOOKINGS, again).status_code == 201
        client.send(f"{BOOKINGS}{Booking.objects.latest('id').reference}/cancel/")
        assert way["url"].startswith(f"http://testserver/spaces/{way['space']}/?starts_at=")


@BOTH
@pytest.mark.parametrize(
    ("verb", "who", "body", "hour", "error"),
    [
        ("approve", "resident", {}, 0, refused.NotAllowed()),
        ("reject", "staff", {"reason": " "}, 0, refused.ReasonMissing()),
        ("approve", "staff", {}, 9.5, refused.TooLateToDecide()),
        ("cancel", "resident", {}, 9.5, refused.NotCancellable()),
        ("cancel", "staff", {}, 0, refused.ReasonMissing()),
        ("release", "resident", {}, 0, refused.NotInUse()),
    ],
)
def test_verbs_are_refused_with_the_words_of_the_rule(
    verb: str, who: str, body: Any, hour: float, error: refused.BookingError, language: str,
    cast: Cast, space: Space, clock: TestClock, api: Callable[..., Any],
) -> None:  # fmt: skip
    make_policy(cast.city, confirm_mode="staff")
    booking = book(cast["resident"], space, 9, 10)
    if hour:
        clock.move_to(slot(hour, 10)[0])
    problem = assert_problem(
        api(cast[who], language).send(f"{BOOKINGS}{booking.reference}/{verb}/", body), error.status, error.code
    )
    with translation.override(language):
        assert problem["detail"] == str(error)


@BOTH
def test_whoever_decides_second_is_told_what_was_decided(
    language: str, cast: Cast, space: Space, api: Callable[..., Any]
) -> None:
    make_policy(cast.city, confirm_mode="staff")
    booking = booking_services.approve_booking(actor=cast["staff"], booking=book(cast["resident"], space, 9, 10))
    problem = assert_problem(
        api(cast["manager"], language).send(f"{BOOKINGS}{booking.reference}/approve/"), 409, "already_decided"
    )
    with translation.override(language):
        assert problem["detail"] == str(refused.AlreadyDecided(status=booking.get_status_display()))


@BOTH
def test_nobody_is_granted_a_day_shut_meanwhile(
    language: str, cast: Cast, space: Space, api: Callable[..., Any]
) -> None:
    make_policy(cast.city, confirm_mode="staff")
    booking = book(cast["resident"], space, 9, 10)
    SpecialDay.objects.create(center=cast.town, day=TOMORROW, reason="停电")
    problem = assert_problem(
        api(cast["staff"], language).send(f"{BOOKINGS}{booking.reference}/approve/"), 409, "open_no_more"
    )
    with translation.override(language):
        assert problem["detail"] == str(refused.OpenNoMore())


@pytest.mark.parametrize(
    ("changes", "field_name"),
    [
        ({"space": 10**30}, "space"),
        ({"space": "x"}, "space"),
        ({"space": None}, "space"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00Z"}, "starts_at"),
        ({"ends_at": "9999-12-31T23:59:59Z"}, "ends_at"),
        ({"headcount": 0}, "headcount"),
        ({"headcount": 10**30}, "headcount"),
        ({"purpose": "wedding"}, "purpose"),
        ({"contact": {"name": ""}}, "contact.name"),
        ({"contact": {"name": "\0"}}, "contact.name"),
        ({"contact": {"name": "\u200b"}}, "contact.name"),
        ({"contact": {"name": "\u202e\u3164"}}, "contact.name"),
        ({"contact": {"name": "x" * 41}}, "contact.name"),
        ({"contact": {"name": "演示居民01", "phone": "12"}}, "contact.phone"),
        ({"contact": None}, "contact"),
        ({"contact": []}, "contact"),
    ],
)
def test_a_body_of_the_wrong_shape_names_the_field(
    changes: dict[str, Any], field_name: str, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    body = assert_problem(api(resident).send(BOOKINGS, wish(space, **changes)), 400, "invalid")
    assert [error["field"] for error in body["errors"]] == [field_name] and not Booking.objects.exists()


@pytest.mark.parametrize(
    "number",
    [
        "1e400",
        "-1e400",
        "5.9",
        "{pk}.5",
        "9" * 1500,
        '"{pk}.5"',
        '"1e400"',
        '"Infinity"',
        '""',
        "true",
        "[{pk}]",
        '{{"id": {pk}}}',
    ],
)
def test_what_is_no_number_of_a_space_books_none(
    number: str, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    written = json.dumps(wish(space, space="here")).replace('"here"', number.format(pk=space.pk))
    body = assert_problem(api(resident).send(BOOKINGS, written), 400, "invalid")
    assert [error["field"] for error in body["errors"]] == ["space"] and not Booking.objects.exists()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "9" * 5000])
def test_numbers_that_json_has_not_are_a_broken_body(
    number: str, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    assert_problem(
        api(resident).send(BOOKINGS, json.dumps(wish(space, space="here")).replace('"here"', number)),
        400,
        "parse_error",
    )


@BOTH
def test_a_phone_that_is_none_is_refused_in_the_words_of_signing_in(
    language: str, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    from accounts.exceptions import InvalidPhone

    body = api(resident, language).send(BOOKINGS, wish(space, contact={"name": "演示居民01", "phone": "12"})).json()
    with translation.override(language):
        assert body["errors"] == [{"field": "contact.phone", "code": "invalid_phone", "detail": str(InvalidPhone())}]
