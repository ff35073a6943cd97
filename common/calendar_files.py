"""Calendar files (iCalendar, RFC 5545): events as phones and desks take them in, and take them back."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.http import HttpResponse
from icalendar import Calendar, Event

from common import clock
from common.whole_days import is_whole_days

PRODUCT = "-//pingh-portal//EN"
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclasses.dataclass(frozen=True)
class CalendarEvent:
    """Event of a calendar. `uid` stays its own whatever changes; `sequence` grows with each change."""

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    sequence: int = 0
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar_file(events: Iterable[CalendarEvent], *, name: str = "") -> bytes:
    """The file of these events; `name` is that of a calendar that is subscribed to."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_component(event))
    return calendar.to_ical()


def calendar_response(event: CalendarEvent, name: str) -> HttpResponse:
    """Response with one event as a file to save under a name."""
    response = HttpResponse(calendar_file([event]), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _component(event: CalendarEvent) -> Event:
    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", event.changed_at.astimezone(dt.UTC))
    made.add("last-modified", event.changed_at.astimezone(dt.UTC))
    made.add("sequence", event.sequence)
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    made.add("summary", event.title)
    if is_whole_days(event.starts_at, event.ends_at):
        # Days without hours are dates, the end that of the day after.
        made.add("dtstart", clock.local(event.starts_at).date())
        made.add("dtend", clock.local(event.ends_at).date() + dt.timedelta(days=1))
    else:
        # In UTC, so that no calendar need know our zone.
        made.add("dtstart", event.starts_at.astimezone(dt.UTC))
        made.add("dtend", event.ends_at.astimezone(dt.UTC))
    for field, words in (("location", event.place), ("description", event.text), ("url", event.url)):
        if words:
            made.add(field, words)
    return made
