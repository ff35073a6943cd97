"""A small network, with people in every post where they are asked for, and records in it."""

from typing import Any

import pytest

from centers.models import Center
from tests.factories.centers import make_tree
from tests.factories.reports import OCTOBER, Network, at, held, make_network
from tests.support.time import TestClock

NOVEMBER = OCTOBER.after
__all__ = ["NOVEMBER", "OCTOBER", "at", "held"]


@pytest.fixture
def network(db: None, clock: Any) -> list[list[Center]]:
    """A city, two towns, two villages under each."""
    return make_tree(2, 2)


@pytest.fixture
def reporting(db: Any, clock: TestClock) -> Network:
    """On 3 November: the village has held two activities in October."""
    clock.move_to(at(11, 3))
    network = make_network()
    held(network.village, at(10, 7), people=12)
    held(network.village, at(10, 14), people=30)
    return network
