"""Initial data of a new activity's form: alone, from a booking, as a copy of one that was held."""

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from activities.values.repeats import Repeat, Repeated, repeated, week_of_month
from bookings.models import Booking, Space
from centers.models import Center, CenterAncestor
from common import clock
from common.words.times import WEEKDAYS, date_words

WEEKS_OF_MONTH = (
    gettext_lazy("first %(weekday)s"),
    gettext_lazy("second %(weekday)s"),
    gettext_lazy("third %(weekday)s"),
    gettext_lazy("fourth %(weekday)s"),
    gettext_lazy("last %(weekday)s"),
)
USUAL_START, USUAL_LENGTH = dt.time(14), dt.timedelta(hours=2)


@dataclasses.dataclass(frozen=True)
class CopyDay:
    """A day to copy to. `words`: the rule and the day; `remark`: what became of 29 February."""

    rule: Repeat
    words: str
    is_chosen: bool
    remark: str = ""


def initial_from_booking(booking: Booking) -> dict[str, Any]:
    """Title from the purpose, time and place of the booking, as many places as the room has."""
    contact = getattr(booking, "contact", None)
    purpose = booking.get_purpose_display()
    return {
        "title": f"{contact.organisation} {purpose}"[:60] if contact and contact.organisation else purpose,
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
        "place": booking.space.name,
        "capacity": booking.space.capacity,
    }


def usual_time() -> dict[str, Any]:
    """Tomorrow afternoon, where nothing else is known."""
    start = clock.at(clock.today() + dt.timedelta(days=1), USUAL_START)
    return {"starts_at": start, "ends_at": start + USUAL_LENGTH}


def copied_times(activity: Activity, rule: Repeat) -> tuple[dt.datetime, dt.datetime, Repeated]:
    """Start and end of the copy, at the same hours, on the first day later than today by this rule."""
    found = repeated(activity.day, rule, clock.today())
    start = clock.at(found.day, clock.local(activity.starts_at).time())
    return start, start + (activity.ends_at - activity.starts_at), found


def copy_days(activity: Activity, chosen: Repeat) -> list[CopyDay]:
    """The days offered for a copy, each once, in words."""
    shown: dict[dt.date, CopyDay] = {}
    for rule in Repeat:
        found = repeated(activity.day, rule, clock.today())
        if found.day not in shown or rule == chosen:
            words = _("%(day)s, %(rule)s") % {"day": date_words(found.day), "rule": rule_words(activity.day, rule)}
            shown[found.day] = CopyDay(rule, words, rule == chosen, _leap_remark(found))
    return list(shown.values())


def rule_words(day: dt.date, rule: Repeat) -> str:
    """The rule as it holds for what was held on `day`."""
    which = week_words(day)
    return {
        Repeat.WEEK: _("the same weekday"),
        Repeat.MONTH: _("%(which)s of a month") % {"which": which},
        Repeat.YEAR: _("%(which)s of the same month") % {"which": which},
        Repeat.DATE: _("the same date"),
    }[rule]


def week_words(day: dt.date) -> str:
    """第二个周六 / second Sat: the weekday within its month."""
    return WEEKS_OF_MONTH[week_of_month(day) - 1] % {"weekday": WEEKDAYS[day.weekday()]}


def _leap_remark(found: Repeated) -> str:
    return _("29 February became 28 February: that year has no 29th.") if found.is_shifted else ""


def rooms_instead(activity: Activity) -> QuerySet[Space] | None:
    """Rooms that an activity with a room could be moved to: those of the same center. None where it has no room."""
    if activity.booking is None:
        return None
    return Space.objects.filter(center=activity.booking.space.center_id, is_active=True).order_by("name")


def possible_hosts(center: Center) -> list[Center]:
    """Centers that may host an activity of `center` as well: those above it, beside it and below it. One query."""
    edges = CenterAncestor.objects.on(clock.today())
    above = edges.filter(center=center, depth__gte=1).values("ancestor")
    parent = edges.filter(center=center, depth=1).values("ancestor")
    near = edges.filter(ancestor__in=parent, depth=1).values("center")
    below = edges.filter(ancestor=center, depth=1).values("center")
    reached = Q(pk__in=above) | Q(pk__in=near) | Q(pk__in=below)
    return list(Center.objects.public().filter(reached).exclude(pk=center.pk).in_register_order())
