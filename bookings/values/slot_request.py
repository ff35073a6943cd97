"""Slot request: what somebody asks for, made once where it comes in (a form, the API, a search) and passed on whole."""

import dataclasses
import datetime as dt
from functools import cached_property

from common import clock


@dataclasses.dataclass(frozen=True)
class SlotRequest:
    """Request for [starts_at, ends_at) of a space, for so many people.

    Moments are aware; they are kept in UTC, as the database answers: moments of one time zone compare several times
    quicker. `space_id` is None where many spaces are looked over, `booker_id` where nobody has signed in.
    `is_for_center`: for what the room's own center holds, by who works there. `moved_id`: the booking that is moved to
    this slot, which doesn't stand in its own way.
    """

    starts_at: dt.datetime
    ends_at: dt.datetime
    headcount: int
    space_id: int | None = None
    booker_id: int | None = None
    is_for_center: bool = False
    moved_id: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts_at", self.starts_at.astimezone(dt.UTC))
        object.__setattr__(self, "ends_at", self.ends_at.astimezone(dt.UTC))

    @cached_property
    def local_span(self) -> tuple[dt.datetime, dt.datetime]:
        """Start and end in Shanghai, as grid and days are counted."""
        return clock.local(self.starts_at), clock.local(self.ends_at)

    @cached_property
    def day(self) -> dt.date:
        """The day of use in Shanghai."""
        return self.local_span[0].date()

    @property
    def length(self) -> dt.timedelta:
        return self.ends_at - self.starts_at

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        return self.starts_at, self.ends_at

    def moved_to(self, starts_at: dt.datetime) -> "SlotRequest":
        """The same length and headcount from another moment on."""
        return dataclasses.replace(self, starts_at=starts_at, ends_at=starts_at + self.length)
