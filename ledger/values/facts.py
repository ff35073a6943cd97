"""Facts that a ledger and a work log are made of, as pages, PDF and sheets all tell them."""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any


@dataclasses.dataclass(frozen=True)
class Arrival:
    """Somebody checked in. `name`: in full of an adult, the surname with 某 of a minor."""

    name: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True)
class GroupCount:
    """People counted at the door as one organisation, with their names where staff entered them."""

    organization: str
    count: int
    at: dt.datetime
    names: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Correction:
    """Correction of a record: who, when, why, and each field before and after."""

    at: dt.datetime
    who: str
    reason: str
    changes: tuple[tuple[str, Any, Any], ...]


@dataclasses.dataclass(frozen=True)
class PhotoFact:
    """Photo of an activity. `sha256`: of its file, once that was read; empty where the file isn't there."""

    name: str
    width: int
    height: int
    sha256: str = ""


@dataclasses.dataclass(frozen=True)
class ActivityFacts:
    """Ledger of an activity: plan, notice, sign-in, photos, record and its corrections. Names no phone and no birthday.

    `published_at`: since when its page told residents of it, which is a notice as much as the text is; None where it
    had no page. `attendance`: None until it is recorded. `kind`, `line`, `format` and `audience` are values of their
    choices.
    """

    reference: str
    title: str
    center: str
    co_hosts: tuple[str, ...]
    kind: str
    line: str
    format: str
    audience: str
    theme: str
    campaign: str
    place: str
    contact_post: str
    capacity: int | None
    ages: tuple[int | None, int | None]
    starts_at: dt.datetime
    ends_at: dt.datetime
    notice: str
    published_at: dt.datetime | None
    signed_up: int
    arrivals: tuple[Arrival, ...]
    groups: tuple[GroupCount, ...]
    walked_in: int
    attendance: int | None
    note: str
    recorded_by: str
    recorded_at: dt.datetime | None
    corrections: tuple[Correction, ...]
    photos: tuple[PhotoFact, ...]

    @property
    def at_door(self) -> int:
        """Number of people checked in or counted."""
        return len(self.arrivals) + sum(group.count for group in self.groups) + self.walked_in

    @property
    def has_notice(self) -> bool:
        """Whether residents were told of it beforehand: by a page of its own, or by a text that is kept."""
        return bool(self.notice or self.published_at)

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of the parts that a whole ledger has and this one lacks, in the order they are told."""
        lacks = {
            "record": self.attendance is None,
            "notice": not self.has_notice,
            "sign_in": not self.at_door,
            "photos": not self.photos,
            "note": self.attendance is not None and not self.note,
        }
        return tuple(code for code, is_lacking in lacks.items() if is_lacking)


@dataclasses.dataclass(frozen=True)
class UseFact:
    """Use of a room that was booked and not made an activity. Not who booked it."""

    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    people: int
    purpose: str


@dataclasses.dataclass(frozen=True)
class LineFact:
    """Line that staff added to a day; `corrected`: how often since it was first written."""

    id: int
    text: str
    who: str
    at: dt.datetime
    corrected: int = 0


@dataclasses.dataclass(frozen=True)
class DayActivity:
    """Recorded activity in the work log. `led_by`: the center that leads it, where that is another."""

    reference: str
    title: str
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    attendance: int
    note: str
    led_by: str = ""


@dataclasses.dataclass(frozen=True)
class DayFacts:
    """Work of one day at a center: recorded activities, uses of rooms, requests decided, the free line."""

    day: dt.date
    activities: tuple[DayActivity, ...] = ()
    uses: tuple[UseFact, ...] = ()
    approved: int = 0
    rejected: int = 0
    line: LineFact | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.activities or self.uses or self.approved or self.rejected or self.line)


def checksum_of(facts: Sequence[Any]) -> str:
    """SHA-256 of facts: the same facts have the same, whenever and in whatever language they are printed."""
    told = [dataclasses.asdict(one) for one in facts]
    text = json.dumps(told, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> str:
    """Moments in UTC, so that they read alike however they came."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r} isn't a fact")
