"""Every text of these tests lands in one box."""

from typing import Any

import pytest

from tests.accounts.sign_in import Mailbox, use_channel


@pytest.fixture
def mailbox(monkeypatch: Any) -> Mailbox:
    box = Mailbox()
    use_channel(monkeypatch, box)
    return box


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    """Words are compared in the language of the message ids; the catalogue has its own tests."""
    settings.LANGUAGE_CODE = "en"
