"""The register as files: which CSVs a folder may hold, and what their rows must look like.

`levels.csv` (code, name, name_en, rank, standard_areas), `level_rules.csv` (parent, child), `centers.csv` (code, name,
level, parent_code), and if there are any `sites.csv` (the same, and site_kind) and `site_areas.csv` (center_code,
own_name). UTF-8, with or without BOM. Centers and sites may have a `name_en`: the whole English name, where the one
that is spelled out from `name` won't do.
"""

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from centers.exceptions import RegisterError

YES, NO = ("yes", "1", "true"), ("no", "0", "false", "")


@dataclasses.dataclass(frozen=True)
class LevelRow:
    code: str
    name: str
    name_en: str
    rank: int
    has_standard_areas: bool


@dataclasses.dataclass(frozen=True)
class CenterRow:
    code: str
    official_name: str
    level: str
    parent_code: str
    site_kind: str
    name_en: str
    order: int


@dataclasses.dataclass(frozen=True)
class RegisterFiles:
    """The whole register, read and consistent in itself."""

    levels: tuple[LevelRow, ...]
    rules: frozenset[tuple[str, str]]
    centers: tuple[CenterRow, ...]
    areas: frozenset[tuple[str, str]]


def read_register(folder: Path) -> RegisterFiles:
    """Read and check the files of `folder`. Raises RegisterError with file, line and fault; no query."""
    levels = tuple(_rows(folder / "levels.csv", _level, required=True))
    rules = frozenset(
        _rows(folder / "level_rules.csv", lambda row: (_text(row, "parent"), _text(row, "child")), required=True)
    )
    rows = [*_rows(folder / "centers.csv", _center, required=True), *_rows(folder / "sites.csv", _center)]
    centers = tuple(dataclasses.replace(row, order=order) for order, row in enumerate(rows, start=1))
    areas = frozenset(_rows(folder / "site_areas.csv", lambda row: (_text(row, "center_code"), _text(row, "own_name"))))
    _check(levels, rules, centers, areas)
    return RegisterFiles(levels, rules, centers, areas)


def _rows(path: Path, make: Callable[[dict[str, Any]], Any], *, required: bool = False) -> list[Any]:
    if not path.exists():
        if required:
            raise RegisterError(f"{path.name}: there is no such file in {path.parent}")
        return []
    made = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            try:
                made.append(make(row))
            except (KeyError, ValueError) as error:
                raise RegisterError(f"{path.name}, line {reader.line_num}: {error}") from error
    return made


def _text(row: dict[str, Any], column: str) -> str:
    value = (row.get(column) or "").strip()
    if not value:
        raise ValueError(f"{column} is empty")
    return value


def _level(row: dict[str, Any]) -> LevelRow:
    areas = (row.get("standard_areas") or "").strip().lower()
    if areas not in YES + NO:
        raise ValueError(f"standard_areas must be yes or no, not {areas!r}")
    return LevelRow(
        _text(row, "code"), _text(row, "name"), _text(row, "name_en"), int(_text(row, "rank")), areas in YES
    )


def _center(row: dict[str, Any]) -> CenterRow:
    parent, kind, english = ((row.get(column) or "").strip() for column in ("parent_code", "site_kind", "name_en"))
    return CenterRow(_text(row, "code"), _text(row, "name"), _text(row, "level"), parent, kind, english, order=0)


def _check(
    levels: tuple[LevelRow, ...],
    rules: frozenset[tuple[str, str]],
    centers: tuple[CenterRow, ...],
    areas: frozenset[tuple[str, str]],
) -> None:
    """Check the rows against each other: codes used twice, missing levels and parents, a parent of the wrong level."""
    ranks = {level.code: level.rank for level in levels}
    by_code = {center.code: center for center in centers}
    if len(ranks) < len(levels) or len(set(ranks.values())) < len(levels):
        raise RegisterError("levels.csv: a code or a rank is used twice")
    for parent, child in rules:
        if not (parent in ranks and child in ranks and ranks[parent] < ranks[child]):
            raise RegisterError(f"level_rules.csv: {parent} can't stand above {child}")
    if len(by_code) < len(centers):
        codes = [center.code for center in centers]
        raise RegisterError(f"centers.csv: code {next(code for code in codes if codes.count(code) > 1)} is used twice")
    needs_parent = {child for _parent, child in rules}
    for center in centers:
        _check_center(center, by_code.get(center.parent_code), ranks, rules, needs_parent)
    for code, own_name in areas:
        if code not in by_code:
            raise RegisterError(f"site_areas.csv: {own_name} belongs to {code}, which isn't in the register")


def _check_center(
    center: CenterRow,
    parent: CenterRow | None,
    ranks: dict[str, int],
    rules: frozenset[tuple[str, str]],
    needs_parent: set[str],
) -> None:
    if center.level not in ranks:
        raise RegisterError(f"{center.code} {center.official_name}: there is no level {center.level}")
    # The top's parent (a province's code, say) is outside the register; anybody else's must be in it.
    if parent is None and center.level in needs_parent:
        raise RegisterError(
            f"{center.code} {center.official_name}: its parent {center.parent_code or '(none)'} isn't in the register"
        )
    if parent is not None and (parent.level, center.level) not in rules:
        raise RegisterError(
            f"{center.code} {center.official_name}: no rule lets {center.level} stand under {parent.level}"
        )
