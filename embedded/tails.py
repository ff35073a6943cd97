"""Follow a log and pick out what a person at the console should see: messages that the console channel sends."""

import os
from pathlib import Path

# How the console channel of common.messaging begins; the worker puts a date and a logger's name before it.
MESSAGE = "SMS to "


class Tail:
    """Lines added to a log since the last read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = path.stat().st_size if path.exists() else 0
        self.rest = b""

    def messages(self) -> list[str]:
        """New complete lines that hold a message."""
        try:
            with self.path.open("rb") as log:
                if log.seek(0, os.SEEK_END) < self.offset:  # emptied meanwhile
                    self.offset = 0
                log.seek(self.offset)
                new = log.read()
        except OSError:
            return []
        self.offset += len(new)
        *lines, self.rest = (self.rest + new).split(b"\n")
        texts = (line.decode("utf-8", "replace").rstrip() for line in lines)
        return [text[text.index(MESSAGE) :] for text in texts if MESSAGE in text]
