"""The people of the permission table, and an organisation at their center."""

import pytest

from organizations.models import Organization
from tests.factories.organizations import make_organization
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    return make_cast()


@pytest.fixture
def branch(cast: Cast) -> Organization:
    return make_organization(cast.center)
