"""Content of a ledger's file: its facts with their checksum, set as PDF, packed with photos and sign-in sheet."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from common.months import Month
from ledger.choices import ExportFormat, ExportKind
from ledger.domain import documents
from ledger.domain.archive import write_archive
from ledger.domain.photos import draw_small, printed_images, with_hashes
from ledger.domain.typesetting import typeset
from ledger.values.facts import ActivityFacts, DayFacts, checksum_of
from ledger.values.file_names import file_name

Tick = Callable[[], None]


@dataclasses.dataclass(frozen=True)
class Made:
    """Moment, maker and center of a file: what its foot says besides the checksum."""

    at: dt.datetime
    who: str
    center: str


@dataclasses.dataclass(frozen=True)
class Composed:
    """File that was written to `path`, with the name that people see and the checksum of its content."""

    path: Path
    name: str
    checksum: str


def steps_of(ledgers: Sequence[ActivityFacts]) -> int:
    """Number of calls of `tick` while the file of these ledgers is made."""
    return len(ledgers) + sum(len(facts.photos) for facts in ledgers)


def compose_activity(facts: ActivityFacts, format: ExportFormat, made: Made, folder: Path) -> Composed:
    """Write the file of one activity's ledger into a folder. Raises FontMissing."""
    hashed = with_hashes(facts)
    checksum = checksum_of([hashed])
    scope = f"{facts.center} {facts.title}"
    stamp = documents.stamp_of(ExportKind.ACTIVITY, scope, made.at, made.who, checksum)
    images = printed_images([hashed])
    document = documents.activity_document(hashed, stamp=stamp, images=images)
    pdf = typeset(document, made_at=made.at.timestamp(), put_images=lambda place: _draw(list(images), place))
    words = str(ExportKind.ACTIVITY.label)
    return _written(pdf, [hashed], (words, facts.center, facts.title), format, made, checksum, folder)


def compose_month(
    month: Month, ledgers: Sequence[ActivityFacts], format: ExportFormat, made: Made, folder: Path, tick: Tick
) -> Composed:
    """Write the file of a month's ledgers into a folder, calling `tick` after each step. Raises FontMissing."""
    hashed = []
    for facts in ledgers:
        hashed.append(with_hashes(facts))
        tick()
    checksum = checksum_of(hashed)
    stamp = documents.stamp_of(ExportKind.MONTH, f"{made.center} {month}", made.at, made.who, checksum)
    images = printed_images(hashed)
    document = documents.month_document(made.center, month, hashed, stamp=stamp, images=images)
    pdf = typeset(document, made_at=made.at.timestamp(), put_images=lambda place: _draw(list(images), place, tick))
    parts = (str(ExportKind.MONTH.label), made.center, str(month))
    return _written(pdf, hashed, parts, format, made, checksum, folder)


def compose_work_log(month: Month, days: Sequence[DayFacts], made: Made, folder: Path) -> Composed:
    """Write the PDF of a month's work log into a folder. Raises FontMissing."""
    checksum = checksum_of(days)
    stamp = documents.stamp_of(ExportKind.WORK_LOG, f"{made.center} {month}", made.at, made.who, checksum)
    document = documents.work_log_document(made.center, month, days, stamp=stamp)
    pdf = typeset(document, made_at=made.at.timestamp())
    parts = (str(ExportKind.WORK_LOG.label), made.center, str(month))
    return _written(pdf, [], parts, ExportFormat.PDF, made, checksum, folder)


def _draw(names: Sequence[str], folder: Path, tick: Tick = lambda: None) -> None:
    for _name in draw_small(names, folder):
        tick()


def _written(
    pdf: bytes,
    ledgers: Sequence[ActivityFacts],
    parts: Sequence[str],
    format: ExportFormat,
    made: Made,
    checksum: str,
    folder: Path,
) -> Composed:
    name = file_name(*parts, made_at=made.at, checksum=checksum, extension=format)
    path = folder / f"file.{format}"
    if format == ExportFormat.ZIP:
        write_archive(path, name.removesuffix("zip") + "pdf", pdf, ledgers)
    else:
        path.write_bytes(pdf)
    return Composed(path, name, checksum)
