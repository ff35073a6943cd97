"""The cast of the ledger's tests: a village's center and its staff, with storages of the test's own."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from centers.choices import Role
from centers.models import Center
from tests.factories.bookings import open_daily
from tests.factories.centers import grant
from tests.support.time import TestClock


@pytest.fixture(autouse=True)
def storages_of_its_own(settings: Any, tmp_path: Path) -> Path:
    """Photos and files of ledgers, in directories of the test's own."""
    backends = {
        name: {**settings.STORAGES[name], "OPTIONS": {"location": tmp_path / name}} for name in ("photos", "ledger")
    }
    settings.STORAGES = {**settings.STORAGES, **backends}
    return tmp_path


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
def client(staff: User) -> Client:
    """A browser in which the staff have signed in."""
    client = Client()
    client.force_login(staff)
    return client
