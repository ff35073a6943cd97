"""kill -9 of anything, and what it leaves on the disk."""

import os
import signal
import subprocess
import time

import psycopg2
import pytest

from tests.embedded.clients import Engines, all_gone, eventually

# Two seconds are what the design asks for; a busy machine gets a margin, a lost engine doesn't come back in it either.
BACK_SECONDS = 6.0


pytestmark = pytest.mark.slow


@pytest.fixture
def running(engines: Engines) -> Engines:
    """Engines with a client and a row that must survive."""
    engines.attached()
    engines.query("CREATE TABLE kept AS SELECT 42 AS answer")
    return engines


def kept(engines: Engines) -> bool:
    return engines.query("SELECT answer FROM kept", user="portal_app") == [(42,)]


def test_postgres_comes_back_by_itself_with_its_data(running: Engines) -> None:
    before = running.postgres
    session = running.database()
    os.kill(before, signal.SIGKILL)
    assert eventually(lambda: kept(running), BACK_SECONDS)
    assert running.postgres != before
    with pytest.raises(psycopg2.OperationalError):
        session.cursor().execute("SELECT 1")
    session.close()


def test_valkey_comes_back_by_itself(running: Engines) -> None:
    before = running.valkey
    os.kill(before, signal.SIGKILL)
    assert eventually(lambda: running.redis().ping() and running.valkey != before, BACK_SECONDS)


def test_valkey_comes_back_each_time(running: Engines) -> None:
    for _ in range(3):
        before = running.valkey
        os.kill(before, signal.SIGKILL)
        assert eventually(lambda before=before: running.valkey != before, BACK_SECONDS)
        assert eventually(running.places.ready.exists)


def test_engines_outlive_their_keeper_and_the_next_one_adopts_them(running: Engines) -> None:
    keeper, *servers = running.pids
    session = running.database()
    os.kill(keeper, signal.SIGKILL)
    assert eventually(lambda: all_gone([keeper]))
    with session.cursor() as cursor:
        cursor.execute("SELECT 1")
    running.attached()
    assert running.pids[1:] == servers
    assert running.keeper != keeper
    with session.cursor() as cursor:
        cursor.execute("SELECT 1")
    session.close()
    os.kill(running.valkey, signal.SIGKILL)
    assert eventually(lambda: running.valkey not in servers, BACK_SECONDS), "an adopted engine is watched as well"


def test_what_a_killed_keeper_left_behind_is_stopped_with_the_last_client(running: Engines) -> None:
    pids = running.pids
    os.kill(pids[0], signal.SIGKILL)
    assert running.clients[0].leave() is True
    assert eventually(lambda: all_gone(pids))


def test_everything_killed_at_once_starts_again_with_its_data(running: Engines) -> None:
    pids = running.pids
    for pid in (running.clients[0].process.pid, *pids):
        os.kill(pid, signal.SIGKILL)
    assert "error" not in running.client().answer
    assert kept(running)
    assert not set(pids) & set(running.pids)


def test_a_stale_pid_file_that_names_a_live_stranger_harms_neither(running: Engines) -> None:
    running.clients[0].leave()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        for leftover in (running.places.postgres / "postmaster.pid", running.places.run / ".s.PGSQL.5432.lock"):
            leftover.write_text(
                f"{stranger.pid}\n{running.places.postgres}\n{int(time.time())}\n5432\n{running.places.run}\n"
            )
        (running.places.run / ".s.PGSQL.5432").touch()
        assert "error" not in running.client().answer
        assert kept(running)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_kill_while_the_database_is_first_made_leaves_nothing_half_made(engines: Engines) -> None:
    client = engines.client()
    assert eventually(lambda: list(engines.places.var.glob("postgres.new.*")))
    os.kill(int(engines.places.keeper_lock.read_text()), signal.SIGKILL)
    assert "error" not in client.answer
    assert engines.query("SELECT 1") == [(1,)]
    assert eventually(lambda: not list(engines.places.var.glob("postgres.new.*")))
