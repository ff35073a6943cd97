"""Set-up state of centers: what of them is entered, and what waits at each. One query for any number of centers."""

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from bookings.models import Booking, BookingPolicy, Space
from centers.choices import WORKING
from centers.models import Center, CenterAncestor, CenterParent, CenterRole, WeeklyHours
from centers.querysets import CenterQuerySet
from common import clock


@dataclasses.dataclass(frozen=True)
class GapKind:
    """Kind of gap in the set-up of a center. `words` go after a number; `short` names it in a list; `hint` says why
    it matters.

    `page`: name of the page on which it is entered, which takes the center's code. `is_listed`: whether the list of
    centers names it at each; what has a column there, or is so nearly everywhere, would only be noise.
    """

    condition: Q
    words: Promise | str
    short: Promise | str
    hint: Promise | str = ""
    page: str = "pages:center_manage"
    is_listed: bool = True


GAPS = {
    "phone": GapKind(Q(phone=""), _("have no phone"), _("phone"), _("Residents can't call them.")),
    "address": GapKind(Q(address=""), _("have no address"), _("address"), _("Residents don't find the way.")),
    "hours": GapKind(
        Q(own_hours=False),
        _("have no opening hours of their own"),
        _("own hours"),
        _("Those of the level above are shown, which may be wrong."),
        page="centers:hours_edit",
    ),
    "staff": GapKind(
        Q(staff=0),
        _("have no staff"),
        _("staff"),
        _("Their requests go to whoever works above."),
        page="centers:role_list",
    ),
    "rooms": GapKind(Q(rooms=0), _("have no room to book"), _("rooms"), page="bookings:space_list_manage"),
    "rules": GapKind(
        Q(own_rules=False),
        _("have no booking rules of their own"),
        _("own rules"),
        _("Those of the level above hold."),
        page="bookings:policy_edit",
        is_listed=False,
    ),
    "unrecorded": GapKind(
        Q(unrecorded__gt=0),
        _("have activities to record"),
        _("records"),
        _("They don't count yet."),
        is_listed=False,
    ),
}


def set_up_below(center: Center, *, only: bool = False) -> CenterQuerySet:
    """Public centers below `center`, itself among them (or alone), with their set-up state annotated. Lazy.

    `parent_name`, `own_hours`, `own_rules`, `rooms`, `staff`, `pending`, `overdue`, `unrecorded`, and for
    each of GAPS whether it is one (`lacks_phone`).
    """
    day, now = clock.today(), clock.now()
    found = Center.objects.public()
    found = found.filter(pk=center.pk) if only else found.filter(ancestor_rows__in=_edges_to(center, day))
    lacks = {f"lacks_{name}": ExpressionWrapper(gap.condition, BooleanField()) for name, gap in GAPS.items()}
    return found.annotate(**_set_up(day, now)).annotate(**lacks).select_related("level")


def _edges_to(center: Center, day: dt.date) -> QuerySet[Any]:
    return CenterAncestor.objects.on(day).filter(ancestor=center)


def _set_up(day: dt.date, now: dt.datetime) -> dict[str, Any]:
    here = OuterRef("pk")
    waiting = Booking.objects.undecided(now).filter(space__center=here)
    return {
        "parent_name": Subquery(CenterParent.objects.on(day).filter(center=here).values("parent__name")[:1]),
        "own_hours": Exists(WeeklyHours.objects.filter(center=here)),
        "own_rules": Exists(BookingPolicy.objects.filter(center=here)),
        "rooms": _count(Space.objects.filter(center=here, is_active=True)),
        "staff": _count(CenterRole.objects.on(day).filter(center=here, role__in=WORKING), "user"),
        "pending": _count(waiting, by="space__center"),
        "overdue": _count(waiting.overdue(now), by="space__center"),
        "unrecorded": _count(Activity.objects.unrecorded(now).filter(center=here)),
    }


def _count(rows: QuerySet[Any], what: str = "pk", *, by: str = "center") -> Coalesce:
    """Subquery of the number of rows of the outer center; 0 where there is none."""
    counted = rows.order_by().values(by).annotate(n=Count(what, distinct=what != "pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
