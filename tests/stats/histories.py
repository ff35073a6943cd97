"""Histories of a small network, drawn by lot, and their records in the database."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import strategies as st

from accounts.models import User
from activities.choices import ActivityState, SignUpState
from activities.models import Activity, InspectionDetail, Participant, SignUp, TrainingDetail
from bookings.models import Booking, Cell, Space
from centers.choices import CenterStatus
from centers.models import Center, CenterParent
from centers.services import tree
from common import clock
from organizations.models import Organization
from ratings.choices import Channel
from ratings.models import Rating
from tests.factories.activities import make_activity, make_participant
from tests.factories.bookings import make_booker, make_space, open_daily
from tests.factories.centers import make_tree
from tests.factories.organizations import make_organization
from tests.stats.recount import EAST, MONTHS, SHANGHAI, WEST, Group, Held, History, Rated, Use

PERSONS = 4
KINDS = ("activity", "training", "volunteering", "reception", "inspection")
STATES = ("recorded", "recorded", "recorded", "archived", "cancelled", "withdrawn", "published", "draft")
STATUSES = ("approved", "approved", "released", "rejected", "expired", "cancelled", "pending")
ROOMS = {EAST: 2, 3: 1, 4: 1}
# Edges of days and months, where records fall into the neighbour.
EDGES = ((0, 0, 0), (0, 10, 0), (7, 59, 0), (8, 1, 0), (12, 0, 0), (23, 59, 59))


@st.composite
def moments(draw: Any, now: dt.datetime) -> dt.datetime:
    year, month = draw(st.sampled_from(MONTHS))
    day = draw(st.sampled_from((1, 2, 15, 28, 30, 31)))
    hour, minute, second = draw(st.sampled_from(EDGES))
    day = min(day, 30 if month in (9, 11) else 31)
    found = dt.datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    return found if found <= now else found - dt.timedelta(days=31)


@st.composite
def activities(draw: Any, now: dt.datetime, groups: int) -> Held:
    kind = draw(st.sampled_from(KINDS))
    center = draw(st.integers(0, 6))
    return Held(
        center=center,
        ends_at=draw(moments(now)),
        kind=kind,
        state=draw(st.sampled_from(STATES)),
        people=draw(st.integers(0, 200)),
        hosts=frozenset(draw(st.sets(st.integers(0, 6), max_size=2))) - {center},
        hours=draw(st.sampled_from((None, "0.5", "4", "7.5"))) if kind == "training" else None,
        organization=draw(st.integers(0, groups - 1)) if kind == "inspection" else None,
        came=frozenset(draw(st.sets(st.integers(0, PERSONS - 1)))) if kind == "activity" else frozenset(),
    )


@st.composite
def uses(draw: Any, now: dt.datetime) -> Use:
    # Bookings are kept to the minute.
    moment = draw(moments(now)).replace(second=0)
    starts_at = moment - dt.timedelta(minutes=draw(st.sampled_from((30, 90, 600))))
    length = dt.timedelta(minutes=draw(st.sampled_from((30, 75, 180, 900))))
    return Use(
        draw(st.sampled_from(sorted(ROOMS))),
        starts_at,
        starts_at + length,
        draw(st.integers(1, 60)),
        draw(st.sampled_from(STATUSES)),
    )


@st.composite
def ratings(draw: Any, now: dt.datetime) -> list[Rated]:
    """Some ratings of one center at one moment: enough of them for a share, now and then."""
    center, at = draw(st.integers(0, 6)), draw(moments(now))
    return [Rated(center, at, grade) for grade in draw(st.lists(st.integers(1, 5), min_size=1, max_size=12))]


@st.composite
def histories(draw: Any) -> History:
    now = clock.now()
    days = st.sampled_from(
        [dt.date(2026, month, day) for month in (7, 8, 9, 10, 11) for day in (1, 2, 15)] + [dt.date(2026, 8, 31)]
    )
    moved = draw(st.sets(st.sampled_from((3, 4, 5)), max_size=2))
    moves = {center: (WEST if center in (3, 4) else EAST, draw(days)) for center in sorted(moved)}
    closed = {6: draw(days)} if draw(st.booleans()) else {}
    groups = [
        Group(draw(st.integers(1, 6)), draw(st.none() | days), draw(st.sampled_from((None, dt.date(2026, 11, 20)))))
        for _ in range(draw(st.integers(1, 3)))
    ]
    return History(
        now=now,
        moves=moves,
        closed=closed,
        rooms=ROOMS,
        held=draw(st.lists(activities(now, len(groups)), min_size=4, max_size=14)),
        uses=draw(st.lists(uses(now), max_size=6)),
        rated=[rated for some in draw(st.lists(ratings(now), max_size=4)) for rated in some],
        groups=groups,
    )


@st.composite
def changes(draw: Any, history: History) -> History:
    """What becomes of a history when more is entered late, and some of it is put right or called off."""
    held = list(history.held)
    for number in draw(st.sets(st.integers(0, len(held) - 1), max_size=4)):
        verb = draw(st.sampled_from(("correct", "cancel", "record")))
        if verb == "correct":
            held[number] = replace(held[number], people=held[number].people + 1)
        else:
            held[number] = replace(held[number], state="cancelled" if verb == "cancel" else "recorded")
    late = draw(st.lists(activities(history.now, len(history.groups)), max_size=4))
    return replace(history, held=held + late)


class Records:
    """Records of a history in the database; `write` again brings them to what became of it."""

    def __init__(self, history: History) -> None:
        [[city], towns, villages] = make_tree(2, 2)
        self.centers: list[Center] = [city, *towns, *villages]
        self._tell_tree(history)
        open_daily(city)
        self.booker: User = make_booker(77)
        self.persons: list[Participant] = [make_participant(make_booker(80 + number)) for number in range(PERSONS)]
        self.groups: list[Organization] = []
        for number, group in enumerate(history.groups):
            made = make_organization(self.centers[group.center], f"演示第{number}党支部", founded_on=group.founded_on)
            Organization.objects.filter(pk=made.pk).update(dissolved_on=group.dissolved_on)
            self.groups.append(made)
        self.held: list[Activity] = []
        self._write_uses(history)
        self._write_ratings(history)
        self.write(history)

    def write(self, history: History) -> None:
        for number, one in enumerate(history.held):
            if number == len(self.held):
                self.held.append(self._new(one))
            fields = {"state": one.state, "attendance": one.people if one.counts else None}
            Activity.objects.filter(pk=self.held[number].pk).update(**fields)

    def _new(self, one: Held) -> Activity:
        made = make_activity(self.centers[one.center], state=ActivityState.PUBLISHED, kind=one.kind, is_listed=False)
        Activity.objects.filter(pk=made.pk).update(
            starts_at=one.ends_at - dt.timedelta(hours=1), ends_at=one.ends_at, takes_sign_ups=False
        )
        made.co_hosts.set([self.centers[host] for host in one.hosts])
        if one.kind == "training":
            TrainingDetail.objects.create(activity=made, hours=one.hours)
        if one.organization is not None:
            InspectionDetail.objects.create(activity=made, organization=self.groups[one.organization])
        for person in one.came:
            SignUp.objects.create(
                activity=made, participant=self.persons[person], state=SignUpState.IN, checked_in_at=one.ends_at
            )
        return made

    def _tell_tree(self, history: History) -> None:
        for center, (parent, since) in history.moves.items():
            rows = CenterParent.objects.filter(center=self.centers[center])
            rows.update(valid=DateRange(None, since, "[)"))
            CenterParent.objects.create(
                center=self.centers[center], parent=self.centers[parent], valid=DateRange(since, None, "[)")
            )
        for center, since in history.closed.items():
            CenterParent.objects.filter(center=self.centers[center]).update(valid=DateRange(None, since, "[)"))
            Center.objects.filter(pk=self.centers[center].pk).update(closed_on=since, status=CenterStatus.CLOSED)
        tree.rebuild()

    def _write_uses(self, history: History) -> None:
        spaces: dict[int, Space] = {}
        for center, parts in history.rooms.items():
            cells = [Cell.objects.create(center=self.centers[center], name=f"第{n}间") for n in range(parts)]
            spaces[center] = make_space(self.centers[center], cells=cells)
        Booking.objects.bulk_create(
            Booking(
                space=spaces[use.center],
                booker=self.booker,
                status=use.status,
                starts_at=use.starts_at,
                ends_at=use.ends_at,
                headcount=use.people,
                purpose="other",
                turnaround_minutes=0,
                cancel_by=use.starts_at,
                decide_by=use.starts_at,
                policy={},
                lineage=[],
                created_at=use.starts_at,
            )
            for use in history.uses
        )

    def _write_ratings(self, history: History) -> None:
        subjects = {
            center: make_activity(self.centers[center], state=ActivityState.DRAFT)
            for center in {rated.center for rated in history.rated}
        }
        Rating.objects.bulk_create(
            Rating(
                center=self.centers[rated.center],
                activity=subjects[rated.center],
                grade=rated.grade,
                channel=Channel.QR,
                visit=f"visit-{number}",
                given_at=rated.at,
            )
            for number, rated in enumerate(history.rated)
        )
