"""Recognition of rows: whether the portal, or the sheet itself, has the activity already.

What the portal has of the centers is loaded by the months that the rows tell of, each month once; a row's own number is
looked up wherever it is. Two queries at most for as many rows as are learned at a time.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q

from activities.choices import COUNTED, ENDED, ActivityState
from activities.models import Activity
from common import clock
from common.words.times import clock_words
from imports.choices import Verdict
from imports.values.asking import LEAVE, Answers
from imports.values.identity import base_of, identity_of, same_title
from imports.values.reading import DAY_START, Reading, Values

APPLY, ANOTHER, SAME = "apply", "another", "same"
# A shorter title is part of too many.
SHORTEST_ALIKE = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """Activity that the portal has: by id, its start where hours are said, its number of people (None: unrecorded)."""

    pk: int
    start: dt.time | None
    attendance: int | None
    title: str


@dataclasses.dataclass(frozen=True)
class Known:
    """Record of a known activity: people, note, and whether it is one to which an organisation can be added."""

    attendance: int | None
    note: str
    lacks_organization: bool


@dataclasses.dataclass(frozen=True)
class Judged:
    """Row after recognition: its reading, identity, and the activity that it repeats or changes."""

    reading: Reading
    identity: str = ""
    activity: int | None = None
    is_ready: bool = False


class Recogniser:
    """Recogniser of the rows of one sheet, in their order; it remembers what it has seen."""

    def __init__(self, centers: Collection[int]) -> None:
        self.by_base: dict[bytes, list[Standing]] = {}
        self.by_day: dict[tuple[int, dt.date], list[Standing]] = {}
        self.by_number: dict[str, tuple[int, bytes]] = {}
        self.seen: dict[bytes, list[tuple[dt.time | None, int, int, str]]] = {}
        self.centers = centers
        self.months: set[dt.date] = set()

    def learn(self, readings: Iterable[Reading]) -> None:
        """Load what the portal has in the months of these rows, and under their numbers. Before they are judged."""
        told = [reading.values for reading in readings if reading.values is not None]
        months = {values.day.replace(day=1) for values in told} - self.months
        if months:
            self.months |= months
            for activity, base, day in self._found(_within(months)):
                standing = Standing(
                    activity["pk"], _start(activity["starts_at"]), activity["attendance"], activity["title"]
                )
                self.by_base.setdefault(base, []).append(standing)
                self.by_day.setdefault((activity["center_id"], day), []).append(standing)
                self.by_number[activity["reference"]] = (activity["pk"], base)
        elsewhere = {values.number for values in told if values.number} - self.by_number.keys()
        if elsewhere:
            for activity, base, _day in self._found(Q(reference__in=elsewhere)):
                self.by_number[activity["reference"]] = (activity["pk"], base)

    def _found(self, where: Q) -> Iterator[tuple[dict[str, Any], bytes, dt.date]]:
        """Activities of the centers that stand, each with what identifies it and its day."""
        standing = Activity.objects.filter(where, center__in=self.centers).exclude(state__in=ENDED)
        names = ("pk", "reference", "center_id", "kind", "title", "starts_at", "attendance")
        for activity in standing.values(*names).iterator():
            day = clock.local(activity["starts_at"]).date()
            yield activity, base_of(activity["center_id"], activity["kind"], day, activity["title"]), day

    def judge(self, reading: Reading, number: int, answers: Answers) -> Judged:
        """Judge a row that was read; what isn't an activity stays as it is."""
        values = reading.values
        if values is None:
            return Judged(reading)
        base = base_of(values.center, values.kind, values.day, values.title)
        start = clock.local(values.starts_at).time() if values.has_time else None
        if judged := self._by_number(reading, values, base) or self._by_identity(reading, values, base, start, answers):
            return judged
        judged = self._in_this_sheet(reading, values, base, start, answers, number)
        if judged is None:
            judged = self._alike(reading, values, base, start, answers, number)
        self.seen.setdefault(base, []).append((start, number, values.people, values.number))
        return judged

    def remember(self, said: Values, number: int) -> None:
        """Remember a row of the sheet that was judged before."""
        start = clock.local(said.starts_at).time() if said.has_time else None
        base = base_of(said.center, said.kind, said.day, said.title)
        self.seen.setdefault(base, []).append((start, number, said.people, said.number))

    def _by_number(self, reading: Reading, values: Values, base: bytes) -> Judged | None:
        known = self.by_number.get(values.number) if values.number else None
        if known is None:
            return None
        pk, its_base = known
        if its_base != base:
            return Judged(_refused(reading, "number_differs", said=values.number))
        standing = next(one for one in self.by_base[base] if one.pk == pk)
        return self._known(reading, values, standing)

    def _by_identity(
        self, reading: Reading, values: Values, base: bytes, start: dt.time | None, answers: Answers
    ) -> Judged | None:
        standing = self.by_base.get(base, [])
        exact = [one for one in standing if start is None or one.start is None or one.start == start]
        if exact:
            same = next((one for one in exact if one.attendance == values.people), exact[0])
            return self._known(reading, values, same)
        if not standing or answers.get("other_time") == ANOTHER:
            return None
        if answers.get("other_time") == LEAVE:
            return Judged(_left(reading))
        at = clock_words(standing[0].start) if standing[0].start else ""
        return Judged(_asked(reading, "other_time", [ANOTHER], title=standing[0].title, at=at))

    def _known(self, reading: Reading, values: Values, standing: Standing) -> Judged:
        """Known as it is, or changed; whether its note changed is seen later, when all are compared (`compare`)."""
        if standing.attendance is None:
            return Judged(_refused(reading, "planned_here", title=standing.title))
        return Judged(dataclasses.replace(reading, verdict=Verdict.KNOWN, code="known_here"), activity=standing.pk)

    def _in_this_sheet(
        self,
        reading: Reading,
        values: Values,
        base: bytes,
        start: dt.time | None,
        answers: Answers,
        number: int,
    ) -> Judged | None:
        for its_start, its_number, people, its_reference in self.seen.get(base, ()):
            both_said = start is not None and its_start is not None
            if (both_said and start != its_start) or (
                values.number and its_reference and values.number != its_reference
            ):
                continue
            if people == values.people:
                known = dataclasses.replace(
                    reading, verdict=Verdict.KNOWN, code="known_in_file", params={"row": its_number}
                )
                return Judged(known)
            if answers.get("twice_in_file") == LEAVE:
                return Judged(_left(reading))
            if answers.get("twice_in_file") != ANOTHER:
                return Judged(_asked(reading, "twice_in_file", [ANOTHER], row=its_number, people=people))
            return Judged(reading, identity_of(base, start, number), is_ready=True)
        return None

    def _alike(
        self,
        reading: Reading,
        values: Values,
        base: bytes,
        start: dt.time | None,
        answers: Answers,
        number: int,
    ) -> Judged:
        title = same_title(values.title)
        alike = next(
            (one for one in self.by_day.get((values.center, values.day), ()) if _is_alike(one, title, values.people)),
            None,
        )
        answer = answers.get("looks_alike")
        if alike and answer == LEAVE:
            return Judged(_left(reading))
        if alike and answer != ANOTHER:
            return Judged(_asked(reading, "looks_alike", [ANOTHER], title=alike.title, people=values.people))
        another = number if values.number and self.seen.get(base) else 0
        return Judged(reading, identity_of(base, start, another), is_ready=True)


def _within(months: Iterable[dt.date]) -> Q:
    """Condition: begun in one of these months, which are told by their first days."""
    within = Q()
    for first in sorted(months):
        after = (first + dt.timedelta(days=31)).replace(day=1)
        within |= Q(starts_at__gte=clock.midnight(first), starts_at__lt=clock.midnight(after))
    return within


def _start(moment: dt.datetime) -> dt.time | None:
    """The hour at which it began; None of a day without hours."""
    time = clock.local(moment).time()
    return None if time == DAY_START else time


def compare(judged: Sequence[tuple[Judged, Answers]]) -> list[Judged]:
    """Known rows compared with their activities: those that say another number or note are changes. One query.

    A change too, which nobody need be asked about, is the organisation inspected where the portal knew none.
    """
    known = {one.activity for one, _answers in judged if one.activity is not None}
    found = Activity.objects.filter(pk__in=known, state__in=COUNTED)
    names = ("pk", "attendance", "record__note", "state", "inspection__organization")
    standing = {
        pk: Known(attendance, note or "", state == ActivityState.RECORDED and organization is None)
        for pk, attendance, note, state, organization in found.values_list(*names)
    }
    return [_compared(one, answers, standing) for one, answers in judged]


def _compared(judged: Judged, answers: Answers, standing: dict[int, Known]) -> Judged:
    values = judged.reading.values
    if judged.activity not in standing or values is None:
        return judged
    known = standing[judged.activity]
    attendance, note = known.attendance, known.note
    new_note = values.note or note
    adds_organization = known.lacks_organization and values.organization is not None
    if (attendance, note) == (values.people, new_note):
        return _with_organization(judged, known) if adds_organization else judged
    if answers.get("changed") == LEAVE:
        return Judged(_left(judged.reading), activity=judged.activity)
    params: dict[str, Any] = {"before": attendance, "after": values.people}
    if note != new_note:
        params |= {"note_before": note, "note_after": new_note}
    notes = [*judged.reading.notes, *(["organization_added"] if adds_organization else [])]
    reading = dataclasses.replace(
        judged.reading, verdict=Verdict.CHANGED, code="changed", params={**params, "options": [APPLY]}, notes=notes
    )
    return Judged(reading, activity=judged.activity, is_ready=answers.get("changed") == APPLY)


def _with_organization(judged: Judged, known: Known) -> Judged:
    """The row as one that adds its organisation, and changes nothing else."""
    params = {"before": known.attendance}
    reading = dataclasses.replace(judged.reading, verdict=Verdict.CHANGED, code="organization_added", params=params)
    return Judged(reading, activity=judged.activity, is_ready=True)


def _is_alike(standing: Standing, title: str, people: int) -> bool:
    its_title = same_title(standing.title)
    shorter = min(its_title, title, key=len)
    return (
        standing.attendance == people
        and len(shorter) >= SHORTEST_ALIKE
        and (its_title in title or title in its_title)
        and its_title != title
    )


def _asked(reading: Reading, code: str, options: list[str], **params: Any) -> Reading:
    return dataclasses.replace(reading, verdict=Verdict.ASKED, code=code, params={**params, "options": options})


def _refused(reading: Reading, code: str, **params: Any) -> Reading:
    return dataclasses.replace(reading, verdict=Verdict.REFUSED, code=code, params=params)


def _left(reading: Reading) -> Reading:
    return dataclasses.replace(reading, verdict=Verdict.LEFT_OUT, code="left_by_answer", params={})
