"""A network with people in every post, in the days after October."""

from typing import Any

import pytest

from tests.factories.reports import Network, at, held, make_network
from tests.support.time import TestClock


@pytest.fixture
def reporting(db: Any, clock: TestClock) -> Network:
    """On 3 November: the village has held two activities in October."""
    clock.move_to(at(11, 3))
    network = make_network()
    held(network.village, at(10, 7), people=12)
    held(network.village, at(10, 14), people=30)
    return network
