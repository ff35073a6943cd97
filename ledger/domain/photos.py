"""Photos as files need them: read from their storage, hashed, and small ones drawn for the page."""

import dataclasses
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.core.files.storage import storages
from PIL import Image

from activities.services.photos import STORAGE
from ledger.values.facts import ActivityFacts, PhotoFact

# As wide as half a page needs at 200 dots an inch.
PRINTED_SIDE = 700
PRINTED_QUALITY = 78


def read_photo(name: str) -> bytes | None:
    """The file of a photo; None where it is missing."""
    try:
        with storages[STORAGE].open(name) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return None
    return content


def with_hashes(facts: ActivityFacts) -> ActivityFacts:
    """The same ledger with the SHA-256 of each photo's file: what the checksum of a file is made of."""
    return dataclasses.replace(facts, photos=tuple(_hashed(photo) for photo in facts.photos))


def printed_images(ledgers: Sequence[ActivityFacts]) -> Mapping[str, str]:
    """Path under which each photo that there is will stand when pages are set, by its name."""
    return {photo.name: f"/{photo.name}" for facts in ledgers for photo in facts.photos if photo.sha256}


def draw_small(names: Sequence[str], folder: Path) -> Iterator[str]:
    """Draw the photos as small as a page needs them into a folder; yields each name when it is done."""
    for name in names:
        content = read_photo(name)
        if content is not None:
            (folder / name).write_bytes(_small(content))
        yield name


def _hashed(photo: PhotoFact) -> PhotoFact:
    content = read_photo(photo.name)
    return dataclasses.replace(photo, sha256=hashlib.sha256(content).hexdigest() if content is not None else "")


def _small(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (PRINTED_SIDE, PRINTED_SIDE))
        image.thumbnail((PRINTED_SIDE, PRINTED_SIDE), Image.Resampling.BILINEAR)
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=PRINTED_QUALITY)
    return out.getvalue()
