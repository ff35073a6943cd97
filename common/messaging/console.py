"""Console channel, for machines without a contract with a carrier: prints what would be sent."""

import sys

from common.messaging.masks import mask_phone


class ConsoleSms:
    """Channel that writes `SMS to 138****5678: …` to standard output, at once, for the worker's log."""

    def send(self, phone: str, text: str) -> None:
        """Print the message; never fails and never waits."""
        sys.stdout.write(f"SMS to {mask_phone(phone)}: {text}\n")
        sys.stdout.flush()
