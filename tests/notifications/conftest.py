"""A kind of message of the tests' own, a box for its texts, and a broker that is asked or isn't."""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from common.messaging import sms
from notifications import nudge, registry
from notifications.registry import Wording


class Mailbox:
    """An SMS channel that keeps what it is given, and fails with `error` as long as there is one."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.error: Exception | None = None

    def send(self, phone: str, text: str) -> None:
        if self.error:
            raise self.error
        self.sent.append((phone, text))


@pytest.fixture(autouse=True)
def mailbox(monkeypatch: Any) -> Mailbox:
    box = Mailbox()
    monkeypatch.setattr(sms, "_channel", lambda path: box)
    return box


def words_of(kind: str, subject_ids: Collection[str]) -> Mapping[str, Wording]:
    return {
        subject_id: Wording(f"{kind} {subject_id}", "text", f"/things/{subject_id}/")
        for subject_id in subject_ids
        if subject_id != "gone"
    }


@pytest.fixture(autouse=True)
def kinds(monkeypatch: Any) -> None:
    monkeypatch.setattr(registry, "_kinds", {"thing": words_of, "other": words_of})


@pytest.fixture(autouse=True)
def broker_asked_anew() -> Iterator[None]:
    nudge.forget_silence()
    yield
    nudge.forget_silence()


@pytest.fixture
def nudges(monkeypatch: Any) -> list[tuple[Any, ...]]:
    """What the worker was asked to do, instead of asking it."""
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr("notifications.services.nudge", lambda *call: asked.append(call))
    return asked


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A path for a Unix socket: at most 107 bytes, which pytest's own directories may exceed."""
    with tempfile.TemporaryDirectory(prefix="s") as directory:
        yield Path(directory) / "s"
