"""What the database itself refuses, whatever the code would do."""

from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from common.append_only import GROWS_ONLY, append_only_tables

MUST_BE_APPEND_ONLY = {
    "bookings_bookingevent",
    "catalog_serviceversion",
    "centers_centerhistory",
    "centers_centerrolehistory",
}


def test_no_migration_is_missing(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        words = StringIO()
        try:
            call_command("makemigrations", check=True, dry_run=True, stdout=words, stderr=words)
        except SystemExit:
            pytest.fail(words.getvalue())


def test_history_is_among_the_append_only_tables():
    assert not MUST_BE_APPEND_ONLY - set(append_only_tables())


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_application_can_not_rewrite_history(app_role, verb):
    for table in append_only_tables():
        column = next(
            field.column
            for model in apps.get_models()
            if model._meta.db_table == table
            for field in model._meta.concrete_fields
        )
        statement = {
            "UPDATE": f'UPDATE "{table}" SET "{column}" = "{column}"',
            "DELETE": f'DELETE FROM "{table}"',
            "TRUNCATE": f'TRUNCATE "{table}"',
        }[verb]
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db
def test_but_it_can_add_to_it_and_read_it():
    with connection.cursor() as cursor:
        for table in append_only_tables():
            cursor.execute(
                "SELECT has_table_privilege(%s, %s, 'INSERT'), has_table_privilege(%s, %s, 'SELECT')",
                [settings.APP_ROLE, table] * 2,
            )
            assert cursor.fetchone() == (True, True), table


@pytest.mark.django_db
def test_the_application_owns_nothing_and_is_no_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = %s", [settings.APP_ROLE])
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = %s",
            [settings.APP_ROLE],
        )
        assert cursor.fetchone() == (False, False, False, False)


@pytest.mark.django_db
def test_every_other_table_is_the_applications_to_use():
    kept, missing = {*append_only_tables(), GROWS_ONLY}, []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                "SELECT has_table_privilege(%s, %s, 'SELECT, INSERT, UPDATE, DELETE')",
                [settings.APP_ROLE, f'"{table}"'],
            )
            missing += [] if cursor.fetchone() == (True,) or table in kept else [table]
    assert not missing
