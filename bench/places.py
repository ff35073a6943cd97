"""The benchmarks' own engines (var/bench, durable as those of `make run`) and databases.

Set up before Django reads its settings.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import embedded

PROJECT = Path(__file__).resolve().parent.parent
BASE, SMALL, LARGE = "bench_base", "bench_small", "bench_large"
FEW_ACTIVITIES, MANY_ACTIVITIES = "bench_activities_few", "bench_activities_many"


def prepare() -> None:
    """Start the engines, choose the settings, connect as the role that owns no table."""
    base = Path(os.environ.get("PORTAL_VAR") or PROJECT / "var")
    os.environ |= {"PORTAL_VAR": str(base / "bench"), "PORTAL_DURABLE": "1", "DEMO": "1", "DATABASE_ROLE": "app"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "pingh_portal.settings.dev"
    embedded.attach()
    import django

    django.setup()


def address(name: str, *, owner: bool = False) -> str:
    """URL of one of the databases, for another process."""
    base = os.environ["DATABASE_OWNER_URL" if owner else "DATABASE_URL"]
    return f"{base.rpartition('/')[0]}/{name}"


@contextmanager
def database(name: str, *, owner: bool = False) -> Iterator[Any]:
    """Django's connection on the database `name`; as the owner for what the application may not do. One at a time."""
    import dj_database_url
    from django.db import connection

    before = dict(connection.settings_dict)
    parsed = dj_database_url.parse(address(name, owner=owner))
    connection.close()
    connection.settings_dict.update({key: parsed[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    try:
        yield connection
    finally:
        connection.close()
        connection.settings_dict.update(before)


def create(name: str, template: str = "template1") -> None:
    """Make the database `name` anew, as a copy of `template`."""
    with database("postgres", owner=True) as connection, connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
