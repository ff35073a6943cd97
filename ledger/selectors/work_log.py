"""Work log of a center's month, day by day: made of what is recorded elsewhere, in a constant number of queries."""

import datetime as dt
from collections import defaultdict

from activities.choices import ENDED, ActivityState
from activities.models import Activity
from bookings.choices import Status, Verb
from bookings.models import Booking, BookingEvent
from centers.models import Center
from common import clock
from common.months import Month
from ledger.models import LogLine
from ledger.selectors.ledgers import name_of
from ledger.values.facts import DayActivity, DayFacts, LineFact, UseFact


def days_of(center: Center, month: Month) -> list[DayFacts]:
    """Each day of the month that isn't to come, in order. Four queries."""
    activities, uses = _activities(center, month), _uses(center, month)
    decided, lines = _decided(center, month), _lines(center, month)
    return [
        DayFacts(
            day,
            activities=tuple(activities[day]),
            uses=tuple(uses[day]),
            approved=decided[day].get(Verb.APPROVE, 0),
            rejected=decided[day].get(Verb.REJECT, 0),
            line=lines.get(day),
        )
        for day in month.days()
    ]


def line_of(center: Center, day: dt.date) -> LogLine | None:
    """The line that stands of a day. One query."""
    return LogLine.objects.filter(center=center, day=day).standing().select_related("written_by").first()


def lines_of(center: Center, day: dt.date) -> list[LogLine]:
    """All that was written of a day, the first first. One query."""
    return list(LogLine.objects.filter(center=center, day=day).select_related("written_by").order_by("id"))


def _activities(center: Center, month: Month) -> dict[dt.date, list[DayActivity]]:
    """Recorded activities that the center led or hosted with others, by the day they count in. One query."""
    counted = Activity.objects.counted().filter(ends_at__gte=month.starts_at, ends_at__lt=month.ends_at)
    found: dict[dt.date, list[DayActivity]] = defaultdict(list)
    at_center = counted.at_centers([center.pk]).select_related("center", "record").order_by("starts_at", "id")
    for activity in at_center:
        record = getattr(activity, "record", None)
        found[activity.counted_on].append(
            DayActivity(
                activity.reference,
                activity.title,
                activity.kind,
                activity.starts_at,
                activity.ends_at,
                activity.attendance or 0,
                record.note if record else "",
                "" if activity.center_id == center.pk else activity.center.name,
            )
        )
    return found


def _uses(center: Center, month: Month) -> dict[dt.date, list[UseFact]]:
    """Uses of rooms that are over and that no activity was made of, by the day they began. One query."""
    over = Booking.objects.filter(
        space__center=center,
        status__in=(Status.APPROVED, Status.RELEASED),
        starts_at__gte=month.starts_at,
        starts_at__lt=month.ends_at,
        ends_at__lte=clock.now(),
    )
    made = Activity.objects.exclude(state__in=(ActivityState.DRAFT, *ENDED)).filter(booking__isnull=False)
    found: dict[dt.date, list[UseFact]] = defaultdict(list)
    for booking in over.exclude(pk__in=made.values("booking")).select_related("space").order_by("starts_at", "id"):
        use = UseFact(booking.space.name, booking.starts_at, booking.ends_at, booking.headcount, booking.purpose)
        found[clock.local(booking.starts_at).date()].append(use)
    return found


def _decided(center: Center, month: Month) -> dict[dt.date, dict[str, int]]:
    """Requests that somebody decided, by day and verb. One query. What was granted at once nobody decided."""
    decided = BookingEvent.objects.filter(
        booking__space__center=center,
        verb__in=(Verb.APPROVE, Verb.REJECT),
        actor__isnull=False,
        at__gte=month.starts_at,
        at__lt=month.ends_at,
    )
    found: dict[dt.date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for at, verb in decided.values_list("at", "verb"):
        found[clock.local(at).date()][verb] += 1
    return found


def _lines(center: Center, month: Month) -> dict[dt.date, LineFact]:
    """The line that stands of each day. One query."""
    written = LogLine.objects.filter(center=center).between(month.first, month.last)
    rows = written.select_related("written_by").order_by("id")
    found: dict[dt.date, LineFact] = {}
    for row in rows:
        # In the order they were written: the last of a day stands, and each before it was corrected.
        before = found.get(row.day)
        corrected = before.corrected + 1 if before else 0
        found[row.day] = LineFact(row.pk, row.text, name_of(row.written_by), row.written_at, corrected)
    return found
