"""Imports under rivals: two starts at once, two workers on one import, two imports of one file: each row once."""

import contextlib
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import User
from activities.models import Activity
from centers.choices import Role
from centers.models import Center
from common import clock
from imports.choices import RUNNING, ImportState
from imports.exceptions import ImportBusy
from imports.models import Import
from imports.services import checking, running, undoing, uploads, writing
from imports.services.work import run_import
from imports.services.writing import start_import
from tests.concurrency.test_closing_races import Rivals
from tests.factories.centers import grant
from tests.factories.sheets import HEADINGS, tried, xlsx
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROWS, RIVALS = 60, 5
PATIENCE = 10.0


@pytest.fixture
def village(own_database: None, clock: TestClock) -> Center:
    return Center.objects.get(code="330482001001")


@pytest.fixture
def staff(village: Center) -> User:
    user = User.objects.create(username="staff-of-village")
    grant(user, village, Role.STAFF)
    return user


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    """Many batches, and nobody else who does the work."""
    for module in (checking, writing, undoing):
        monkeypatch.setattr(module, "BATCH", 5)
    monkeypatch.setattr(running, "wake_worker", lambda *args: False)
    settings.STORAGES = {
        **settings.STORAGES,
        "imports": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "imports"},
        },
    }


def sheet() -> bytes:
    return xlsx([HEADINGS, *((f"演示活动{n:02}", f"2026.9.{n % 30 + 1}", 20) for n in range(ROWS))])


def meeting_once(act: Callable[..., Any]) -> Callable[..., Any]:
    """The same act, before which all rivals wait for each other the first time: each has read the same rows."""
    together, over = threading.Barrier(RIVALS), threading.Event()

    def met(*args: Any) -> Any:
        if not over.is_set():
            with contextlib.suppress(threading.BrokenBarrierError):
                together.wait(PATIENCE)
            over.set()
        return act(*args)

    return met


def started(actor: User, imported: Import) -> Import:
    return start_import(actor=actor, imported=imported)


def attempts(act: Callable[[], Any]) -> list[Callable[[], Any]]:
    return [act] * RIVALS


def test_of_two_starts_at_once_one_runs(village: Center, staff: User, rivals: Rivals) -> None:
    imported = tried(staff, village, sheet())
    outcomes = rivals(attempts(lambda: start_import(actor=staff, imported=imported)))
    assert sum(isinstance(one, Import) for one in outcomes) == 1
    assert sum(isinstance(one, ImportBusy) for one in outcomes) == RIVALS - 1


def test_canary_without_the_lock_several_start_it(
    village: Center, staff: User, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = tried(staff, village, sheet())
    monkeypatch.setattr(writing, "locked_for_change", lambda actor, one, *states: Import.objects.get(pk=one.pk))
    outcomes = rivals(attempts(lambda: start_import(actor=staff, imported=imported)))
    assert sum(isinstance(one, Import) for one in outcomes) > 1


def test_of_several_workers_one_takes_it(village: Center, staff: User, rivals: Rivals) -> None:
    imported = started(staff, tried(staff, village, sheet()))
    outcomes = rivals(attempts(lambda: run_import(imported.pk)))
    assert sorted(map(bool, outcomes)) == [False] * (RIVALS - 1) + [True]
    assert Activity.objects.count() == ROWS


def claim_as_well(pk: int) -> uuid.UUID:
    """A worker that was thought dead comes back: it holds the import as well."""
    runner = uuid.uuid4()
    Import.objects.filter(pk=pk, state__in=RUNNING).update(runner=runner, beat_at=clock.now())
    return runner


def test_a_worker_thought_dead_that_comes_back_doubles_no_row(
    village: Center, staff: User, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = started(staff, tried(staff, village, sheet()))
    monkeypatch.setattr(running, "claim", claim_as_well)
    rivals(attempts(lambda: run_import(imported.pk)))
    monkeypatch.undo()
    Import.objects.filter(pk=imported.pk).update(runner=None)
    run_import(imported.pk)
    assert Activity.objects.count() == ROWS
    assert Import.objects.get(pk=imported.pk).state == ImportState.DONE


def test_canary_without_the_lease_rows_are_in_each_others_way_and_still_taken_once(
    village: Center, staff: User, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = started(staff, tried(staff, village, sheet()))
    monkeypatch.setattr(running, "claim", claim_as_well)
    monkeypatch.setattr(writing, "held", lambda pk, runner, state: Import.objects.get(pk=pk))
    monkeypatch.setattr(writing, "advisory_lock", lambda *args: None)
    monkeypatch.setattr(writing, "_without_known", meeting_once(writing._without_known))
    outcomes = rivals(attempts(lambda: run_import(imported.pk)))
    taken_for_another = imported.rows.filter(verdict="known").exists()
    assert taken_for_another or any(isinstance(one, IntegrityError) for one in outcomes), outcomes
    assert Activity.objects.values("key").distinct().count() == Activity.objects.count()


def test_one_file_imported_by_several_at_once_is_made_once(village: Center, staff: User, rivals: Rivals) -> None:
    imports = [started(staff, tried(staff, village, sheet())) for _ in range(RIVALS)]
    outcomes = rivals([lambda pk=one.pk: run_import(pk) for one in imports])
    assert all(one is True for one in outcomes)
    assert Activity.objects.count() == ROWS


def test_canary_without_the_lock_of_the_center_the_database_refuses(
    village: Center, staff: User, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports = [started(staff, tried(staff, village, sheet())) for _ in range(RIVALS)]
    monkeypatch.setattr(writing, "advisory_lock", lambda *args: None)
    outcomes = rivals([lambda pk=one.pk: run_import(pk) for one in imports])
    assert any(isinstance(one, IntegrityError) for one in outcomes)


def test_a_form_sent_at_once_by_several_tabs_makes_one_import(village: Center, staff: User, rivals: Rivals) -> None:
    key, data = uuid.uuid4(), sheet()

    def send() -> Any:
        return uploads.upload_sheet(actor=staff, center=village, name="a.xlsx", data=data, key=key)

    assert {one.pk for one in rivals(attempts(send))} == set(Import.objects.values_list("pk", flat=True))
