"""Setting up what can be booked: rooms, policies, and the times nothing can be used.

Managers and administrators of the center.

History of these tables is written by the database (pghistory). Whatever may strand bookings takes the same cell locks
as booking does, so that no booking slips in between: it is either refused, or among those returned as stranded.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate

from bookings import exceptions as refused
from bookings import exceptions as wrong
from bookings import permissions
from bookings.domain import occupancy
from bookings.models import Booking, BookingPolicy, Cell, Maintenance, Space
from bookings.querysets import BookingQuerySet
from bookings.values.policy import FIELDS
from centers.access import Viewer
from centers.choices import AreaKind
from centers.domain.locks import lock_center
from centers.models import Center, CenterAncestor, Closure
from centers.services import tree
from common import clock
from common.database import violates

NAME_ONCE = "space_name_once_a_center"
CHANGEABLE = ("name", "name_en", "area_kind", "capacity", "equipment", "description", "is_active")


def add_space(
    *,
    actor: Viewer,
    center: Center,
    name: str,
    capacity: int,
    name_en: str = "",
    area_kind: str = AreaKind.ACTIVITY,
    equipment: Collection[str] = (),
    description: str = "",
    is_active: bool = True,
    parts: Sequence[Space] = (),
) -> Space:
    """Add a room to `center`.

    An atom of its own, or with `parts` the hall those rooms make together (it and they exclude each other).

    Raises NotAllowed, NameTaken, EnglishNameTaken, TooFewParts, PartsElsewhere, SameRoom, or ValidationError for a
    value out of range.
    """
    _must_manage(actor, center)
    space = Space(
        center=center,
        name=name,
        name_en=name_en,
        capacity=capacity,
        area_kind=area_kind,
        equipment=list(equipment),
        description=description,
        is_active=is_active,
    )
    space.full_clean(validate_constraints=False)
    with transaction.atomic():
        cell_ids = _cells_of_parts(center, parts) if parts else [Cell.objects.create(center=center, name=name).pk]
        _check_english_name(space)
        _save(space)
        space.cells.set(cell_ids)
    return space


def change_space(*, actor: Viewer, space: Space, **changes: Any) -> Space:
    """Change a room's `CHANGEABLE` fields. What it is made of stays: bookings hold those cells.

    Bookings made before stand as they are. Returns the room as it is saved; `space` itself stays as it was.

    Raises NotAllowed, NameTaken, EnglishNameTaken, or ValidationError for a value out of range.
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"a room's {', '.join(sorted(unknown))} can't be changed")
    _must_manage(actor, space.center)
    with transaction.atomic():
        occupancy.lock_cells([space.pk])
        # Read under the lock: what isn't named here is written as it is now, and a refusal leaves the caller's alone.
        held = Space.objects.select_related("center").get(pk=space.pk)
        for field, value in changes.items():
            setattr(held, field, value)
        held.full_clean(validate_constraints=False)
        if "name_en" in changes:
            _check_english_name(held)
        _save(held)
    return held


def set_policy(
    *, actor: Viewer, center: Center | None = None, space: Space | None = None, **fields: Any
) -> BookingPolicy | None:
    """Set the rules of booking of a center (and what is below it), or of one room.

    None in a field: as the next level up says.

    Fields not named become None too. With nothing set there is no row, and None is returned. Applies to bookings made
    from now on; earlier ones keep the policy stamped on them. Raises NotAllowed, or ValidationError for a value out of
    range.
    """
    unknown = set(fields) - set(FIELDS)
    if unknown or (center is None) == (space is None):
        raise TypeError("set_policy takes the fields of a policy, and either a center or a space")
    owner: Center = space.center if space is not None else center  # type: ignore[assignment]  # one of the two is there
    _must_manage(actor, owner)
    whose = {"space": space} if space is not None else {"center": center}
    values = {name: fields.get(name) for name in FIELDS}
    is_blank = all(value in (None, "") for value in values.values())
    if not is_blank:
        BookingPolicy(**whose, **values).full_clean(validate_unique=False, validate_constraints=False)
    with transaction.atomic():
        # The row may be deleted by one and made anew by another at once: only what stays can be queued for.
        lock_center(owner.pk)
        if is_blank:
            BookingPolicy.objects.filter(**whose).delete()
            return None
        policy, _created = BookingPolicy.objects.update_or_create(**whose, defaults=values)
    return policy


def close_center(
    *, actor: Viewer, center: Center, starts_at: dt.datetime, ends_at: dt.datetime, reason: str
) -> list[Booking]:
    """Shut `center` and all below it in [starts_at, ends_at).

    Returns the live bookings this strands, by start: somebody must call them.

    Raises NotAllowed, EndsBeforeStart, ReasonMissing. Five statements, whatever the number of rooms.
    """
    _must_manage(actor, center)
    _check_span(starts_at, ends_at, reason)
    first, last = clock.local(starts_at).date(), clock.local(ends_at).date()
    below = CenterAncestor.objects.filter(ancestor=center, valid__overlap=DateRange(first, last, "[]")).values("center")
    with transaction.atomic():
        occupancy.lock_cells(Space.objects.filter(center__in=below).values_list("pk", flat=True))
        Closure.objects.create(center=center, starts_at=starts_at, ends_at=ends_at, reason=reason.strip())
        # A center that moves away while the closure lasts is shut only on the days it stands below.
        stands_below = CenterAncestor.objects.filter(
            ancestor=center, center=OuterRef("space__center"), valid__contains=OuterRef("day")
        )
        return list(
            _stranded(starts_at, ends_at)
            .annotate(day=TruncDate("starts_at", tzinfo=clock.SHANGHAI))
            .filter(Exists(stands_below))
        )


def close_center_for_good(*, actor: Viewer, center: Center, on: dt.date, reason: str = "") -> list[Booking]:
    """Close `center` from `on` (today or before).

    Returns the live bookings this strands, by start: somebody must call them.

    Whoever books meanwhile is refused, or among those returned. Raises what
    `centers.services.tree.close_center_for_good` raises.
    """
    with transaction.atomic():
        occupancy.lock_cells(Space.objects.filter(center=center).values_list("pk", flat=True))
        tree.close_center_for_good(actor=actor, center=center, on=on, reason=reason)
        return list(_to_come().filter(space__center=center))


def add_maintenance(
    *, actor: Viewer, space: Space, starts_at: dt.datetime, ends_at: dt.datetime, reason: str
) -> list[Booking]:
    """Take a room out of use in [starts_at, ends_at). Returns the live bookings this strands, by start.

    Those are bookings of the room itself and of whatever shares its cells: half a hall under repair is no hall.
    Raises NotAllowed, EndsBeforeStart, ReasonMissing.
    """
    _must_manage(actor, space.center)
    _check_span(starts_at, ends_at, reason)
    with transaction.atomic():
        cell_ids = occupancy.lock_cells([space.pk])
        Maintenance.objects.create(space=space, starts_at=starts_at, ends_at=ends_at, reason=reason.strip())
        sharing = Space.objects.filter(cells__in=cell_ids).values("pk")
        return list(_stranded(starts_at, ends_at).filter(space__in=sharing))


def _must_manage(actor: Viewer, center: Center) -> None:
    if not permissions.can_manage_spaces(actor, center):
        raise refused.NotAllowed


def _cells_of_parts(center: Center, parts: Sequence[Space]) -> list[int]:
    """Ids of the cells the parts have together, locked. Raises if they don't make a new hall of this center."""
    part_ids = {part.pk for part in parts}
    if len(part_ids) < 2:
        raise wrong.TooFewParts
    if any(part.center_id != center.pk for part in parts):
        raise wrong.PartsElsewhere
    cell_ids = occupancy.lock_cells(part_ids)
    unique = sorted(set(cell_ids))
    for other in Space.objects.filter(center=center).prefetch_related("cells"):
        if sorted(cell.pk for cell in other.cells.all()) == unique:
            raise wrong.SameRoom(name=other.shown_name)
    return unique


def _check_english_name(space: Space) -> None:
    """Each room of a center has an English name of its own, whatever the capitals, or none. Raises EnglishNameTaken.

    Not a constraint: rooms named before the rule may share theirs. Whoever else names a room here waits; cells are
    locked before.
    """
    if not space.name_en:
        return
    lock_center(space.center_id)
    if Space.objects.filter(center=space.center_id, name_en__iexact=space.name_en).exclude(pk=space.pk).exists():
        raise wrong.EnglishNameTaken


def _save(space: Space) -> None:
    """Save inside a savepoint, so that a name somebody else took meanwhile is a refusal and not an error."""
    try:
        with transaction.atomic():
            space.save()
    except IntegrityError as error:
        if violates(error, NAME_ONCE):
            raise wrong.NameTaken from error
        raise


def _check_span(starts_at: dt.datetime, ends_at: dt.datetime, reason: str) -> None:
    if ends_at <= starts_at:
        raise wrong.EndsBeforeStart
    if not reason.strip():
        raise refused.ReasonMissing


def _stranded(starts_at: dt.datetime, ends_at: dt.datetime) -> BookingQuerySet:
    return _to_come().overlapping(starts_at, ends_at)


def _to_come() -> BookingQuerySet:
    """Live bookings that aren't over, with what is needed to call their bookers."""
    return (
        Booking.objects.live()
        .upcoming(clock.now())
        .select_related("space__center", "contact")
        .order_by("starts_at", "id")
    )
