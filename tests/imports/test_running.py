"""Running an import: a worker that is killed, one that fails, stopping, two sheets at once, files left behind."""

import os
from typing import Any

import pytest

from accounts.models import User
from activities.models import Activity
from centers.models import Center
from imports.choices import ImportState, Verdict
from imports.models import Import, ImportRow
from imports.services import running, writing
from imports.services.work import resume_imports, run_import, sweep_files
from imports.services.writing import start_import
from tests.factories.activities import make_activity
from tests.factories.sheets import ROWS, ledger, tried, verdicts
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_worker_killed_in_the_middle_is_followed_by_another(
    village: Center, staff: User, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 10)
    imported = tried(staff, village, ledger())
    start_import(actor=staff, imported=imported)
    batches = 0

    def killed(*args: Any, **kwargs: Any) -> Any:
        nonlocal batches
        batches += 1
        if batches == 3:
            raise SystemExit
        return real(*args, **kwargs)

    real = writing._make
    monkeypatch.setattr(writing, "_make", killed)
    with pytest.raises(SystemExit):
        run_import(imported.pk)
    imported.refresh_from_db()
    assert (imported.position, Activity.objects.count()) == (20, 20)
    # Its lease still runs: nobody takes it from a worker that may be alive.
    assert resume_imports(now=clock.now) == 0
    clock.move_to(clock.now + running.LEASE * 2)
    assert resume_imports(now=clock.now) == 1
    imported.refresh_from_db()
    assert (imported.state, imported.position, Activity.objects.count()) == (ImportState.DONE, ROWS, ROWS)
    assert ImportRow.objects.standing().values("activity").distinct().count() == ROWS


def test_one_that_fails_every_time_is_given_up(
    village: Center, staff: User, monkeypatch: pytest.MonkeyPatch, clock: TestClock
) -> None:
    imported = tried(staff, village, ledger(2))
    start_import(actor=staff, imported=imported)

    def broken(*args: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(writing, "_make", broken)
    for _ in range(running.MOST_TRIES + 1):
        resume_imports(now=clock.now)
    imported.refresh_from_db()
    assert (imported.state, imported.has_failed) == (ImportState.DONE, True)
    assert not Activity.objects.exists()


def test_stopping_leaves_what_is_written_and_goes_on_later(
    village: Center, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 10)
    imported = tried(staff, village, ledger())
    start_import(actor=staff, imported=imported)
    real = writing._make

    def make_and_stop(*args: Any) -> None:
        real(*args)
        Import.objects.filter(pk=imported.pk).update(is_stopping=True)

    monkeypatch.setattr(writing, "_make", make_and_stop)
    assert run_import(imported.pk)
    imported.refresh_from_db()
    assert (imported.state, Activity.objects.count()) == (ImportState.DONE, 10)
    monkeypatch.setattr(writing, "_make", real)
    start_import(actor=staff, imported=imported)
    assert run_import(imported.pk)
    assert Activity.objects.count() == ROWS


def test_two_imports_of_one_file_both_tried_before_either_is_written(village: Center, staff: User) -> None:
    first, second = (tried(staff, village, ledger(5)) for _ in range(2))
    for imported in (first, second):
        start_import(actor=staff, imported=imported)
        assert run_import(imported.pk)
    assert Activity.objects.count() == 5
    assert verdicts(second) == {Verdict.KNOWN: 5}


def test_what_a_colleague_entered_after_the_dry_run_is_known(village: Center, staff: User, clock: TestClock) -> None:
    imported = tried(staff, village, ledger(3))
    clock.move_to(clock.now + running.LEASE)
    day = clock.now.date().replace(month=9, day=3)
    make_activity(village, day=day, title="演示活动02", state="recorded", attendance=20)
    start_import(actor=staff, imported=imported)
    assert run_import(imported.pk)
    assert verdicts(imported) == {Verdict.KNOWN: 1, Verdict.NEW: 2}
    assert Activity.objects.count() == 3


def test_files_without_a_row_are_swept(village: Center, staff: User, storage: Any, clock: TestClock) -> None:
    imported = tried(staff, village, ledger(1))
    (storage / "orphan").write_bytes(b"x")
    assert sweep_files(now=clock.now) == 0
    for path in storage.iterdir():
        os.utime(path, (0, 0))
    assert sweep_files(now=clock.now) == 1
    assert [path.name for path in storage.iterdir()] == [imported.stored_as]
