"""Bounds of what is read of a file, so that no file can fill the memory."""

import dataclasses

MOST_COLUMNS = 200


@dataclasses.dataclass(frozen=True)
class Limits:
    """Largest sheet that is read: rows up to the last one with something in it, bytes as sent, bytes unpacked."""

    most_rows: int
    most_bytes: int = 5 * 2**20
    most_unpacked: int = 60 * 2**20
