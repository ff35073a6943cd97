"""A small network, and records in it at given moments."""

import datetime as dt
from typing import Any

import pytest

from activities.choices import ActivityState
from activities.models import Activity
from centers.models import Center
from common import clock as product_clock
from common.months import Month
from tests.factories.activities import make_activity
from tests.factories.centers import make_tree

OCTOBER = Month(dt.date(2026, 10, 1))
NOVEMBER = OCTOBER.after


@pytest.fixture
def network(db: None, clock: Any) -> list[list[Center]]:
    """A city, two towns, two villages under each."""
    return make_tree(2, 2)


def at(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0, year: int = 2026) -> dt.datetime:
    """A moment in Shanghai."""
    return product_clock.at(dt.date(year, month, day), dt.time(hour, minute, second))


def held(center: Center, ends_at: dt.datetime, people: int = 10, **fields: Any) -> Activity:
    """A recorded activity of an hour that ends at a moment."""
    made = make_activity(center, state=ActivityState.RECORDED, attendance=people, day=ends_at.date(), **fields)
    Activity.objects.filter(pk=made.pk).update(starts_at=ends_at - dt.timedelta(hours=1), ends_at=ends_at)
    return made
