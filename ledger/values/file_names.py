"""Names of the files that people keep: what it is, whose, when it was made, and the beginning of its checksum."""

import datetime as dt
import re

from common import clock

# What no file system of theirs takes, or a shell might read.
UNFIT = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\\/:*?\"<>|#%&{}$!'@`=+]+|\s+")
LONGEST_PART = 40
CHECKSUM_LETTERS = 12


def file_name(*parts: str, made_at: dt.datetime, checksum: str, extension: str) -> str:
    """台账_水洞埭社区_新春送福_20261130-1605_0123456789ab.pdf."""
    kept = [UNFIT.sub(" ", part).strip(" .")[:LONGEST_PART].strip() for part in parts]
    made = clock.local(made_at).strftime("%Y%m%d-%H%M")
    return "_".join([*filter(None, kept), made, checksum[:CHECKSUM_LETTERS]]) + f".{extension}"
