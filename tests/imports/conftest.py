"""The cast of the imports: the village's center of the activities, and somebody who works there."""

from pathlib import Path
from typing import Any

import pytest

from tests.activities.conftest import resident, staff, village

__all__ = ["resident", "staff", "village"]


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    """A storage of its own for each test."""
    folder = tmp_path / "imports"
    settings.STORAGES = {
        **settings.STORAGES,
        "imports": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder},
        },
    }
    return folder
