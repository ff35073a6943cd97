"""Rooms and people in a running portal's database, in real time.

Every test makes its own, far enough ahead to be bookable all day.
"""

import datetime as dt
import itertools
from typing import Any

from accounts.models import User
from bookings.models import Space
from centers.models import Center, WeeklyHours
from common import clock
from tests.factories.bookings import make_policy, make_space, open_daily
from tests.support.server import PortalServer

_numbers = itertools.count(1)
# Not the center of the cast, whose hours other tests of the same portal change.
QUIET_CENTER = "330482108"


def live_space(server: PortalServer, *, code: str = QUIET_CENTER, quota: int = 100, **policy: Any) -> Space:
    """A new room at the center with this code, open every day from 8 to 21, with a policy of its own."""
    with server.database():
        city = Center.objects.get(code="330482")
        if not WeeklyHours.objects.filter(center=city).exists():
            open_daily(city)
        space = make_space(Center.objects.get(code=code), f"房间{next(_numbers)}")
        make_policy(space, quota_count=quota, **policy)
        return Space.objects.select_related("center").get(pk=space.pk)


def live_resident(server: PortalServer) -> User:
    """A new resident who has proved to hold their number."""
    with server.database():
        number = next(_numbers)
        return User.objects.create(username=f"live-{number}", phone=f"198{number:08d}", phone_verified_at=clock.now())


def ahead(days: int, hour: int) -> dt.datetime:
    """That hour of Shanghai's clock, so many days from today."""
    return clock.at(clock.today() + dt.timedelta(days=days), dt.time(hour))


def slot_fields(start: dt.datetime, hours: int = 1) -> dict[str, str]:
    """The slot as the check page's form sends it."""
    return {
        "starts_at": clock.local(start).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": clock.local(start + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M"),
        "headcount": "5",
        "purpose": "residents_meeting",
        "name": "演示居民01",
        "agree": "on",
    }
