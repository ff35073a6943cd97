"""Workbench of those who work at centers.

Requests to decide, the rooms of one center today, its bookings of the day.
"""

import dataclasses
import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.choices import GIVEN_BACK, Status
from bookings.domain.uses import BookingUse, uses_of
from bookings.exceptions import BookingError
from bookings.models import Booking, BookingContact, Space
from bookings.querysets import BookingQuerySet
from bookings.selectors.day_bar import span_around
from bookings.selectors.unusable import refusals_of_use
from centers.access import Viewer
from centers.domain import hours
from centers.models import Center
from common import clock
from common.words.times import clock_span, clock_words, end_clock

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


@dataclasses.dataclass(frozen=True)
class Card:
    """A booking as its center's staff see it. The contact may have been erased.

    `refusal`: why it can't be used any more. `uses`: what was made of it, or can be.
    """

    booking: Booking
    contact: BookingContact | None
    now: dt.datetime
    refusal: BookingError | None = None
    is_own: bool = False
    uses: Sequence[BookingUse] = ()

    @property
    def who(self) -> str:
        """Organisation and contact, or only the contact; empty if they were erased."""
        return (
            " · ".join(part for part in (self.contact.organisation, self.contact.name) if part) if self.contact else ""
        )

    @property
    def is_hot(self) -> bool:
        """Whether the answer is due today, or overdue."""
        due = self.booking.decide_by
        return due is not None and clock.local(due).date() <= clock.local(self.now).date()

    @property
    def can_decide(self) -> bool:
        return self.booking.is_undecided and not self.is_own

    @property
    def can_cancel(self) -> bool:
        return self.booking.is_to_come

    @property
    def is_in_use(self) -> bool:
        return self.booking.status == Status.APPROVED and self.booking.starts_at <= self.now < self.booking.ends_at

    @property
    def can_release(self) -> bool:
        return self.booking.can_end_early


def cards(bookings: Iterable[Booking], viewer: Viewer) -> list[Card]:
    """Bookings (with space, center and contact selected) as `viewer` sees them.

    Two queries if any is to come, and those of its uses.
    """
    now, shown = clock.now(), list(bookings)
    refusals, uses = refusals_of_use(shown), uses_of(shown, viewer)
    return [
        Card(
            booking,
            getattr(booking, "contact", None),
            now,
            refusal=refusals.get(booking.pk),
            is_own=booking.booker_id == viewer.pk,
            uses=uses[booking.pk],
        )
        for booking in shown
    ]


def undecided(user: Viewer) -> BookingQuerySet:
    """Requests that wait at the centers `user` works for, the nearest deadline first. A lazy queryset."""
    waiting = Booking.objects.manageable_by(user).undecided(clock.now())
    return waiting.select_related("space__center", "contact").order_by("decide_by", "id")


def to_decide(user: Viewer) -> BookingQuerySet:
    """Requests whose answer is up to `user` (`BookingQuerySet.up_to`), the nearest deadline first. A lazy queryset."""
    waiting = Booking.objects.up_to(user, clock.now())
    return waiting.select_related("space__center", "contact").order_by("decide_by", "id")


def waiting_count(user: Viewer) -> int:
    """Number of requests whose answer is up to `user`. One query."""
    return to_decide(user).count()


def waiting_below_count(user: Viewer) -> int:
    """Number of requests that `user` may answer, and that are up to others who work nearer. Two queries."""
    return undecided(user).exclude(booker_id=user.pk).count() - waiting_count(user)


def held_on(center: Center, day: dt.date) -> list[Booking]:
    """Bookings that hold a room of `center` (itself, not what is below) on `day`, by start. One query."""
    return _on_day(Booking.objects.holding(), center, day)


def given_back_on(center: Center, day: dt.date) -> list[Booking]:
    """Bookings of a room of `center` itself on `day` that were cancelled or refused, by start. One query."""
    return _on_day(Booking.objects.filter(status__in=GIVEN_BACK), center, day)


def _on_day(bookings: BookingQuerySet, center: Center, day: dt.date) -> list[Booking]:
    start = clock.midnight(day)
    found = bookings.filter(space__center=center).overlapping(start, start + DAY)
    return list(found.select_related("space__center", "contact").order_by("starts_at", "space_id"))


# The drawing of a day: one row a room, in units of its own (the style sheet scales it).
NAMES_WIDTH, BARS_WIDTH, WIDTH = 90.0, 524.0, 620
ROW, TOP, FOOT, LINE = 49, 34, 22, 17
# Half-width letters that fit: beside a row, and in a bar per unit of its width.
NAME_LETTERS, LATIN_NAME_LETTERS, LETTER_UNITS, BAR_PADDING = 12, 13, 6.9, 12


@dataclasses.dataclass(frozen=True)
class Bar:
    """A booking in a row. `is_pending` is drawn dashed and says so."""

    x: float
    width: float
    words: str
    is_pending: bool

    @property
    def label_x(self) -> float:
        return round(self.x + BAR_PADDING / 2, 1)


@dataclasses.dataclass(frozen=True)
class TimelineRow:
    """A room: its name on one line or two, as far as it fits; where its row begins; its bars."""

    name: list[str]
    full_name: str
    y: int
    bars: list[Bar]

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The lines of the name, each with the height it stands at."""
        first = self.y + (27 if len(self.name) == 1 else 19)
        return [(first + LINE * n, words) for n, words in enumerate(self.name)]


@dataclasses.dataclass(frozen=True)
class Timeline:
    """The rooms of a center on one day, ready to be drawn; `words` says the same to those who don't see it."""

    rows: list[TimelineRow]
    ticks: list[tuple[float, str]]
    now_x: float | None
    now_words: str
    words: str

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return TOP + ROW * len(self.rows) + FOOT

    @property
    def foot(self) -> int:
        return TOP + ROW * len(self.rows)


def timeline(center: Center, day: dt.date, bookings: Sequence[Booking]) -> Timeline:
    """The day of `center`'s rooms in use, and of others that are booked.

    Six queries, whatever the number of rooms and bookings.
    """
    booked = {booking.space_id for booking in bookings}
    spaces = [
        space for space in Space.objects.filter(center=center).order_by("id") if space.is_active or space.pk in booked
    ]
    open_spans = hours.open_days([center.pk], day, day)[center.pk][day].spans
    scale = _Scale(*span_around(day, [*open_spans, *((booking.starts_at, booking.ends_at) for booking in bookings)]))
    rows = [
        TimelineRow(
            _name(space.shown_name),
            space.shown_name,
            TOP + ROW * n,
            [scale.bar(b) for b in bookings if b.space_id == space.pk],
        )
        for n, space in enumerate(spaces)
    ]
    now = clock.now()
    return Timeline(
        rows=rows,
        ticks=scale.ticks(),
        now_x=scale.x(now) if scale.start <= now <= scale.end else None,
        now_words=clock_words(now),
        words=_in_words(spaces, bookings, now),
    )


@dataclasses.dataclass(frozen=True)
class _Scale:
    """From moments of a day to units of the drawing."""

    start: dt.datetime
    end: dt.datetime

    def x(self, moment: dt.datetime) -> float:
        """Position of a moment, rounded to a tenth of a unit; moments outside stand at the edge."""
        inside = min(max(moment, self.start), self.end)
        return round(NAMES_WIDTH + BARS_WIDTH * ((inside - self.start) / (self.end - self.start)), 1)

    def bar(self, booking: Booking) -> Bar:
        x, end = self.x(booking.starts_at), self.x(booking.ends_at)
        width = round(max(end - x, 2.0), 1)
        is_pending = booking.status == Status.PENDING
        words = str(booking.shown_status if is_pending else booking.get_purpose_display())
        return Bar(x, width, fit(words, int((width - BAR_PADDING) / LETTER_UNITS)), is_pending)

    def ticks(self) -> list[tuple[float, str]]:
        """Every second hour, or every hour of a short day."""
        count = int((self.end - self.start) / HOUR)
        step = 1 if count <= 6 else 2
        moments = [self.start + n * HOUR for n in range(0, count + 1, step)]
        return [
            (self.x(moment), end_clock(moment) if moment > self.start else clock_words(moment)) for moment in moments
        ]


def _name(words: str) -> list[str]:
    return in_lines(words, LATIN_NAME_LETTERS if words.isascii() else NAME_LETTERS)


def in_lines(words: str, letters: int) -> list[str]:
    """`words` on one line of so many half-width letters, or broken at a blank into two, each cut to fit."""
    first, blank, rest = words.partition(" ")
    if _width(words) <= letters or not blank:
        return [fit(words, letters)]
    while rest and _width(f"{first} {rest.split(' ')[0]}") <= letters:
        word, _blank, rest = rest.partition(" ")
        first = f"{first} {word}"
    return [fit(line, letters) for line in (first, rest) if line]


def fit(words: str, letters: int) -> str:
    """`words` cut to so many half-width letters (a Chinese one takes two), with … where something is missing.

    Nothing below three.
    """
    if _width(words) <= letters:
        return words
    if letters < 3:
        return ""
    kept = ""
    for letter in words:
        if _width(kept + letter) > letters - 1:
            break
        kept += letter
    return f"{kept.rstrip()}…"


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


def _in_words(spaces: Sequence[Space], bookings: Sequence[Booking], now: dt.datetime) -> str:
    """The drawing for those who don't see it: rooms, and when they are taken."""
    rooms = ngettext("{n} room, now {time}.", "{n} rooms, now {time}.", len(spaces)).format(
        n=len(spaces), time=clock_words(now)
    )
    taken = []
    for space in spaces:
        spans = [clock_span(b.starts_at, b.ends_at) for b in bookings if b.space_id == space.pk]
        taken.append(_("{room}: {spans}").format(room=space.shown_name, spans=", ".join(spans) or _("free all day")))
    return " ".join([rooms, *(f"{words};" for words in taken)]).rstrip(";")
