"""deploy/backup.sh and restore.sh, from a database with rights like ours into a new one."""

import os
import subprocess
import time
from pathlib import Path

import psycopg2
import pytest

from embedded.binaries import postgres_bin
from embedded.places import PROJECT
from tests.embedded.clients import Engines

pytestmark = pytest.mark.slow


def run(script: str, *arguments: str | Path, url: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": f"{postgres_bin()}:{os.environ['PATH']}", "DATABASE_OWNER_URL": url}
    return subprocess.run(
        [PROJECT / "deploy" / script, *arguments], env=env, capture_output=True, text=True, check=False
    )


def test_a_backup_restores_rows_rights_and_history_that_nobody_may_rewrite(engines: Engines, tmp_path: Path) -> None:
    url = engines.attached().answer["DATABASE_OWNER_URL"]
    engines.query("CREATE TABLE event AS SELECT n AS id, '平湖𠮷' AS text FROM generate_series(1, 1000) n")
    engines.query("REVOKE UPDATE, DELETE ON event FROM portal_app")

    made = run("backup.sh", tmp_path / "backups", url=url)
    assert made.returncode == 0, made.stderr
    dump = Path(made.stdout.strip())
    assert dump.stat().st_mode & 0o077 == 0
    assert [path.name for path in dump.parent.iterdir()] == [dump.name]

    restored = run("restore.sh", dump, "portal_again", url=url)
    assert restored.returncode == 0, restored.stderr
    session = psycopg2.connect(host=str(engines.sockets), user="portal_app", dbname="portal_again")
    with session, session.cursor() as cursor:
        cursor.execute("SELECT count(*), min(text) FROM event")
        assert cursor.fetchone() == (1000, "平湖𠮷")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("DELETE FROM event")
    session.close()

    again = run("restore.sh", dump, "portal_again", url=url)
    assert again.returncode != 0, "a database that is there is never written over"


def test_what_a_killed_backup_left_goes_with_the_next(engines: Engines, tmp_path: Path) -> None:
    url = engines.attached().answer["DATABASE_OWNER_URL"]
    names = ("portal-20260101T000000Z.dump.part", "portal-20261124T000000Z.dump.part", "x.part")
    left, running, foreign = (tmp_path / name for name in names)
    for path in (left, running, foreign):
        path.write_bytes(b"PGDMP half")
    two_hours_ago = time.time() - 2 * 3600
    for path in (left, foreign):
        os.utime(path, (two_hours_ago, two_hours_ago))
    made = run("backup.sh", tmp_path, url=url)
    assert made.returncode == 0, made.stderr
    assert {path.name for path in tmp_path.iterdir()} == {Path(made.stdout.strip()).name, running.name, foreign.name}


def test_a_broken_dump_makes_no_database(engines: Engines, tmp_path: Path) -> None:
    url = engines.attached().answer["DATABASE_OWNER_URL"]
    (tmp_path / "broken.dump").write_bytes(b"PGDMP half")
    assert run("restore.sh", tmp_path / "broken.dump", "portal_again", url=url).returncode != 0
    assert engines.query("SELECT count(*) FROM pg_database WHERE datname = 'portal_again'") == [(0,)]
