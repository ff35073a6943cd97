"""A kind of message of the tests' own, a box for its texts, and a broker that is asked or isn't."""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from common.messaging import sms
from notifications.domain import message_kinds
from notifications.domain.message_kinds import MessageKind
from notifications.services import worker
from notifications.values.texts import MessageText


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


@pytest.fixture(autouse=True)
def facts(monkeypatch: Any) -> dict[str, dict[str, Any]]:
    """What is true of each subject of the two kinds by now: `is_current`, `stale_after`. All is well by default.

    The subject "gone" doesn't exist.
    """
    facts: dict[str, dict[str, Any]] = {}

    def texts_of(kind: str, subject_ids: Collection[str]) -> Mapping[str, MessageText]:
        known = [subject_id for subject_id in subject_ids if subject_id != "gone"]
        return {
            each: MessageText(f"{kind} {each}", "text", f"/things/{each}/", **facts.get(f"{kind} {each}", {}))
            for each in known
        }

    kinds = {name: MessageKind(name, "thing", texts_of) for name in ("thing", "other")}
    monkeypatch.setattr(message_kinds, "_kinds", kinds)
    return facts


@pytest.fixture(autouse=True)
def broker_asked_anew() -> Iterator[None]:
    worker.forget_outage()
    yield
    worker.forget_outage()


@pytest.fixture
def wake_ups(monkeypatch: Any) -> list[tuple[Any, ...]]:
    """What the worker was asked to do, instead of asking it."""
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr("notifications.services.worker.wake_worker", lambda *call: asked.append(call))
    return asked


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A path for a Unix socket: at most 107 bytes, which pytest's own directories may exceed."""
    with tempfile.TemporaryDirectory(prefix="s") as directory:
        yield Path(directory) / "s"
