"""Offers of places that fell free: how long one is held for whom it was offered."""

import datetime as dt

LONGEST_OFFER = dt.timedelta(hours=12)


def offer_until(now: dt.datetime, starts_at: dt.datetime) -> dt.datetime | None:
    """Deadline of an offer made now: half a day, never more than half of what is left until the start.

    So that the next in the line still has time to come. None once the activity has begun.
    """
    if now >= starts_at:
        return None
    return min(now + LONGEST_OFFER, now + (starts_at - now) / 2)
