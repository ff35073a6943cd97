"""Setting up when a center is open: its week, and other hours on single dates.

Each verb checks its actor, keeps all or nothing, and returns what the new hours leave outside: counted in the
transaction that sets them, under the locks of whoever keeps something for a time of day (`centers.domain.conflicts`),
so that nothing slips in between uncounted.
"""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from centers import exceptions as refused
from centers import permissions
from centers.access import Actor
from centers.choices import DayKind
from centers.domain import conflicts
from centers.domain.conflicts import Conflicts
from centers.domain.locks import lock_center
from centers.models import Center, SpecialDay, WeeklyHours
from centers.values.opening import TimeSpan, span_on
from common import clock
from common.words.times import date_words


@transaction.atomic
def set_weekly_hours(*, actor: Actor, center: Center, week: Mapping[DayKind, Sequence[TimeSpan]]) -> list[Conflicts]:
    """Give `center` a week of its own in place of any it had; an empty one lets it take that of the center above again.

    Holds for all below that have no week of their own. Raises NotAllowed, SpanBackwards or SpansOverlap.
    """
    _must_manage(actor, center)
    for kind, spans in week.items():
        _check_spans(spans, DayKind(kind).label)
    _queue_for(center)
    center.weekly_hours.all().delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(center=center, day_kind=kind, opens=opens, closes=closes)
        for kind, spans in week.items()
        for opens, closes in spans
    )
    return conflicts.conflicts_of(center)


@transaction.atomic
def add_special_day(
    *, actor: Actor, center: Center, day: dt.date, times: Sequence[TimeSpan], reason: str = ""
) -> list[Conflicts]:
    """Other hours for `center` on one date, or none at all: shut.

    Raises NotAllowed, SpecialDayExists, SpanBackwards or SpansOverlap.
    """
    _must_manage(actor, center)
    _check_spans(times, date_words(day))
    _queue_for(center)
    if center.special_days.filter(day=day).exists():
        raise refused.SpecialDayExists
    spans: Sequence[tuple[dt.time | None, dt.time | None]] = times or [(None, None)]
    SpecialDay.objects.bulk_create(
        SpecialDay(center=center, day=day, opens=opens, closes=closes, reason=reason) for opens, closes in spans
    )
    return conflicts.conflicts_of(center)


@transaction.atomic
def remove_special_day(*, actor: Actor, center: Center, day: dt.date) -> list[Conflicts]:
    """Let `center` follow its week again on a date. Twice is harmless. Raises NotAllowed."""
    _must_manage(actor, center)
    _queue_for(center)
    center.special_days.filter(day=day).delete()
    return conflicts.conflicts_of(center)


def _must_manage(actor: Actor, center: Center) -> None:
    if not permissions.can_manage(actor, center):
        raise refused.NotAllowed


def _queue_for(center: Center) -> None:
    """Lock what depends on the hours, then the center's row.

    Constraints alone would let what two people entered stand side by side.
    """
    conflicts.lock(center)
    lock_center(center.pk)


def _check_spans(times: Sequence[TimeSpan], day: Any) -> None:
    """Each closes after it opens, and no two share a moment; those that touch are fine.

    `day`: in words, for who is refused.
    """
    # Of whatever day: they are only compared with each other.
    spans = sorted(span_on(clock.today(), one) for one in times)
    if any(closes <= opens for opens, closes in spans):
        raise refused.SpanBackwards(day=day)
    if any(before[1] > after[0] for before, after in itertools.pairwise(spans)):
        raise refused.SpansOverlap(day=day)
