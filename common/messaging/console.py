"""The channel of machines without a contract with a carrier: prints what would be sent."""

import sys

from common.messaging.masks import mask_phone


class ConsoleSms:
    """Writes `SMS to 138****5678: …` to standard output, at once: the worker's log is where people look for it."""

    def send(self, phone: str, text: str) -> None:
        """Never fails and never waits."""
        sys.stdout.write(f"SMS to {mask_phone(phone)}: {text}\n")
        sys.stdout.flush()
