"""All that the page of one space shows: its week, one day as slots, the week in words, and what can be chosen next."""

import dataclasses
import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.domain.facts import facts_by_day
from bookings.domain.rules import STEP, first_refusal
from bookings.domain.snapshot import Snapshot
from bookings.exceptions import BookingError, SpaceNotBookable, TooFarAhead, TooSoon
from bookings.models import Space
from bookings.selectors.space import week_table
from bookings.selectors.space.horizon import Horizon
from bookings.values.policy import Policy
from bookings.values.slot_request import SlotRequest
from bookings.values.slots import slot_moment, slot_query
from common import clock
from common.intervals import Span, clip, merge
from common.words.times import clock_span, clock_words, date_words, day_name, duration, end_clock

DAYS_SHOWN = 7
USUAL_LENGTH = dt.timedelta(hours=1)
# What the hours of a day say that is open but refused as a whole: as short as a cell of the table.
DAY_WORDS: dict[type[BookingError], Any] = {
    SpaceNotBookable: gettext_lazy("Out of use"),
    TooFarAhead: gettext_lazy("Not open yet"),
    TooSoon: gettext_lazy("Too soon"),
}


@dataclasses.dataclass(frozen=True)
class Asked:
    """Query of the page, read from the address.

    The first day shown, the day of the slots, the chosen slot, the number of people and the purpose.
    """

    first: dt.date
    day: dt.date
    pick: Span | None
    headcount: int | None
    purpose: str


def asked_for(data: dict[str, Any], horizon: Horizon) -> Asked:
    """Read `week`, `day` and the slot with sense: never before today, never a page beyond the horizon."""
    today = horizon.today
    start, end = data.get("starts_at"), data.get("ends_at")
    pick = (start, end) if start and end and start < end else None
    wanted = data.get("day") or (clock.local(pick[0]).date() if pick else data.get("week") or today)
    wanted = horizon.nearest(wanted)
    weeks = (wanted - today).days // DAYS_SHOWN
    first = data.get("week") or today + dt.timedelta(days=weeks * DAYS_SHOWN)
    first = horizon.nearest(first)
    if not first <= wanted < first + dt.timedelta(days=DAYS_SHOWN):
        wanted = first
    return Asked(first, wanted, pick, data.get("headcount"), data.get("purpose", ""))


def space_page(space: Space, data: dict[str, Any]) -> dict[str, Any]:
    """Context of the space page. A constant number of queries, whatever the space and the week."""
    snapshot = Snapshot.take()
    horizon = Horizon(space, snapshot)
    asked = asked_for(data, horizon)
    last = asked.first + dt.timedelta(days=DAYS_SHOWN - 1)
    facts = facts_by_day([space], asked.first, last, snapshot)[space.pk]
    days = {day: week_table.Day.of(day, of_day) for day, of_day in facts.items()}
    is_lost = asked.pick is not None and not can_have(days, asked.pick)
    if is_lost:
        asked = dataclasses.replace(asked, pick=None)
    elif asked.pick is None and not data.get("day"):
        asked = dataclasses.replace(asked, day=first_free_day(days) or asked.day)
    links = Links(space, asked, horizon, days)
    return {
        "space": space,
        "center": space.center,
        "policy": days[clock.local(asked.pick[0]).date() if asked.pick else asked.day].facts.policy,
        "asked": asked,
        "open_now": snapshot.open_states([space.center_id])[space.center_id],
        "caption": _("%(space)s: free and taken times, %(first)s to %(last)s")
        % {"space": space.shown_name, "first": date_words(asked.first), "last": date_words(last)},
        "is_lost": is_lost,
        "days": [{"date": day, "today": day == clock.today()} for day in days],
        "rows": week_rows(week_table.week(list(days.values()), asked.pick), links),
        "day_links": [{"day": day, "url": links.to_day(day), "current": day == asked.day} for day in days],
        "slots": phone_slots(week_table.day_slots(days[asked.day], asked.pick), links),
        "no_slots": why_not(days[asked.day]),
        "table": [table_row(day) for day in days.values()],
        "ends": links.ends(),
        "previous_url": links.to_week(-1),
        "next_url": links.to_week(1),
        "last": last,
        "unpublished_years": sorted({day.year for day, of_day in facts.items() if of_day.open_day.year_unpublished}),
    }


def why_not(day: week_table.Day) -> str:
    """Why nothing of a day can be booked, in words; empty where something can."""
    if day.free:
        return ""
    open_day = day.facts.open_day
    if open_day.is_shut:
        return str(open_day.reason or _("The center is closed on this day."))
    if day.refusal:
        return str(day.refusal)
    if all(closes <= day.facts.now for _opens, closes in open_day.spans):
        return _("This day's opening hours have passed.")
    return _("Nothing is left to be booked on this day.")


def first_free_day(days: dict[dt.date, week_table.Day]) -> dt.date | None:
    """The first of the days with something to book: what a phone shows to those who didn't ask for a day."""
    return next((day for day, column in days.items() if column.free), None)


def can_have(days: dict[dt.date, week_table.Day], slot: Span) -> bool:
    """Whether the slot could be booked as it is; for how many people is asked later."""
    day = days.get(clock.local(slot[0]).date())
    return day is not None and first_refusal(SlotRequest(*slot, headcount=1), day.facts) is None


@dataclasses.dataclass
class Links:
    """Addresses of choosing a slot, another day, another week. What was chosen stays in each."""

    space: Space
    asked: Asked
    horizon: Horizon
    days: dict[dt.date, week_table.Day]

    def __post_init__(self) -> None:
        self.path = reverse("bookings:space_detail", args=[self.space.pk])
        # Said of every free hour of a week: looked up once.
        self.words = _("%(day)s %(time)s, free, choose")
        self.day_names = {day: day_name(day) for day in self.days}
        pick = self.asked.pick
        self.length = pick[1] - pick[0] if pick else USUAL_LENGTH
        # End of each address, which keeps what was said besides the slot.
        said = {"headcount": self.asked.headcount, "purpose": self.asked.purpose}
        self.kept = "".join(f"&{name}={value}" for name, value in said.items() if value)

    def slot_from(self, start: dt.datetime) -> Span:
        """Slot that is offered from `start`: for the length chosen before, or for as long as is free."""
        return start, self.end_of(start, self.length)

    def to_slot(self, slot: Span) -> str:
        return f"{self.path}?{slot_query(*slot)}{self.kept}#book"

    def end_of(self, start: dt.datetime, length: dt.timedelta) -> dt.datetime:
        free_until = self.free_until(start) or start + length
        return min(start + length, free_until, start + self.longest_on(clock.local(start).date()))

    def longest_on(self, day: dt.date) -> dt.timedelta:
        """The longest use that the policy of that day lets people book."""
        return dt.timedelta(minutes=self.days[day].facts.policy.longest_minutes)

    def free_until(self, start: dt.datetime) -> dt.datetime | None:
        """The end of the free stretch that `start` lies in."""
        day = self.days.get(clock.local(start).date())
        return next((b for a, b in day.free if a <= start < b), None) if day else None

    def ends(self) -> list[dict[str, Any]]:
        """Ends that can be chosen for the slot's start: every half hour until it's taken, shut or too long."""
        if not self.asked.pick:
            return []
        start, chosen = self.asked.pick
        last = self.end_of(start, self.longest_on(clock.local(start).date()))
        ends = [start + STEP * n for n in range(1, (last - start) // STEP + 1)]
        return [
            {
                "value": slot_moment(end),
                "words": end_clock(end),
                "length": end - start,
                "chosen": end == chosen,
            }
            for end in ends
        ]

    def to_day(self, day: dt.date) -> str:
        return f"{self.path}?week={self.asked.first}&day={day}{self.kept}#slots"

    def to_week(self, step: int) -> str | None:
        """A week on or back; None where there is nothing to book."""
        first = self.asked.first + dt.timedelta(days=step * DAYS_SHOWN)
        today = self.horizon.today
        if (step < 0 and self.asked.first <= today) or not self.horizon.has_from(first):
            return None
        return f"{self.path}?week={max(first, today)}{self.kept}#week"


def week_rows(week: week_table.Week, links: Links) -> list[dict[str, Any]]:
    """Rows for the week component."""
    return [
        {"label": f"{row.hour.hour}:00", "cells": [week_cell(cell, links) for cell in row.cells]} for row in week.rows
    ]


def week_cell(cell: week_table.WeekCell, links: Links) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": cell.kind, "rows": cell.rows}
    if cell.kind == "free":
        shown["url"] = links.to_slot(links.slot_from(cell.start))
        shown["label"] = links.words % {
            "day": links.day_names[clock.local(cell.start).date()],
            "time": clock_words(cell.start),
        }
    elif cell.kind == "early":
        refusal = links.days[clock.local(cell.start).date()].refusal
        shown |= {"kind": "shut", "words": DAY_WORDS[type(refusal)] if refusal else ""}
    elif cell.kind == "pick":
        shown["url"] = "#book"
        shown["words"] = clock_span(cell.start, cell.end)
    return shown


def phone_slots(cells: list[week_table.WeekCell], links: Links) -> list[dict[str, Any]]:
    """Slots of one day for the slots component: of a free hour what its link chooses. A chosen slot stands once."""
    slots: list[dict[str, Any]] = []
    for cell in cells:
        if cell.kind == "pick" and slots and slots[-1]["kind"] == "pick":
            continue
        is_free = cell.kind == "free"
        span = links.slot_from(cell.start) if is_free else (cell.start, cell.end)
        url = links.to_slot(span) if is_free else None
        slots.append({"kind": cell.kind, "words": clock_span(*span), "url": url})
    return slots


def table_row(column: week_table.Day) -> dict[str, Any]:
    """A day in words: when free, when taken, or why shut."""
    day, facts = column.day, column.facts
    if facts.open_day.is_shut:
        return {"day": day, "shut": facts.open_day.reason or _("Closed")}
    # Each cell of a hall that divides tells its own spans: together they are taken once.
    taken = merge(clip(facts.taken, (clock.midnight(day), clock.midnight(day + dt.timedelta(days=1)))))
    return {
        "day": day,
        "free": [clock_span(a, b) for a, b in column.free],
        "taken": [clock_span(a, b) for a, b in taken],
    }


def notice_words(policy: Policy) -> list[str]:
    """The policy as a resident reads it."""
    workdays, cancel_hours = policy.notice_workdays, policy.cancel_hours
    words = [
        _("Up to %(length)s at a time.") % {"length": duration(policy.longest_minutes)},
        ngettext("Booked up to %(n)d day ahead.", "Booked up to %(n)d days ahead.", policy.horizon_days)
        % {"n": policy.horizon_days},
        ngettext("%(n)d booking a person and month.", "%(n)d bookings a person and month.", policy.quota_count)
        % {"n": policy.quota_count},
    ]
    if workdays:
        words.insert(
            0, ngettext("Book %(n)d working day ahead.", "Book %(n)d working days ahead.", workdays) % {"n": workdays}
        )
    if cancel_hours:
        words.append(
            _("If you can't come, cancel %(length)s before, so that others can use it.")
            % {"length": duration(cancel_hours * 60)}
        )
    words.append(_("Not for trade, religion, paid classes or fund-raising."))
    return words
