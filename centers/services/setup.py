"""Setting up a center: its hours, its exceptions, who works there and gets in.

Each verb checks its actor and keeps all or nothing.
"""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.services import people as accounts
from centers import exceptions as refused
from centers import permissions
from centers.choices import DayKind, Role
from centers.models import Center, CenterRole, SpecialDay, WeeklyHours
from centers.values.opening import TimeSpan, span_on
from common import clock
from common.words.times import date_words

ONE_DAY = dt.timedelta(days=1)


@transaction.atomic
def set_weekly_hours(*, actor: Any, center: Center, week: Mapping[DayKind, Sequence[TimeSpan]]) -> None:
    """Give `center` a week of its own in place of any it had; an empty one lets it take that of the center above again.

    Holds for all below that have no week of their own. Raises NotAllowed, SpanBackwards or SpansOverlap.
    """
    _may_manage(actor, center)
    for kind, spans in week.items():
        _check_spans(spans, DayKind(kind).label)
    _queue_for(center)
    center.weekly_hours.all().delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(center=center, day_kind=kind, opens=opens, closes=closes)
        for kind, spans in week.items()
        for opens, closes in spans
    )


@transaction.atomic
def add_special_day(*, actor: Any, center: Center, day: dt.date, times: Sequence[TimeSpan], reason: str = "") -> None:
    """Other hours for `center` on one date, or none at all: shut.

    Raises NotAllowed, SpecialDayExists, SpanBackwards or SpansOverlap.
    """
    _may_manage(actor, center)
    _check_spans(times, date_words(day))
    _queue_for(center)
    if center.special_days.filter(day=day).exists():
        raise refused.SpecialDayExists
    spans: Sequence[tuple[dt.time | None, dt.time | None]] = times or [(None, None)]
    SpecialDay.objects.bulk_create(
        SpecialDay(center=center, day=day, opens=opens, closes=closes, reason=reason) for opens, closes in spans
    )


def remove_special_day(*, actor: Any, center: Center, day: dt.date) -> int:
    """Let `center` follow its week again on a date; how many rows that took. Twice is harmless. Raises NotAllowed."""
    _may_manage(actor, center)
    return center.special_days.filter(day=day).delete()[0]


def grant_role(
    *, actor: Any, user: Any, center: Center, role: Role, first: dt.date, last: dt.date | None = None
) -> CenterRole:
    """Give `user` a role at `center` and all below, from `first` to `last` (included; None: until ended).

    Raises NotAllowed, RoleAboveOwn, RoleDatesWrong, RoleOver or RoleExists.
    """
    _may_grant(actor, center, role)
    if last is not None and last < first:
        raise refused.RoleDatesWrong
    if last is not None and last < clock.today():
        raise refused.RoleOver
    try:
        with transaction.atomic():
            # Two who grant the same at once queue here; on the exclusion constraint they would wait for each other.
            get_user_model().objects.select_for_update(of=("self",)).get(pk=user.pk)
            return CenterRole.objects.create(user=user, center=center, role=role, valid=_days(first, last))
    except IntegrityError as error:
        if "center_role_once" not in str(error):
            raise
        raise refused.RoleExists from error


@transaction.atomic
def end_role(*, actor: Any, role: CenterRole, last: dt.date) -> CenterRole:
    """Let a role hold until `last` (included) and no longer. It stays on record.

    Raises NotAllowed, RoleAboveOwn or RoleDatesWrong.
    """
    held = CenterRole.objects.select_for_update(of=("self",)).select_related("center").get(pk=role.pk)
    _may_grant(actor, held.center, Role(held.role))
    ends_already = held.valid.upper is not None and held.valid.upper <= last
    if ends_already or (held.valid.lower is not None and last < held.valid.lower):
        raise refused.RoleDatesWrong
    held.valid = _days(held.valid.lower, last)
    held.save(update_fields=["valid"])
    return held


@transaction.atomic
def add_staff(
    *, actor: Any, center: Center, role: Role, first: dt.date, username: str, name: str, password: str
) -> CenterRole:
    """Make a staff account and give it its role here at once.

    Raises what `grant_role` and `accounts.services.people.create_staff` raise.
    """
    _may_grant(actor, center, role)
    user = accounts.create_staff(username=username, password=password, name=name)
    return grant_role(actor=actor, user=user, center=center, role=role, first=first)


def check_giving_password(*, actor: Any, person: Any) -> None:
    """Say beforehand what `give_password` would refuse, whatever the password.

    Raises PasswordOfOneself, PasswordBeyondReach, or what `accounts.services.people.check_can_be_given_password`
    raises.
    """
    if person == actor:
        raise refused.PasswordOfOneself
    accounts.check_can_be_given_password(person=person)
    if not permissions.can_give_password(actor, person):
        raise refused.PasswordBeyondReach


@transaction.atomic
def give_password(*, actor: Any, person: Any, password: str) -> None:
    """Set a new password for `person`, who forgot theirs; at the next sign-in they must replace it.

    Of two at once the last holds.

    Raises what `check_giving_password` and `accounts.services.people.give_password` raise.
    """
    # A role granted at this moment is waited for (`grant_role` locks the same row), so that it counts.
    held = get_user_model().objects.select_for_update(of=("self",)).get(pk=person.pk)
    check_giving_password(actor=actor, person=held)
    accounts.give_password(actor=actor, person=held, password=password)


def _queue_for(center: Center) -> None:
    """Wait for whoever else is setting up this center's times.

    Constraints alone would let what two people entered stand side by side.
    """
    Center.objects.select_for_update(of=("self",)).only("pk").get(pk=center.pk)


def _may_manage(actor: Any, center: Center) -> None:
    if not permissions.can_manage(actor, center):
        raise refused.NotAllowed


def _may_grant(actor: Any, center: Center, role: Role) -> None:
    grantable = permissions.grantable_roles(actor, center)
    if not grantable:
        raise refused.NotAllowed
    if role not in grantable:
        raise refused.RoleAboveOwn


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


def _days(first: dt.date | None, last: dt.date | None) -> DateRange:
    return DateRange(first, None if last is None else last + ONE_DAY, "[)")
