"""Logs: they don't grow for ever, and PostgreSQL's doesn't hold what people entered."""

import contextlib
from pathlib import Path

import psycopg2
import pytest

from embedded import logs
from embedded.tails import Tail
from tests.embedded.clients import Engines, eventually

SECRET = "pbkdf2-of-somebody"


@pytest.mark.slow
def test_postgres_notes_that_a_statement_failed_and_not_its_values(engines: Engines) -> None:
    engines.attached()
    engines.query("CREATE TABLE person (phone text UNIQUE, amount int CHECK (amount > 0))")
    insert = "INSERT INTO person VALUES ('{}', {})"
    engines.query(insert.format(SECRET, 1))
    for row in ((SECRET, 1), (f"{SECRET}-2", -1)):
        with contextlib.suppress(psycopg2.IntegrityError):
            engines.query(insert.format(*row))
    said = (engines.places.log / "postgres.log").read_text()
    assert "person_phone_key" in said and "person_amount_check" in said
    assert SECRET not in said


@pytest.mark.slow
def test_logs_are_trimmed_while_the_engines_run(engines: Engines) -> None:
    engines.attached()
    log = engines.places.log / "web.log"
    log.write_bytes(b"x" * (logs.LARGEST_BYTES + 1))
    assert eventually(lambda: log.stat().st_size == 0)
    assert log.with_suffix(".log.1").stat().st_size == logs.LARGEST_BYTES + 1


def test_who_writes_goes_on_at_the_new_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST_BYTES", 10)
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        for line in (b"a first long line\n", b"a second long line\n"):
            writer.write(line)
            logs.trim(tmp_path)
            assert not log.read_bytes()
        writer.write(b"short\n")
        logs.trim(tmp_path)
    assert (log.read_bytes(), log.with_suffix(".log.1").read_bytes()) == (b"short\n", b"a second long line\n")


def test_a_message_is_shown_also_after_the_log_was_emptied(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("a long line that came before this start\n")
    tail = Tail(log)
    log.write_text("SMS to 1: x\n")
    assert tail.messages() == ["SMS to 1: x"]
