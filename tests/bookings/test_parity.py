"""One table of rules: search, week table, day bar, availability API, check page and service agree on every slot.

For random policies, turnarounds, shared cells, closures, special days, repairs, early releases and changes of policy,
each half hour and length of two days is asked of all of them.
"""

import datetime as dt
import random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from bookings.domain import rules
from bookings.domain.facts import facts_by_day
from bookings.domain.snapshot import Snapshot
from bookings.exceptions import BookingError
from bookings.models import BookingPolicy, Cell, Maintenance, Space
from bookings.selectors.day_bar import axis_of, day_bar
from bookings.selectors.search.results import SearchCriteria, find
from bookings.services.booking import check_booking, create_booking, release_early
from bookings.values.slot_request import SlotRequest
from centers.models import Center, Closure, SpecialDay
from common import clock as portal_clock
from common.intervals import covers, overlaps_any
from tests.factories.bookings import (
    CONTACT,
    TODAY,
    TOMORROW,
    make_booker,
    make_policy,
    make_space,
    open_daily,
    slot,
)
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db]

DAY = dt.timedelta(days=1)
STEP = rules.STEP
HEADCOUNT = 5
# Of some 140: each is asked of everything, and a search goes over the whole network.
SLOTS_A_DAY = 25


class Network:
    """A hall of two halves with turnarounds of their own, and what happened to it so far."""

    def __init__(self, lot: random.Random) -> None:
        city, self.village = Center.objects.get(code="330482"), Center.objects.get(code="330482001001")
        open_daily(city, lot.choice([0, 7, 8]), lot.choice([18, 21, 24]))
        make_policy(city, quota_count=100, notice_workdays=lot.choice([0, 0, 1, 2]), horizon_days=lot.choice([1, 30]))
        east, west = (Cell.objects.create(center=self.village, name=name) for name in ("东", "西"))
        self.hall = make_space(self.village, "多功能厅", cells=[east, west])
        self.halves = make_space(self.village, "东厅", cells=[east]), make_space(self.village, "西厅", cells=[west])
        for space, minutes in zip(self.spaces, (60, 0, 30), strict=True):
            make_policy(space, turnaround_minutes=minutes, longest_minutes=lot.choice([60, 240, None]))
        self.booker = make_booker(1)
        for happening in lot.choices(
            (self.somebody_books, self.the_center_closes, self.a_special_day, self.a_repair, self.policy_changes), k=7
        ):
            happening(lot)

    @property
    def spaces(self) -> tuple[Space, ...]:
        return (self.hall, *self.halves)

    def somebody_books(self, lot: random.Random) -> None:
        space, day, start = lot.choice(self.spaces), lot.choice((TODAY, TOMORROW)), lot.randrange(16, 42) / 2
        begins, ends = slot(start, start + lot.choice((0.5, 1, 2)), day)
        now = portal_clock.now()
        # As if booked the day before; one of today that has begun may be given back early.
        with portal_clock.frozen(now - DAY):
            try:
                request = SlotRequest(begins, ends, HEADCOUNT, space.pk, self.booker.pk)
                made = create_booking(actor=self.booker, request=request, purpose="other", contact=CONTACT)
            except BookingError:
                return
        if made.starts_at < now < made.ends_at and lot.random() < 0.7:
            release_early(actor=self.booker, booking=made)

    def the_center_closes(self, lot: random.Random) -> None:
        start = lot.randrange(12, 40) / 2 + lot.choice((0, 1 / 6))
        begins, ends = slot(start, start + 2, lot.choice((TODAY, TOMORROW)))
        Closure.objects.create(center=self.village, starts_at=begins, ends_at=ends, reason="停电")

    def a_special_day(self, lot: random.Random) -> None:
        opens = lot.choice((None, dt.time(9, 0), dt.time(9, 15)))
        closes = dt.time(16, 45) if opens else None
        SpecialDay.objects.get_or_create(
            center=self.village, day=lot.choice((TODAY, TOMORROW)), defaults={"opens": opens, "closes": closes}
        )

    def a_repair(self, lot: random.Random) -> None:
        start = lot.randrange(12, 40) / 2 + lot.choice((0, 0.25))
        begins, ends = slot(start, start + 1, lot.choice((TODAY, TOMORROW)))
        Maintenance.objects.create(space=lot.choice(self.spaces), starts_at=begins, ends_at=ends, reason="检修")

    def policy_changes(self, lot: random.Random) -> None:
        BookingPolicy.objects.filter(space=lot.choice(self.spaces)).update(
            longest_minutes=lot.choice([30, 120, 240]), turnaround_minutes=lot.choice([0, 30, 60, 90])
        )


def half_hours(day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
    """Each half hour of a day with ends up to two and a half hours later, as far as the day goes."""
    midnight = portal_clock.midnight(day)
    starts = (midnight + n * STEP for n in range(48))
    slots = ((start, start + length * STEP) for start in starts for length in (1, 2, 5))
    return [(start, end) for start, end in slots if end <= midnight + DAY]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("time", [dt.time(10, 5), dt.time(0, 30)])
def test_everything_agrees_on_every_slot(seed: int, time: dt.time, clock: TestClock) -> None:
    clock.move_to(portal_clock.at(TODAY, time))
    lot = random.Random(f"{seed} {time}")
    network = Network(lot)
    for space in network.spaces:
        tables, bars, free = week_table_of(space), bars_of(space), api_free_of(space)
        for day in (TODAY, TOMORROW):
            for start, end in lot.sample(half_hours(day), SLOTS_A_DAY):
                code = service_code(network.booker, space, start, end)
                assert search_code(space, start, end) == code, (space.name, start, end)
                if code != "too_long":
                    told = f"{space.name} {portal_clock.local(start)}–{portal_clock.local(end)}: {code}"
                    assert covers(free, (start, end)) == (code is None), f"availability API, {told}"
                    if end - start == STEP and code is None:
                        assert overlaps_any((start, end), tables), f"week table, {told}"
                        assert not overlaps_any((start, end), bars), f"day bar, {told}"


@pytest.mark.parametrize("seed", range(3))
def test_the_check_page_says_what_the_service_says_and_then_does(seed: int, client: Client, clock: TestClock) -> None:
    lot = random.Random(seed)
    network = Network(lot)
    client.force_login(network.booker)
    for start, end in lot.sample(half_hours(TOMORROW), 12):
        space = lot.choice(network.spaces)
        code = service_code(network.booker, space, start, end)
        query = {
            "starts_at": portal_clock.local(start).strftime("%Y-%m-%dT%H:%M"),
            "ends_at": portal_clock.local(end).strftime("%Y-%m-%dT%H:%M"),
            "headcount": HEADCOUNT,
            "purpose": "other",
        }
        page = client.get(reverse("bookings:booking_create", args=[space.pk]), query)
        refusal = page.context["refusal"] if page.status_code == 200 else None
        assert (refusal.code if refusal else None) == code
        request = SlotRequest(start, end, HEADCOUNT, space.pk, network.booker.pk)
        try:
            create_booking(actor=network.booker, request=request, purpose="other", contact=CONTACT)
            made = None
        except BookingError as error:
            made = error.code
        assert made == code


def service_code(booker: User, space: Space, start: dt.datetime, end: dt.datetime) -> str | None:
    try:
        check_booking(request=SlotRequest(start, end, HEADCOUNT, space.pk, booker.pk))
    except BookingError as error:
        return error.code
    return None


def search_code(space: Space, start: dt.datetime, end: dt.datetime) -> str | None:
    """What the search says of a space: free, or the code it is counted under."""
    result = find(SearchCriteria(SlotRequest(start, end, HEADCOUNT)))
    if space.pk in {one.room.id for one in result.free}:
        return None
    others = sum(result.excluded.values()) - 1
    [candidate] = [one for one in result.fit if one.room.id == space.pk]
    refusal = rules.first_refusal(result.criteria.request, candidate.facts)
    assert refusal is not None and result.excluded[refusal.code] >= 1 and others <= 2
    return refusal.code


def api_free_of(space: Space) -> list[Any]:
    days = (
        APIClient().get(f"/api/v1/spaces/{space.pk}/availability/", {"first": TODAY, "last": TOMORROW}).json()["days"]
    )
    return [
        tuple(dt.datetime.fromisoformat(span[end]) for end in ("start", "end")) for day in days for span in day["free"]
    ]


def week_table_of(space: Space) -> list[Any]:
    """The hours that the space's page offers, as spans."""
    page = Client().get(reverse("bookings:space_detail", args=[space.pk]), {"week": TODAY.isoformat()})
    table = page.context["table"]
    found = []
    for row in table[:2]:
        for words in row.get("free", ()):
            start, end = words.split("–")
            found.append((at(row["day"], start), at(row["day"], end)))
    return found


def at(day: dt.date, words: str) -> dt.datetime:
    hours, minutes = map(int, words.split(":"))
    return portal_clock.midnight(day) + dt.timedelta(hours=hours, minutes=minutes)


def bars_of(space: Space) -> list[Any]:
    """What the day bars draw as shut or busy, as spans: fractions of their axis."""
    facts = facts_by_day([space], TODAY, TOMORROW, Snapshot.take())[space.pk]
    found = []
    for day, of_day in facts.items():
        axis = axis_of(day, [of_day.open_day])
        length = axis.end - axis.start
        found += [(portal_clock.midnight(day), axis.start), (axis.end, portal_clock.midnight(day + DAY))]
        for segment in day_bar(axis, of_day)["segments"]:
            if segment["kind"] in ("shut", "busy"):
                start = axis.start + segment["start"] * length
                found.append((rounded(start), rounded(start + segment["width"] * length)))
    return found


def rounded(moment: dt.datetime) -> dt.datetime:
    """To the second: fractions of an axis aren't exact."""
    return (moment + dt.timedelta(milliseconds=500)).replace(microsecond=0)
