"""Import of the register into the network; it can be repeated.

Set-based throughout, idempotent, all or nothing. People's work is left alone: a name they chose, a center they moved
(only a move has a date), a center they added (which gets an English name, if it has none). What the files no longer
hold is reported, never deleted: its past still counts.
"""

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from centers.choices import STANDARD_AREAS, AreaKind
from centers.models import Center, CenterParent, FunctionalArea, Level, LevelRule
from centers.services import tree
from centers.values.english_names import english_name
from centers.values.names import display_name
from centers.values.register_files import CenterRow, LevelRow, RegisterFiles, read_register
from common.words.letters import letters

FIELDS = ("official_name", "name", "name_en", "letters", "level_id", "site_kind", "order")
CHUNK = 2000


@dataclasses.dataclass(frozen=True)
class Report:
    """Report of an import: codes by what was done.

    `missing` are in the database alone; `elsewhere` stand under another center than in the files.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    unchanged: int = 0

    def __str__(self) -> str:
        return (
            f"{len(self.added)} added, {len(self.changed)} changed, {self.unchanged} unchanged, "
            f"{len(self.missing)} missing from the files, {len(self.elsewhere)} standing elsewhere"
        )


@transaction.atomic
def import_register(folder: Path) -> Report:
    """Load the register in `folder` (see `centers.values.register_files`).

    Raises RegisterError, and then keeps nothing.

    The number of queries grows only with the chunks of 2,000 rows; running it twice changes nothing the second time.
    """
    files = read_register(folder)
    _save_levels(files)
    before = {center.code: center for center in Center.objects.all()}
    new = [_new_center(row) for row in files.centers if row.code not in before]
    changed = [
        center for row in files.centers if (center := before.get(row.code)) is not None and _update_center(row, center)
    ]
    Center.objects.bulk_create(new, batch_size=CHUNK)
    Center.objects.bulk_update(changed, FIELDS, batch_size=CHUNK)
    _derive_english_names(before[code] for code in before.keys() - {row.code for row in files.centers})
    ids = dict(Center.objects.values_list("code", "id"))
    placed, elsewhere = _place(files.centers, ids)
    if new or placed:
        tree.rebuild()
    _save_areas(files, ids, {center.code for center in new})
    codes = {row.code for row in files.centers}
    return Report(
        added=tuple(center.code for center in new),
        changed=tuple(center.code for center in changed),
        missing=tuple(sorted(before.keys() - codes)),
        elsewhere=elsewhere,
        unchanged=len(files.centers) - len(new) - len(changed),
    )


def _save_levels(files: RegisterFiles) -> None:
    """Save the levels and level rules of the files.

    Levels and rules the files no longer have stay while centers may need them.
    """
    known = {level.code: level for level in Level.objects.all()}
    wanted = [_level(row) for row in files.levels]
    fields = ("name", "name_en", "rank", "has_standard_areas")
    if any(_values(level, fields) != _values(known.get(level.code), fields) for level in wanted):
        Level.objects.bulk_create(wanted, update_conflicts=True, unique_fields=["code"], update_fields=fields)
    LevelRule.objects.bulk_create(
        (LevelRule(parent_id=parent, child_id=child) for parent, child in sorted(files.rules)), ignore_conflicts=True
    )


def _level(row: LevelRow) -> Level:
    return Level(**dataclasses.asdict(row))


def _values(thing: Any, fields: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(thing, field, None) for field in fields)


def _new_center(row: CenterRow) -> Center:
    name = display_name(row.official_name)
    return Center(
        code=row.code,
        official_name=row.official_name,
        name=name,
        name_en=row.name_en or english_name(name),
        level_id=row.level,
        site_kind=row.site_kind,
        order=row.order,
    )


def _update_center(row: CenterRow, center: Center) -> bool:
    """Copy the register's row to `center`, but for names people chose; True where that changed anything."""
    before = _values(center, FIELDS)
    center.official_name, center.level_id, center.order = row.official_name, row.level, row.order
    center.site_kind = row.site_kind or center.site_kind
    if center.is_name_derived and center.name != display_name(row.official_name):
        center.name = display_name(row.official_name)
        center.letters = letters(center.short_name)
    if center.is_name_en_derived:
        # The register's English is that of the register's name.
        center.name_en = (row.name_en if center.is_name_derived else "") or english_name(center.name)
    return _values(center, FIELDS) != before


def _derive_english_names(unlisted: Iterable[Center]) -> None:
    """Derive English names of centers that aren't in the files, where they lack one."""
    nameless = [center for center in unlisted if center.is_name_en_derived and not center.name_en]
    for center in nameless:
        center.name_en = english_name(center.name)
    Center.objects.bulk_update(nameless, ["name_en"], batch_size=CHUNK)


def _place(rows: Iterable[CenterRow], ids: dict[str, int]) -> tuple[bool, tuple[str, ...]]:
    """Place centers without a parent under the one the register gives.

    Returns whether there were any, and the codes of those that people have moved elsewhere since.
    """
    present = dict(CenterParent.objects.filter(valid__endswith__isnull=True).values_list("center_id", "parent_id"))
    always = DateRange(None, None, "[)")
    new, elsewhere = [], []
    for row in rows:
        parent_id = ids.get(row.parent_code)
        if parent_id is None:
            continue
        current = present.get(ids[row.code])
        if current is None:
            new.append(CenterParent(center_id=ids[row.code], parent_id=parent_id, valid=always))
        elif current != parent_id:
            elsewhere.append(row.code)
    CenterParent.objects.bulk_create(new, batch_size=CHUNK)
    return bool(new), tuple(elsewhere)


def _save_areas(files: RegisterFiles, ids: dict[str, int], added: set[str]) -> None:
    """Save the named areas, and the eight standard ones of each center just added whose level has them.

    The eight: article, part two, first section.
    """
    having = {level.code for level in files.levels if level.has_standard_areas}
    standard = [
        FunctionalArea(center_id=ids[row.code], kind=kind)
        for row in files.centers
        if row.code in added and row.level in having
        for kind in STANDARD_AREAS
    ]
    own = [
        FunctionalArea(center_id=ids[code], kind=AreaKind.CUSTOM, own_name=name) for code, name in sorted(files.areas)
    ]
    FunctionalArea.objects.bulk_create(standard + own, batch_size=CHUNK, ignore_conflicts=True)
