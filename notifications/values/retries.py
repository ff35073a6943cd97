"""The retry schedule of a channel that is out of order."""

import datetime as dt

# Each wait twice the last, then every half hour: twelve tries over two hours and a quarter. Then a person must look.
SECONDS = (10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800, 1800)
WAITS = tuple(dt.timedelta(seconds=seconds) for seconds in SECONDS)


def wait_after(tries: int) -> dt.timedelta | None:
    """Delay after so many failed tries; None when there is to be no other try."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None
