"""A small network with records, on the held clock of the tests (Tuesday 24 November 2026, 10:05)."""

from typing import Any

import pytest

from centers.models import Center
from tests.factories.centers import make_tree


@pytest.fixture
def network(clock: Any) -> list[list[Center]]:
    """A city, two towns, two villages under each."""
    return make_tree(2, 2)
