"""Records as their pages show them."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.models import Activity, ActivityRecord
from common import clock
from common.words.numbers import people_words

HOUR = dt.timedelta(hours=1)


def existing_record(activity: Activity) -> ActivityRecord:
    """The record of an activity, with who made it. One query."""
    return ActivityRecord.objects.select_related("recorded_by", "activity").get(activity=activity)


def months_words(activity: Activity) -> str:
    """Words for a record just made: how many, and the month they count in."""
    return _("Recorded: %(people)s. It counts in %(month)s.") % {
        "people": people_words(activity.attendance or 0),
        "month": date_format(activity.counted_on, "YEAR_MONTH_FORMAT"),
    }


def held_today() -> dict[str, Any]:
    """The last two full hours of today, where nothing else is known."""
    now = clock.local(clock.now())
    end = now.replace(minute=0, second=0, microsecond=0)
    start = max(end - 2 * HOUR, clock.midnight(now.date()))
    return {"day": now.date(), "starts_at": start.time(), "ends_at": end.time()}
