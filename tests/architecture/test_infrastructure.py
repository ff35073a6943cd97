"""The tests' own ground: what the other tests rely on without saying so."""

import datetime as dt
import inspect
import threading
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction

from centers.models import Center
from common import clock as product_clock
from common.append_only import append_only_tables
from embedded.places import PROJECT
from tests.support import databases
from tests.support.http import PortalClient


def test_the_template_is_made_anew_when_a_model_or_what_grants_rights_changes():
    """Rights on tables are read from the models, not from migrations."""
    ours = {
        inspect.getsourcefile(model)
        for model in apps.get_models()
        if PROJECT.joinpath(model.__module__.split(".")[0]).is_dir()
    }
    needed = {Path(path) for path in ours if path} | {Path(inspect.getsourcefile(append_only_tables) or "")}
    assert len(needed) > 5
    assert not needed - databases.sources()


@pytest.mark.django_db
def test_every_test_starts_with_the_real_register():
    assert Center.objects.count() > 100


@pytest.mark.django_db
def test_the_clock_stands_still_until_moved(clock):
    assert product_clock.today() == dt.date(2026, 11, 24)
    clock.advance(hours=14)
    assert product_clock.today() == dt.date(2026, 11, 25)


@pytest.mark.django_db(transaction=True)
def test_real_transactions_get_a_database_of_their_own(own_database):
    seen: list[int] = []

    def look_from_elsewhere() -> None:
        seen.append(Center.objects.filter(code="no-such-place").count())
        connections.close_all()

    Center.objects.create(code="no-such-place", name="x", official_name="x", level_id="village")
    rival = threading.Thread(target=look_from_elsewhere)
    rival.start()
    rival.join()
    assert seen == [1]
    assert connection.settings_dict["NAME"] == own_database


@pytest.mark.django_db
def test_and_leave_nothing_behind():
    assert Center.objects.count() > 100
    assert not Center.objects.filter(code="no-such-place").exists()


@pytest.mark.django_db
def test_as_the_application_one_may_not_change_tables(app_role):
    with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE centers_center DROP COLUMN name")


def test_nor_over_a_database_of_its_own(own_database, app_role):
    with pytest.raises(DatabaseError, match="must be owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE centers_center DROP COLUMN name")


def test_the_portal_really_runs_as_a_role_that_owns_nothing(portal_server):
    client = PortalClient(portal_server.url)
    # A session that nobody knows makes the page ask the database.
    client.set_cookie({"name": "sessionid", "value": "x" * 32})
    assert client.get("/no/such/page").status == 404
    with portal_server.database(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = current_database() AND "
            "pid <> pg_backend_pid()"
        )
        assert {name for (name,) in cursor.fetchall()} == {"portal_app"}
