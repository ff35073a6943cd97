"""The register is in the database of every test; where it isn't (another database), it is loaded."""

from typing import Any

import pytest
from django.test import Client

from accounts.services.people import create_staff
from centers.choices import Role
from centers.models import Center
from tests.centers.pages import signed_in
from tests.factories.centers import grant, load_pinghu


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


@pytest.fixture
def manager(pinghu: dict[str, Any], person: Any) -> Client:
    """Signed in as manager of 水洞埭社区."""
    someone = person("manager")
    grant(someone, pinghu["水洞埭社区"], Role.MANAGER)
    return signed_in(someone)
