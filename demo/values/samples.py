"""Sample data of the demo, read from `demo/data/*.csv`.

Role names and generic rooms only, nothing of a real place or person.
"""

import csv
import functools
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, str]


@functools.cache
def rows(name: str) -> tuple[Row, ...]:
    """Rows of `<name>.csv`, in order."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@functools.cache
def reasons() -> dict[str, tuple[str, ...]]:
    """Reasons that staff give, by verb."""
    by_verb: dict[str, list[str]] = defaultdict(list)
    for row in rows("reasons"):
        by_verb[row["verb"]].append(row["reason"])
    return {verb: tuple(texts) for verb, texts in by_verb.items()}
