"""Moment at which the figures of a period were last counted."""

import datetime as dt

from stats.choices import RunState
from stats.models import ClosingRun
from stats.values.periods import Period


def counted_at(period: Period) -> dt.datetime | None:
    """The last moment at which the period's latest month was found to be that of the records. One query."""
    latest = period.last_begun.first
    done = ClosingRun.objects.filter(state=RunState.DONE, first__lte=latest, last__gte=latest)
    return done.order_by("-as_of").values_list("as_of", flat=True).first()
