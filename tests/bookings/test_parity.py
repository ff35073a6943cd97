"""One table of rules: search, week table, day bar, alternatives, availability API, check page and service agree.

For random policies, turnarounds, shared cells, closures, special days, repairs, early releases, changes of policy and
a center's move, each half hour of two days is asked of the service: what can be booked is shown as free by all of them,
and what can't be by none.
"""

import datetime as dt
import itertools
import random
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from bookings.domain import rules
from bookings.exceptions import BookingError
from bookings.models import Space
from bookings.selectors.search.alternatives import DATE, PLACE, TIME, WAYS, alternatives_for, alternatives_to
from bookings.selectors.search.results import DAYS_AHEAD, SearchCriteria, find
from bookings.selectors.space.page import DAY_WORDS
from bookings.services.booking import create_booking
from bookings.values.slot_request import SlotRequest
from bookings.values.slots import slot_moment
from common import clock as portal_clock
from common.intervals import Span, covers, overlaps_any
from tests.bookings.random_network import DAY, HEADCOUNT, Network, Service
from tests.bookings.shown import (
    HOUR,
    Bars,
    FreeTimes,
    bars,
    free_in_words,
    free_times,
    hours_of,
    page_with_pick,
    slot_in,
    space_page,
)
from tests.factories.bookings import CONTACT, TODAY, TOMORROW
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db]

STEP = rules.STEP
DAYS = (TODAY, TOMORROW)
WORDS = {error.code: str(words) for error, words in DAY_WORDS.items()}
# Of those a day has: each is asked of every space.
LONGER_A_DAY, SEARCHES_A_DAY, LOST_A_DAY = 10, 6, 2


def uses(day: dt.date, *lengths: int) -> list[Span]:
    """Slots of a day from each half hour on, so many half hours long."""
    midnight = portal_clock.midnight(day)
    slots = ((midnight + n * STEP, midnight + (n + length) * STEP) for n in range(48) for length in lengths)
    return [(start, end) for start, end in slots if end <= midnight + DAY]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("time", [dt.time(10, 5), dt.time(0, 30)])
def test_everything_agrees_on_every_slot(seed: int, time: dt.time, clock: TestClock) -> None:
    clock.move_to(portal_clock.at(TODAY, time))
    lot = random.Random(f"{seed} {time}")
    network = Network(lot)
    service = Service(network)
    for space in network.spaces:
        told, drawn = free_times(space, *DAYS), bars(space, *DAYS)
        for day in DAYS:
            api_agrees(service, space, told[day], [*uses(day, 1), *lot.sample(uses(day, 2, 3, 5), LONGER_A_DAY)])
            page_agrees(service, space, day, told[day])
            bars_agree(service, space, day, told[day], drawn)
            picks_agree(service, space, day, lot)
    for day in DAYS:
        for wanted in lot.sample(uses(day, 1, 2, 5), SEARCHES_A_DAY):
            search_agrees(service, network, wanted)
        for wanted, space in itertools.product(lot.sample(uses(day, 1), LOST_A_DAY), network.spaces):
            alternatives_agree(service, network, space, wanted)


def api_agrees(service: Service, space: Space, told: FreeTimes, slots: list[Span]) -> None:
    """Free, and no longer than the longest use: bookable; and the other way round."""
    for start, end in slots:
        fits = covers(told.free, (start, end)) and end - start <= told.longest
        code = service.code(space.pk, start, end)
        assert fits == (code is None), f"{space.name} {start}–{end}: {code}"


def page_agrees(service: Service, space: Space, day: dt.date, told: FreeTimes) -> None:
    """Each hour of the week table is of the kind that the codes of its half hours make it.

    So are the slots for a phone and the week in words.
    """
    page = space_page(space, week=TODAY, day=day)
    hours, in_words = hours_of(page, day), free_in_words(page, day)
    for start, end in uses(day, 1):
        code = service.code(space.pk, start, end)
        assert covers(in_words, (start, end)) == (code is None), f"{space.name} {start}: {code}"
        assert code or any(hour <= start < hour + HOUR for hour in hours), f"{space.name} {start}: no row"
    for hour, cell in hours.items():
        halves = [(hour, hour + STEP), (hour + STEP, hour + HOUR)]
        codes = [service.code(space.pk, *half) for half in halves]
        expected = kind_of(codes, is_open=overlaps_any((hour, hour + HOUR), told.open))
        assert (cell["kind"], cell.get("words", "")) == expected, f"{space.name} {hour}: {codes}"
        if cell["kind"] == "free":
            chosen = slot_in(cell["url"])
            assert chosen[0] == halves[codes.index(None)][0] and service.code(space.pk, *chosen) is None, chosen
    can_be_chosen = [(cell["kind"], cell.get("url")) for cell in hours.values() if cell["kind"] in ("free", "busy")]
    if page["asked"].day == day:
        assert [(slot["kind"], slot["url"]) for slot in page["slots"]] == can_be_chosen
    else:
        assert "free" not in [kind for kind, _url in can_be_chosen], "a day beyond the horizon"


def kind_of(codes: list[str | None], *, is_open: bool) -> tuple[str, str]:
    """The kind and the words of an hour's cell, by what the service says of its half hours."""
    if None in codes:
        return "free", ""
    reasons = {str(code) for code in codes} - {"center_shut"}
    if not is_open or not reasons:
        return "shut", ""
    if reasons == {"in_the_past"}:
        return "past", ""
    if reasons & {"slot_taken", "under_maintenance"}:
        return "busy", ""
    [of_the_day] = reasons - {"in_the_past"}
    return "shut", WORDS[of_the_day]


def bars_agree(service: Service, space: Space, day: dt.date, told: FreeTimes, drawn: Bars) -> None:
    """A half hour that can be booked is drawn empty; one that is refused for what a bar draws isn't."""
    for start, end in uses(day, 1):
        code, span = service.code(space.pk, start, end), (start, end)
        where = f"{space.name} {start}: {code}"
        if code is None:
            assert not overlaps_any(span, [*drawn.busy, *drawn.shut, *drawn.beyond]), where
        if code == "slot_taken":
            assert overlaps_any((start, end + told.turnaround), [*drawn.busy, *drawn.beyond]), where
        if code == "under_maintenance":
            assert overlaps_any(span, [*drawn.busy, *drawn.beyond]), where
        if code == "center_shut":
            assert overlaps_any(span, [*drawn.shut, *drawn.beyond]), where
        if overlaps_any(span, drawn.busy):
            assert code in {"in_the_past", "slot_taken", "under_maintenance", "too_far_ahead"}, where


def picks_agree(service: Service, space: Space, day: dt.date, lot: random.Random) -> None:
    """With a slot chosen the page offers the ends that can be booked, and shows the policy they are booked by."""
    free = [slot for slot in uses(day, 1) if service.code(space.pk, *slot) is None]
    if not free:
        return
    start, end = lot.choice(free)
    page = page_with_pick(space, start, end)
    ends = itertools.takewhile(
        lambda end: service.code(space.pk, start, end) is None, (start + n * STEP for n in range(1, 49))
    )
    assert [choice["value"] for choice in page["ends"]] == [slot_moment(end) for end in ends], (space.name, start)
    assert page["policy"] == service.policy(space.pk, start, end)


def search_agrees(service: Service, network: Network, wanted: Span) -> None:
    """The search lists the rooms that can be booked and counts the others by the service's codes."""
    result = find(SearchCriteria(SlotRequest(*wanted, HEADCOUNT), network.village.pk))
    codes = {space.pk: service.code(space.pk, *wanted) for space in network.spaces}
    assert {one.room.id for one in result.free} == {pk for pk, code in codes.items() if code is None}, wanted
    assert result.excluded == Counter(code for code in codes.values() if code), wanted
    for way in alternatives_to(result):
        assert service.code(way.room.id, way.starts_at, way.ends_at) is None, (wanted, way)


def alternatives_agree(service: Service, network: Network, space: Space, wanted: Span) -> None:
    """Each way out can be booked; where there are fewer than three, no other can."""
    ways = alternatives_for(SlotRequest(*wanted, HEADCOUNT, space.pk), space=space)
    for way in ways:
        assert service.code(way.room.id, way.starts_at, way.ends_at) is None, (wanted, way)
    if len(ways) == WAYS:
        return
    offered = {(way.kind, way.room.id, way.starts_at) for way in ways}
    start, end = wanted
    for room in network.spaces:
        is_free = service.code(room.pk, start, end) is None
        if room != space:
            assert ((PLACE, room.pk, start) in offered) == is_free, (wanted, room.name)
        if not is_free and TIME not in {kind for kind, room_id, _start in offered if room_id == room.pk}:
            assert all(service.code(room.pk, *half) for half in uses(portal_clock.local(start).date(), 1)), room.name
        for ahead in range(1, DAYS_AHEAD + 1):
            is_free = service.code(room.pk, start + ahead * DAY, end + ahead * DAY) is None
            assert ((DATE, room.pk, start + ahead * DAY) in offered) == is_free, (wanted, room.name, ahead)


@pytest.mark.parametrize("seed", range(3))
def test_the_check_page_says_what_the_service_says_and_then_does(seed: int, client: Client, clock: TestClock) -> None:
    lot = random.Random(seed)
    network = Network(lot)
    client.force_login(network.booker)
    for start, end in lot.sample(uses(TOMORROW, 1, 2, 5), 12):
        space = lot.choice(network.spaces)
        service = Service(network)
        code = service.code(space.pk, start, end)
        query = {
            "starts_at": slot_moment(start),
            "ends_at": slot_moment(end),
            "headcount": HEADCOUNT,
            "purpose": "other",
        }
        page = client.get(reverse("bookings:booking_create", args=[space.pk]), query)
        refusal = page.context["refusal"] if page.status_code == 200 else None
        assert (refusal.code if refusal else None) == code
        if code is None:
            assert page.context["policy"] == service.policy(space.pk, start, end)
        request = SlotRequest(start, end, HEADCOUNT, space.pk, network.booker.pk)
        try:
            create_booking(actor=network.booker, request=request, purpose="other", contact=CONTACT)
            made = None
        except BookingError as error:
            made = error.code
        assert made == code
