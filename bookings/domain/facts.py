"""Facts about spaces, read from the database: for one request under its lock, or for many spaces and days at once."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol, cast

from django.db import connection

from bookings.choices import COUNTING
from bookings.domain import policies
from bookings.domain.occupancy import Taken, busy_spans, longest_tail
from bookings.domain.snapshot import Snapshot
from bookings.values.limits import LONGEST_TURNAROUND
from bookings.values.policy import Policy
from bookings.values.slot_request import SlotRequest
from bookings.values.space_facts import Calendar, KnownCalendar, SpaceFacts
from centers.choices import PUBLIC
from centers.domain import hours
from centers.values.opening import OpenDay
from common import clock
from common.intervals import Span, overlaps

DAY = dt.timedelta(days=1)
NOTHING: tuple[list[Span], list[Span]] = ([], [])
# No rule that is asked this early looks at the calendar.
UNREAD = cast(Calendar, None)

_SPACE = f"""
    SELECT s.capacity, s.is_active AND c.status = ANY(%(public)s), s.center_id, (
        SELECT count(*) FROM bookings_booking b
        WHERE b.booker_id = %(booker)s AND b.status = ANY(%(counting)s) AND NOT b.is_for_center
        AND b.id IS DISTINCT FROM %(moved)s::bigint
        AND b.starts_at >= %(month_begins)s AND b.starts_at < %(month_ends)s
    ), ARRAY(
        SELECT tstzrange(m.starts_at, m.ends_at) FROM bookings_maintenance m
        JOIN bookings_space_cells theirs ON theirs.space_id = m.space_id
        JOIN bookings_space_cells own ON own.cell_id = theirs.cell_id
        WHERE own.space_id = s.id AND m.starts_at < %(until)s AND m.ends_at > %(start)s
    ), resolved.*
    FROM bookings_space s JOIN centers_center c ON c.id = s.center_id, ({policies.RESOLVED}) resolved
    WHERE s.id = ANY(%(spaces)s)
"""  # noqa: S608 - put together of constants alone


class BookableSpace(Protocol):
    """Protocol of a space whose facts are read: a `Space` or a `Room`."""

    @property
    def id(self) -> int: ...
    @property
    def center_id(self) -> int: ...
    @property
    def capacity(self) -> int: ...
    @property
    def is_public(self) -> bool: ...


class StoredCalendar:
    """Calendar of a center, read when it is first asked for: two queries for opening, notice and deadline together."""

    def __init__(self, center_id: int, day: dt.date, today: dt.date, policy: Policy) -> None:
        self._center_id, self._day, self._today, self._policy = center_id, day, today, policy

    @cached_property
    def open_day(self) -> OpenDay:
        return self._opening[self._day]

    @cached_property
    def earliest_day(self) -> dt.date:
        return hours.nth_workday(self._opening, self._today, self._policy.notice_workdays)

    @cached_property
    def decide_day(self) -> dt.date:
        """The day by which staff answer a request made today."""
        return hours.nth_workday(self._opening, self._today, self._policy.decide_workdays)

    @cached_property
    def _opening(self) -> dict[dt.date, OpenDay]:
        workdays = max(self._policy.notice_workdays, 0 if self._policy.is_instant else self._policy.decide_workdays)
        last = max(self._day, self._today + hours.reach_of(workdays) * DAY) if workdays else self._day
        first = min(self._day, self._today) if workdays else self._day
        return hours.open_days([self._center_id], first, last)[self._center_id]


class RequestFacts(NamedTuple):
    """Facts that decide one request, and what is stamped on the booking made of it."""

    space_id: int
    space: SpaceFacts
    calendar: StoredCalendar
    lineage: list[int]
    booked_in_month: int


def facts_of_taken(taken: Taken) -> SpaceFacts:
    """The facts that are known before all others: what is taken of the cells. No query."""
    return SpaceFacts(0, True, Policy(turnaround_minutes=0), UNREAD, clock.now(), taken.spans, [])


def request_facts(request: SlotRequest, taken: Taken, now: dt.datetime) -> RequestFacts:
    """All facts about a request: what is taken, with space, repairs, policy, lineage and quota.

    One query; calendar and tree are those of the day of use.
    """
    first = request.day.replace(day=1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(
            _SPACE,
            {
                "spaces": [request.space_id],
                "start": request.starts_at,
                "until": longest_tail(request.starts_at, request.ends_at),
                "day": request.day,
                "public": list(PUBLIC),
                "booker": request.booker_id,
                "moved": request.moved_id,
                "counting": list(COUNTING),
                "month_begins": clock.midnight(first),
                "month_ends": clock.midnight(following),
            },
        )
        capacity, is_public, center_id, booked, repairs, space_id, lineage, *values = cursor.fetchone()
    repaired = [(span.lower, span.upper) for span in repairs]
    policy = policies.policy_from(values)
    calendar = StoredCalendar(center_id, request.day, clock.local(now).date(), policy)
    facts = SpaceFacts(capacity, is_public, policy, calendar, now, taken.spans, repaired)
    return RequestFacts(space_id, facts, calendar, lineage, booked)


def facts_by_day(
    spaces: Collection[BookableSpace],
    first: dt.date,
    last: dt.date,
    snapshot: Snapshot,
    only: Collection[tuple[int, dt.date]] | None = None,
) -> dict[int, dict[dt.date, SpaceFacts]]:
    """Facts about spaces on each day from `first` to `last` (included), by space id.

    One query besides those of the snapshot.

    `only` names the pairs of space id and day that are wanted; None: all. `taken` reaches past a day by the longest
    turnaround: a use that ends towards midnight must keep clear of what follows.
    """
    days = list(hours.dates(first, last))
    edges = {day: (_utc(clock.midnight(day)), _utc(clock.midnight(day + DAY))) for day in days}
    busy = busy_spans([space.id for space in spaces], edges[first][0], edges[last][1] + LONGEST_TURNAROUND)
    policies_on = {day: snapshot.policies_on(day) for day in days}
    opening = snapshot.opening_of({space.center_id for space in spaces}, first, last)
    now = clock.now()
    found: dict[int, dict[dt.date, SpaceFacts]] = {}
    for space in spaces:
        taken, repairs = busy.get(space.id, NOTHING)
        found[space.id] = {}
        for day in days:
            if only is not None and (space.id, day) not in only:
                continue
            begin, end = edges[day]
            busy_then = _meeting(taken, (begin, end + LONGEST_TURNAROUND)), _meeting(repairs, (begin, end))
            policy, open_day = policies_on[day][space.id][0], opening[space.center_id][day]
            found[space.id][day] = known_facts(space, policy, open_day, busy_then, snapshot, now)
    return found


def known_facts(
    space: BookableSpace,
    policy: Policy,
    open_day: OpenDay,
    busy: tuple[Sequence[Span], Sequence[Span]],
    snapshot: Snapshot,
    now: dt.datetime,
) -> SpaceFacts:
    """Facts put together of what has been read for many spaces; `busy`: spans taken, spans under repair."""
    calendar = KnownCalendar(open_day, snapshot.earliest_day(space.center_id, policy.notice_workdays))
    return SpaceFacts(space.capacity, space.is_public, policy, calendar, now, *busy)


def _meeting(spans: Iterable[Span], within: Span) -> list[Span]:
    return [span for span in spans if overlaps(span, within)]


def _utc(moment: dt.datetime) -> dt.datetime:
    """In UTC, as spans come from the database: moments of one time zone compare several times quicker."""
    return moment.astimezone(dt.UTC)
