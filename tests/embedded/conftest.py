"""A pair of engines for one test, beside those that the test run itself uses."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.clients import Engines


@pytest.fixture
def place() -> Iterator[Path]:
    """A short private directory: pytest's own are too long for a socket."""
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        yield Path(name)


@pytest.fixture
def engines(place: Path) -> Iterator[Engines]:
    """Not started yet: the first client does that."""
    pair = Engines(place / "var")
    yield pair
    pair.close()
