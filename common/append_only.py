"""Grants of the application's database role: everything but changing or deleting history.

Run after every migrate, by the owner. A trigger could be switched off by the role it guards against; a missing
privilege can't.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from pghistory.models import Context, Event

# Says who made a change. pghistory adds to its rows; a trigger (migration 0002) sees to it that it only adds.
GROWS_ONLY = Context._meta.db_table


def append_only_tables() -> list[str]:
    """Tables whose rows the application may add and read, never change.

    Pghistory's, and models that say `append_only = True`.
    """
    models = apps.get_models(include_auto_created=True)
    return sorted(
        m._meta.db_table
        for m in models
        if m._meta.managed and (issubclass(m, Event) or getattr(m, "append_only", False))
    )


def grant_app_role(using: str) -> None:
    """Give the role that web and worker connect as what it needs, if the server has that role."""
    role = settings.APP_ROLE
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return
        cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')
        cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"')
        cursor.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
        for table in append_only_tables():
            cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM "{role}"')
        cursor.execute(f'REVOKE DELETE, TRUNCATE ON "{GROWS_ONLY}" FROM "{role}"')


def grant_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    grant_app_role(using)
