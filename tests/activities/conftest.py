"""The cast of the activity tests: a village's center, its staff, and an activity with places."""

import pytest

from accounts.models import User
from activities.models import Activity
from centers.choices import Role
from centers.models import Center
from tests.factories.activities import make_activity
from tests.factories.bookings import make_booker, open_daily
from tests.factories.centers import grant
from tests.support.time import TestClock


@pytest.fixture
def village(db: None, clock: TestClock) -> Center:
    """水洞埭社区, open daily."""
    open_daily(Center.objects.get(code="330482"))
    return Center.objects.get(code="330482001001")


@pytest.fixture
def staff(village: Center) -> User:
    """Somebody who works for the village's center."""
    user = User.objects.create(username="staff-of-village", name="演示站长01")
    grant(user, village, Role.STAFF)
    return user


@pytest.fixture
def resident(db: None, clock: TestClock) -> User:
    return make_booker(1)


@pytest.fixture
def activity(village: Center) -> Activity:
    """Published, Monday 30 November 14:00–16:00, ten places."""
    return make_activity(village, capacity=10)
