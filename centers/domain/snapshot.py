"""Snapshot of the network.

What many pages need and seldom changes, cached in the process under the version of its tables.

A statement trigger on each table behind the snapshot gives its row of `SnapshotVersion` a new random value
(`centers.models.snapshot_version`). One query reads the versions, so that nothing stale is shown by any process, not
even to whoever has just changed an opening hour. Cached answers are shared: read them, never change them.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple, Self

from django.db import connection
from django.db.models import FilteredRelation, Q

from centers.domain import hours, nearness
from centers.domain.hours import OpenState
from centers.domain.nearness import Near
from centers.models import Center, Level, SnapshotVersion
from centers.values.names import short_name, short_name_en
from centers.values.opening import OpenDay
from common import clock
from common.i18n.bilingual import in_page_language

NETWORK = "network"
LEVEL = tuple(f"level__{field.attname}" for field in Level._meta.concrete_fields)

Version = tuple[str, str]


class ListedCenter(NamedTuple):
    """A public center as lists show it: its names are without 党群服务中心."""

    id: int
    code: str
    name: str
    name_en: str
    level: Level
    parent_id: int | None

    @property
    def shown_name(self) -> str:
        """Name in the language of the page, as far as there is one."""
        return in_page_language(self.name, self.name_en)


@dataclasses.dataclass(frozen=True)
class NetworkSnapshot:
    """Network as it stands at one moment: the versions are read anew, all else is cached under them."""

    versions: dict[str, Version] = dataclasses.field(compare=False)
    today: dt.date

    @classmethod
    def take(cls) -> Self:
        """Read the versions as they are now."""
        return cls(current_versions(), clock.today())

    def version(self, name: str) -> Version:
        """The version of one group of tables.

        Of a group without a row one that was never seen, so that nothing is reused.
        """
        return self.versions.get(name) or (str(connection.settings_dict["NAME"]), str(uuid.uuid4()))

    @cached_property
    def network(self) -> Version:
        """The version of the tables behind centers, tree and opening."""
        return self.version(NETWORK)

    @cached_property
    def centers(self) -> tuple[ListedCenter, ...]:
        """Public centers in the register's order, each with the one it stands under today."""
        return _centers(self.network, self.today)

    def ranked_from(self, center_id: int | None) -> dict[int, Near]:
        """Today's order of nearness (`centers.domain.nearness.ranked_from`)."""
        return _ranked(self.network, self.today, center_id)

    def opening(self, first: dt.date, last: dt.date) -> dict[int, dict[dt.date, OpenDay]]:
        """The opening of every public center from `first` to `last` (included)."""
        return _opening(self.network, self.today, first, last)

    def open_states(self, center_ids: Collection[int] | None = None) -> dict[int, OpenState]:
        """Open state of each of these centers, or of every public one, now (`centers.domain.hours.open_state`)."""
        last = self.today + dt.timedelta(days=hours.LOOK_AHEAD_DAYS)
        opening = self.opening_of(center_ids or (), self.today, last)
        now = clock.now()
        wanted = opening if center_ids is None else center_ids
        return {center: hours.state_in(opening[center], now) for center in wanted}

    def opening_of(
        self, center_ids: Collection[int], first: dt.date, last: dt.date
    ) -> Mapping[int, Mapping[dt.date, OpenDay]]:
        """Opening of these centers; those that aren't public aren't cached."""
        known = self.opening(first, last)
        others = [center for center in center_ids if center not in known]
        return {**known, **hours.open_days(others, first, last)} if others else known

    def earliest_day(self, center_id: int, workdays: int) -> dt.date:
        """First day before which so many whole working days lie at a center."""
        if not workdays:
            return self.today
        known = _workdays_after(self.network, self.today, workdays)
        return known[center_id] if center_id in known else hours.workday_after(center_id, self.today, workdays)


def current_versions() -> dict[str, Version]:
    """The version of each group of tables, with the name of the database: tests of one process look at several."""
    database = str(connection.settings_dict["NAME"])
    return {name: (database, str(value)) for name, value in SnapshotVersion.objects.values_list("name", "value")}


@lru_cache(maxsize=4)
def _centers(version: Version, today: dt.date) -> tuple[ListedCenter, ...]:
    parents = FilteredRelation("parent_rows", condition=Q(parent_rows__valid__contains=today))
    centers = Center.objects.public().annotate(now=parents).order_by("order", "code")
    levels: dict[str, Level] = {}
    listed = []
    for pk, code, name, name_en, parent, *level in centers.values_list(
        "id", "code", "name", "name_en", "now__parent_id", *LEVEL
    ):
        known = levels.setdefault(level[0], Level(*level))
        listed.append(ListedCenter(pk, code, short_name(name), short_name_en(name_en), known, parent))
    return tuple(listed)


@lru_cache(maxsize=16)
def _ranked(version: Version, today: dt.date, center_id: int | None) -> dict[int, Near]:
    return nearness.ranked_from(center_id, today)


@lru_cache(maxsize=16)
def _opening(version: Version, today: dt.date, first: dt.date, last: dt.date) -> dict[int, dict[dt.date, OpenDay]]:
    return hours.open_days([center.id for center in _centers(version, today)], first, last)


@lru_cache(maxsize=16)
def _workdays_after(version: Version, today: dt.date, workdays: int) -> dict[int, dt.date]:
    return hours.workdays_after([center.id for center in _centers(version, today)], today, workdays)
