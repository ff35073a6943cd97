"""Zip of a ledger: the PDF, the photos as they are kept, the sign-in sheet, and the SHA-256 of each."""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from common import clock
from ledger.domain.photos import read_photo
from ledger.domain.workbook import FIRST_DAY, sign_in_sheet
from ledger.values.facts import ActivityFacts

SUMS = "SHA256SUMS"


def write_archive(path: Path, pdf_name: str, pdf: bytes, ledgers: Sequence[ActivityFacts]) -> None:
    """Write the zip, one photo in memory at a time."""
    sums = []
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in _parts(pdf_name, pdf, ledgers):
            # Photos are compressed as they are.
            method = zipfile.ZIP_STORED if name.endswith(".jpg") else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, method)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        archive.writestr(zipfile.ZipInfo(SUMS, FIRST_DAY), "".join(sums), zipfile.ZIP_DEFLATED)


def _parts(pdf_name: str, pdf: bytes, ledgers: Sequence[ActivityFacts]) -> Iterator[tuple[str, bytes]]:
    yield pdf_name, pdf
    yield "sign-in.xlsx", sign_in_sheet(ledgers)
    for facts in ledgers:
        day = clock.local(facts.starts_at).date()
        for number, photo in enumerate(facts.photos, start=1):
            content = read_photo(photo.name) if photo.sha256 else None
            if content is not None:
                yield f"photos/{day}_{facts.reference}_{number}.jpg", content
