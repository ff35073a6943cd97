"""Databases of the tests.

One template with schema and register, made once a state of the code; clones of it by the hundred.

A clone takes a quarter of a second, migrating and importing several. The template's name is the hash of what it is made
from, so it needs no cleaning: other code, other name. See docs/mechanisms/tests.md.
"""

import contextlib
import functools
import hashlib
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.core.management import call_command
from django.db import connections

from embedded.places import PROJECT
from embedded.processes import is_alive

# What decides how a freshly migrated database with the register in it looks. Models: what the application's role may do
# with a table is read from them after each migrate.
MADE_FROM = (
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "pingh_portal/settings/*.py",
    "data/*",
    "centers/**/*.py",
    "common/**/append_only.py",
    "common/apps.py",
    "requirements.txt",
)
TEMPLATE, CLONE = "portal_template_", "portal_test_"
TEMPLATES_KEPT = 3
LOCK = 20_250_604
# Older servers know no other way than file by file.
STRATEGY_SINCE = 150_000
_serial = itertools.count(1)


def template_database() -> str:
    """Name of the template for the code as it stands; made now if nobody has.

    Whoever comes second waits for the first.
    """
    name = TEMPLATE + _fingerprint()
    with _server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            _sweep(cursor)
            making = f"{name}_making"
            drop(cursor, making)
            cursor.execute(f'CREATE DATABASE "{making}"')
            with connected_to(making):
                call_command("migrate", verbosity=0)
                call_command("import_register", verbosity=0)
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


@contextmanager
def clone(label: str) -> Iterator[str]:
    """A database of one's own with schema and register, dropped afterwards, whoever is still connected.

    Yields its name.
    """
    template = template_database()
    name = f"{CLONE}{os.getpid()}_{label}_{next(_serial)}"
    with _server() as cursor:
        # Not two clones of one template at a time: PostgreSQL refuses while another session reads the template.
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{_as_files(cursor)}')
    try:
        yield name
    finally:
        with _server() as cursor:
            drop(cursor, name)


def drop(cursor: Any, name: str) -> None:
    """Drop the database `name` if it exists, whoever is connected to it.

    Not WITH (FORCE): it is refused while an autovacuum worker is in there, which only a superuser may end by hand. A
    plain DROP DATABASE asks that worker to leave by itself; the sessions of clients are ended here, after the door is
    shut behind them.
    """
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    if cursor.fetchone() is None:
        return
    cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
        [name],
    )
    cursor.execute(f'DROP DATABASE "{name}"')


@contextmanager
def cut_off(name: str) -> Iterator[None]:
    """Within it the database `name` is gone, as after a crash of its server: sessions end, nobody gets in."""
    with _server() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND backend_type = 'client backend'",
                [name],
            )
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@contextmanager
def queue_at(name: str) -> Iterator[Callable[[], int]]:
    """Within it a function that counts the sessions of the database `name` that wait for a lock now."""
    with _server() as cursor:

        def waiting() -> int:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'", [name]
            )
            return int(cursor.fetchone()[0])

        yield waiting


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Point this process's default connection, in every thread opened from now on, at the database `name`."""
    connection = connections["default"]
    if connection.in_atomic_block:
        raise RuntimeError(
            "This test already holds a transaction (fixture `db`); it can't look into another "
            "database at the same time."
        )
    settings = connection.settings_dict
    before = settings["NAME"]
    connection.close()
    settings["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = before


@contextmanager
def app_role_connections(role: str) -> Iterator[None]:
    """Make every connection opened from now on act as `role`, as web and worker do."""
    connection = connections["default"]
    options = connection.settings_dict["OPTIONS"]
    before = options.get("options")
    connection.close()
    options["options"] = f"{before or ''} -c role={role}".strip()
    try:
        yield
    finally:
        connection.close()
        options.pop("options") if before is None else options.update(options=before)


def sources() -> set[Path]:
    """Files that the template is made from."""
    return {path for pattern in MADE_FROM for path in PROJECT.glob(pattern) if path.is_file()}


def _as_files(cursor: Any) -> str:
    """How a database is copied: file by file, which takes less time than page by page through the log."""
    return " STRATEGY FILE_COPY" if cursor.connection.server_version >= STRATEGY_SINCE else ""


@functools.cache
def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(sources()):
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + Path(path).read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@contextmanager
def _server() -> Iterator[Any]:
    """A cursor that commits at once, on no test's database."""
    parameters = {**connections["default"].get_connection_params(), "dbname": "postgres"}
    parameters.pop("options", None)
    session = psycopg2.connect(**parameters)
    try:
        session.autocommit = True
        with session.cursor() as cursor:
            yield cursor
    finally:
        session.close()


def _sweep(cursor: Any) -> None:
    """Drop clones whose process was killed, and all but the newest templates.

    What is in use stays: the server refuses.
    """
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC", [TEMPLATE])
    stale = [name for (name,) in cursor.fetchall()][TEMPLATES_KEPT:]
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [CLONE])
    stale += [name for (name,) in cursor.fetchall() if not is_alive(int(name.removeprefix(CLONE).split("_")[0]))]
    for name in stale:
        with contextlib.suppress(psycopg2.Error):
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
