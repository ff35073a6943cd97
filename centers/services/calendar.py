"""Calendar of a year: publishing its holidays and make-up workdays.

Which dates are holidays and make-up workdays, before the national calendar's package knows them.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from centers import exceptions as refused
from centers import permissions
from centers.domain.locks import lock_center
from centers.models import CalendarOverride, CalendarYear, Center
from centers.values.opening import CalendarEntry


@transaction.atomic
def publish_year(*, actor: User | None, center: Center, year: int, days: Mapping[dt.date, CalendarEntry]) -> None:
    """Enter the holidays and make-up workdays of a whole year for `center` and all below, in place of any entered.

    It is complete then.

    Raises NotAllowed, or DayOfAnotherYear.
    """
    if not permissions.can_manage(actor, center):
        raise refused.NotAllowed
    if stray := next((day for day in days if day.year != year), None):
        raise refused.DayOfAnotherYear(day=stray.isoformat(), year=year)
    # Whoever else enters the same year waits here.
    lock_center(center.pk)
    center.calendar_overrides.filter(day__year=year).delete()
    CalendarOverride.objects.bulk_create(
        CalendarOverride(center=center, day=day, mark=entry.mark, name=entry.name) for day, entry in days.items()
    )
    CalendarYear.objects.get_or_create(center=center, year=year)
