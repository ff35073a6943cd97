"""Packed sheets (xlsx, ods) unpacked once: what reading needs, bounded, into a temporary file that isn't packed.

The library then reads that file from the disk. Pictures and whatever else lies in the archive stay packed.
"""

import dataclasses
import html
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Protocol

from common.sheets.exceptions import SheetTooLarge, SheetUnreadable
from common.sheets.limits import Limits
from common.sheets.ods import OdsReach, Range
from common.sheets.reach import Reach

CHUNK = 2**18
# Small parts that are held whole: the list of sheets.
MOST_BYTES_OF_A_LIST = 2**20
WORKBOOK, RELATIONS, CONTENT = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "content.xml"
NEEDED = {"[content_types].xml", "_rels/.rels", WORKBOOK, RELATIONS, "xl/sharedstrings.xml", "xl/styles.xml"}
NEEDED_OF_ODS = {"mimetype", CONTENT, "meta-inf/manifest.xml", "styles.xml"}
SHEET_TAG = re.compile(r"<(?:\w{1,9}:)?sheet\b[^<>]*>")
RELATION_TAG = re.compile(r"<(?:\w{1,9}:)?Relationship\b[^<>]*>")
IS_1904 = re.compile(r"""\bdate1904\s?=\s?["'](?:1|true)["']""")
Faults = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError)


class Watcher(Protocol):
    """Something that looks at the bytes of a part while they are unpacked."""

    def feed(self, chunk: bytes) -> None: ...
    def close(self) -> None: ...


@dataclasses.dataclass(frozen=True)
class Unpacked:
    """An archive as a file of its own: its path, and what the library doesn't tell about the sheet.

    `merged`: None where the library tells it.
    """

    path: str
    hidden: frozenset[int]
    merged: list[Range] | None = None
    is_1904: bool = False


@contextmanager
def unpacked(data: bytes, limits: Limits, position: int) -> Iterator[Unpacked]:
    """Unpack the parts that the sheet at `position` needs. Raises SheetTooLarge, SheetUnreadable.

    An archive that declares too much isn't touched; one that lies about a size is cut there, and fails its checksum.
    """
    with ExitStack() as stack:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = {part.filename.lower(): part for part in archive.infolist()}
                if sum(part.file_size for part in archive.infolist()) > limits.most_unpacked:
                    raise SheetTooLarge(rows=limits.most_rows)
                suffix, unpack = (".xlsx", _unpack_workbook) if WORKBOOK in parts else (".ods", _unpack_ods)
                target = stack.enter_context(tempfile.NamedTemporaryFile(suffix=suffix))
                found = unpack(archive, parts, target, limits, position)
        except Faults as error:
            raise SheetUnreadable from error
        yield found


Parts = dict[str, zipfile.ZipInfo]


def _unpack_workbook(
    archive: zipfile.ZipFile, parts: Parts, target: IO[bytes], limits: Limits, position: int
) -> Unpacked:
    book = _text(archive, parts[WORKBOOK])
    sheet = _part_of_sheet(book, _text(archive, parts[RELATIONS]), position)
    reach = Reach(limits)
    _copy(archive, [part for name, part in parts.items() if name in NEEDED or name == sheet], target, sheet, reach)
    return Unpacked(target.name, frozenset(reach.hidden), is_1904=bool(IS_1904.search(book)))


def _unpack_ods(archive: zipfile.ZipFile, parts: Parts, target: IO[bytes], limits: Limits, position: int) -> Unpacked:
    if CONTENT not in parts:
        raise SheetUnreadable
    reach = OdsReach(limits, position)
    _copy(archive, [part for name, part in parts.items() if name in NEEDED_OF_ODS], target, CONTENT, reach)
    return Unpacked(target.name, frozenset(reach.hidden), reach.merged)


def _copy(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], target: IO[bytes], watched: str, watcher: Watcher
) -> None:
    """Copy parts without packing them again, and let `watcher` see those of the part `watched`."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for part in parts:
            looks = part.filename.lower() == watched
            with archive.open(part) as source, copy.open(zipfile.ZipInfo(part.filename), "w") as file:
                _copy_part(source, file, watcher.feed if looks else None)
            if looks:
                watcher.close()
    target.flush()


def _copy_part(source: IO[bytes], file: IO[bytes], feed: Callable[[bytes], None] | None) -> None:
    while chunk := source.read(CHUNK):
        if feed:
            feed(chunk)
        file.write(chunk)


def _text(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """A small part as text."""
    if part.file_size > MOST_BYTES_OF_A_LIST:
        raise SheetUnreadable
    return archive.read(part).decode("utf-8", "replace")


def _part_of_sheet(book: str, relations: str, position: int) -> str:
    """Name of the part that holds the sheet at `position`, in small letters. Raises SheetUnreadable."""
    sheets = SHEET_TAG.findall(book)
    if position >= len(sheets):
        raise SheetUnreadable
    wanted = _attribute(sheets[position], r"\w+:id")
    for relation in RELATION_TAG.findall(relations):
        if wanted and _attribute(relation, "Id") == wanted:
            target = _attribute(relation, "Target").lower()
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise SheetUnreadable


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s?=\s?(?:"([^"]*)"|'([^']*)')""", tag)
    return html.unescape(found[1] or found[2] or "") if found else ""
