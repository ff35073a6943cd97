"""The register is in the database of every test; where it isn't (another database), it is loaded."""

from typing import Any

import pytest

from accounts.services.people import create_staff
from centers.models import Center
from tests.factories.centers import load_pinghu


@pytest.fixture
def pinghu(db: None) -> dict[str, Any]:
    """The real network by short name: 平湖市, 当湖街道, 水洞埭社区."""
    if not Center.objects.filter(code="330482").exists():
        load_pinghu()
    return {center.short_name: center for center in Center.objects.select_related("level")}


@pytest.fixture
def person(db: None) -> Any:
    """Makes a staff account: `person("anna")`."""
    return lambda username: create_staff(
        username=username, password="long-enough-for-anyone", name=username, password_lasts=True
    )
