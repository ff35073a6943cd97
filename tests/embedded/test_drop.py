"""The tests' own databases go when they should, also while the server is vacuuming them."""

import contextlib
from collections.abc import Iterator

import psycopg2
import pytest
from psycopg2 import errors

from tests.embedded.clients import Engines, eventually
from tests.support import databases

pytestmark = pytest.mark.slow

NAME = "short_lived"
# A worker every second that stays for minutes: a page of the table at a time, a tenth of a second apart.
SLOW_AUTOVACUUM = {
    "autovacuum_naptime": "1s",
    "autovacuum_vacuum_threshold": "1",
    "autovacuum_vacuum_cost_limit": "1",
    "autovacuum_vacuum_cost_delay": "100ms",
}
WORKER = f"SELECT 1 FROM pg_stat_activity WHERE datname = '{NAME}' AND backend_type = 'autovacuum worker'"


@pytest.fixture
def vacuumed(engines: Engines) -> Iterator[Engines]:
    """Engines with a database of the owner's that an autovacuum worker is in and the application is connected to."""
    engines.attached()
    engines.query(f"CREATE DATABASE {NAME}")
    with (
        contextlib.closing(psycopg2.connect(host=str(engines.sockets), user="portal_owner", dbname=NAME)) as session,
        session,
    ):
        cursor = session.cursor()
        cursor.execute("CREATE TABLE thing AS SELECT repeat('x', 1000) AS text FROM generate_series(1, 10000)")
    with contextlib.closing(psycopg2.connect(host=str(engines.sockets), user="portal_app", dbname=NAME)):
        with (
            contextlib.closing(
                psycopg2.connect(host=str(engines.sockets), user="portal_owner", dbname=NAME)
            ) as session,
            session,
        ):
            session.cursor().execute("DELETE FROM thing")
        for setting, value in SLOW_AUTOVACUUM.items():
            engines.query(f"ALTER SYSTEM SET {setting} = '{value}'", user="postgres")
        engines.query("SELECT pg_reload_conf()", user="postgres")
        assert eventually(lambda: engines.query(WORKER, user="postgres"))
        yield engines


def test_a_database_that_autovacuum_is_in_is_dropped_with_all_its_sessions(vacuumed: Engines) -> None:
    with contextlib.closing(vacuumed.database()) as session, session.cursor() as cursor:
        with pytest.raises(errors.InsufficientPrivilege):
            cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
        databases.drop(cursor, NAME)
        databases.drop(cursor, NAME)  # what isn't there need not go
    assert vacuumed.query(f"SELECT count(*) FROM pg_database WHERE datname = '{NAME}'") == [(0,)]
