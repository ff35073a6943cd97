"""Roles at centers (granting, ending, withdrawing), staff accounts and new passwords."""

import datetime as dt
from typing import cast

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from accounts.services import people as accounts
from centers import exceptions as refused
from centers import permissions
from centers.access import Actor
from centers.choices import Role
from centers.models import Center, CenterRole
from common import clock
from common.database import violates

ROLE_ONCE = "center_role_once"
ONE_DAY = dt.timedelta(days=1)


def grant_role(
    *, actor: Actor, user: User, center: Center, role: Role, first: dt.date, last: dt.date | None = None
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
        if violates(error, ROLE_ONCE):
            raise refused.RoleExists from error
        raise


@transaction.atomic
def end_role(*, actor: Actor, role: CenterRole, last: dt.date) -> CenterRole:
    """End a role with the day `last` (included). It stays on record.

    Raises NotAllowed, RoleAboveOwn, RoleWithdrawn or RoleDatesWrong.
    """
    held = _endable(actor, role)
    ends_already = held.valid.upper is not None and held.valid.upper <= last
    if ends_already or (held.valid.lower is not None and last < held.valid.lower):
        raise refused.RoleDatesWrong
    held.valid = _days(held.valid.lower, last)
    held.save(update_fields=["valid"])
    return held


@transaction.atomic
def withdraw_role(*, actor: Actor, role: CenterRole) -> CenterRole:
    """Withdraw a role from this moment on, whatever its days; one that starts today or later too.

    It stays on record.

    Raises NotAllowed, RoleAboveOwn, or RoleWithdrawn where somebody was quicker.
    """
    held = _endable(actor, role)
    held.withdrawn_at = clock.now()
    held.save(update_fields=["withdrawn_at"])
    return held


def _endable(actor: Actor, role: CenterRole) -> CenterRole:
    """Lock and load a role that `actor` may end."""
    held = CenterRole.objects.select_for_update(of=("self",)).select_related("center").get(pk=role.pk)
    _may_grant(actor, held.center, Role(held.role))
    if held.withdrawn_at is not None:
        raise refused.RoleWithdrawn
    return held


@transaction.atomic
def add_staff(
    *, actor: Actor, center: Center, role: Role, first: dt.date, username: str, name: str, password: str
) -> CenterRole:
    """Make a staff account and give it its role here at once.

    Raises what `grant_role` and `accounts.services.people.create_staff` raise.
    """
    _may_grant(actor, center, role)
    user = accounts.create_staff(username=username, password=password, name=name)
    return grant_role(actor=actor, user=user, center=center, role=role, first=first)


def check_giving_password(*, actor: Actor, person: User) -> None:
    """Raise beforehand what `give_password` would refuse, whatever the password.

    Raises PasswordOfOneself, PasswordBeyondReach, or what `accounts.services.people.check_can_be_given_password`
    raises.
    """
    if person == actor:
        raise refused.PasswordOfOneself
    accounts.check_can_be_given_password(person=person)
    if not permissions.can_give_password(actor, person):
        raise refused.PasswordBeyondReach


@transaction.atomic
def give_password(*, actor: Actor, person: User, password: str) -> None:
    """Set a new password for `person`, who forgot theirs; at the next sign-in they must replace it.

    Of two at once the last holds.

    Raises what `check_giving_password` and `accounts.services.people.give_password` raise.
    """
    # A role granted at this moment is waited for (`grant_role` locks the same row), so that it counts.
    held = get_user_model().objects.select_for_update(of=("self",)).get(pk=person.pk)
    check_giving_password(actor=actor, person=held)
    # A visitor was refused by the check.
    accounts.give_password(actor=cast("User | None", actor), person=held, password=password)


def _may_grant(actor: Actor, center: Center, role: Role) -> None:
    grantable = permissions.grantable_roles(actor, center)
    if not grantable:
        raise refused.NotAllowed
    if role not in grantable:
        raise refused.RoleAboveOwn


def _days(first: dt.date | None, last: dt.date | None) -> DateRange:
    return DateRange(first, None if last is None else last + ONE_DAY, "[)")
