"""What searches need and seldom changes (rooms, policies, the tree, opening hours), kept in the process until the database changes it.

One query asks for a fingerprint: how many rows the tables behind it have, and their append-only histories, with the last number of each.
Every insert and update adds to a history, every delete takes from a table, by whatever path it was made. So nothing stale is shown,
not even to whoever has just changed an opening hour; what changes all the time, what is taken, is never kept.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import FilteredRelation, Q

from bookings.domain import policies
from bookings.domain.policies import Policy
from bookings.domain.rooms import Room, public_rooms
from bookings.models import BookingPolicy, Space
from centers.domain import hours, nearness
from centers.domain.nearness import Near
from centers.models import CalendarOverride, Center, CenterParent, Closure, Level, SpecialDay, WeeklyHours
from centers.values.holidays import DayMark
from centers.values.names import short_name, short_name_en
from centers.values.opening import OpenDay
from common import clock
from common.i18n.bilingual import in_page_language

# All of them have histories (pghistory), but for the levels, which are few and looked at in full.
TRACKED = (Center, CenterParent, Space, BookingPolicy, WeeklyHours, SpecialDay, Closure, CalendarOverride)

LEVEL = tuple(f"level__{field.attname}" for field in Level._meta.concrete_fields)

Fingerprint = tuple[Any, ...]


class Place(NamedTuple):
    """A public center: the names without 党群服务中心."""

    id: int
    code: str
    name: str
    name_en: str
    level: Level
    parent_id: int | None

    @property
    def shown_name(self) -> str:
        """The name in the language of the page, as far as there is one."""
        return in_page_language(self.name, self.name_en)


@dataclasses.dataclass(frozen=True)
class Standing:
    """The network as it stands at one moment. One query, and those of what isn't known yet; its answers are shared: read, don't change."""

    fingerprint: Fingerprint
    today: dt.date

    @classmethod
    def now(cls) -> "Standing":
        return cls(_fingerprint(), clock.today())

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """Every space residents may book."""
        return _rooms(self.fingerprint)

    @cached_property
    def centers(self) -> tuple[Place, ...]:
        """Every public center in the register's order, with the one it stands under today."""
        return _centers(self.fingerprint, self.today)

    @cached_property
    def rules(self) -> dict[int, tuple[Policy, list[int]]]:
        """Today's policy and lineage of every space."""
        return _rules(self.fingerprint, self.today)

    def ranked_from(self, center_id: int | None) -> dict[int, Near]:
        """Today's order of nearness (`centers.domain.nearness.ranked_from`)."""
        return _ranked(self.fingerprint, self.today, center_id)

    def opening(self, first: dt.date, last: dt.date) -> dict[int, dict[dt.date, OpenDay]]:
        """The opening of every center that has rooms, from `first` to `last` (included)."""
        return _opening(self.fingerprint, first, last)

    def day_kinds(
        self, _center_ids: Collection[int], first: dt.date, last: dt.date
    ) -> dict[int, dict[dt.date, DayMark]]:
        """What kind of day each date is, at every center that has rooms."""
        return _day_kinds(self.fingerprint, first, last)


@lru_cache(maxsize=4)
def _rooms(fingerprint: Fingerprint) -> tuple[Room, ...]:
    return tuple(public_rooms())


@lru_cache(maxsize=4)
def _centers(fingerprint: Fingerprint, today: dt.date) -> tuple[Place, ...]:
    parents = FilteredRelation("parent_rows", condition=Q(parent_rows__valid__contains=today))
    centers = Center.objects.public().annotate(now=parents).order_by("order", "code")
    levels: dict[str, Level] = {}
    places = []
    for pk, code, name, name_en, parent, *level in centers.values_list(
        "id", "code", "name", "name_en", "now__parent_id", *LEVEL
    ):
        known = levels.setdefault(level[0], Level(*level))
        places.append(Place(pk, code, short_name(name), short_name_en(name_en), known, parent))
    return tuple(places)


@lru_cache(maxsize=4)
def _rules(fingerprint: Fingerprint, today: dt.date) -> dict[int, tuple[Policy, list[int]]]:
    return policies.resolve(on=today)


@lru_cache(maxsize=16)
def _ranked(fingerprint: Fingerprint, today: dt.date, center_id: int | None) -> dict[int, Near]:
    return nearness.ranked_from(center_id, today)


@lru_cache(maxsize=16)
def _opening(fingerprint: Fingerprint, first: dt.date, last: dt.date) -> dict[int, dict[dt.date, OpenDay]]:
    return hours.open_days({room.center_id for room in _rooms(fingerprint)}, first, last)


@lru_cache(maxsize=16)
def _day_kinds(fingerprint: Fingerprint, first: dt.date, last: dt.date) -> dict[int, dict[dt.date, DayMark]]:
    return hours.day_kinds({room.center_id for room in _rooms(fingerprint)}, first, last)


def _fingerprint() -> Fingerprint:
    with connection.cursor() as cursor:
        cursor.execute(_fingerprint_sql())
        # Tests of one process look at several databases.
        return (connection.settings_dict["NAME"], *cursor.fetchone())


@lru_cache(maxsize=1)
def _fingerprint_sql() -> str:
    counted = [model._meta.db_table for model in TRACKED]
    # Set by pghistory.track, which the type checker doesn't follow.
    histories: list[str] = [getattr(model, "pgh_event_model")._meta.db_table for model in TRACKED]  # noqa: B009
    columns = [f"(SELECT count(*) FROM {table})" for table in counted]  # names of our own tables alone  # nosec B608
    columns += [f"(SELECT (count(*), max(pgh_id))::text FROM {table})" for table in histories]  # as above  # nosec B608
    columns.append(f"(SELECT string_agg(l::text, ',' ORDER BY code) FROM {Level._meta.db_table} l)")  # as above  # nosec B608
    return f"SELECT {', '.join(columns)}"  # as above  # nosec B608
