"""Logs of the running services, kept from growing for ever."""

import shutil
from pathlib import Path

LARGEST_BYTES = 10 * 1024 * 1024


def trim(directory: Path) -> None:
    """Copy each log that has grown large to NAME.log.1, in place of the one before, and empty it.

    Emptied, not moved: whoever writes to it goes on doing so, at its new end, since all open their logs for appending.
    """
    for log in directory.glob("*.log"):
        if log.stat().st_size > LARGEST_BYTES:
            shutil.copyfile(log, log.with_suffix(".log.1"))
            with log.open("r+b") as file:
                file.truncate()
