"""Beat's schedule: what each app declares when it starts."""

import pytest
from celery.beat import Scheduler

from common import periodic_tasks
from pingh_portal.celery import app


def schedule() -> dict[str, float]:
    """Seconds by task, as beat reads them."""
    return {entry.task: entry.schedule.run_every.total_seconds() for entry in Scheduler(app=app).schedule.values()}


def test_what_beat_runs_and_how_often() -> None:
    assert schedule() == {
        "accounts.tasks.sweep_accounts": 86_400,
        "activities.tasks.archive_old": 3_600,
        "activities.tasks.chase_missing_photos": 3_600,
        "activities.tasks.chase_rectifications": 3_600,
        "activities.tasks.chase_unrecorded": 600,
        "activities.tasks.lapse_offers": 60,
        "activities.tasks.sweep_photos": 86_400,
        "bookings.tasks.expire_undecided": 60,
        "common.tasks.sweep_idempotent_requests": 3_600,
        "notifications.tasks.send_reminders": 300,
        "imports.tasks.resume_imports": 30,
        "imports.tasks.sweep_files": 86_400,
        "ledger.tasks.make_exports": 10,
        "ledger.tasks.sweep_exports": 3_600,
        "notifications.tasks.sweep_outbox": 5,
        "ratings.tasks.ask_for_ratings": 600,
        "ratings.tasks.forget_numbers": 86_400,
        "ratings.tasks.report_overdue": 600,
        "stats.tasks.close_all": 86_400,
        "stats.tasks.close_running": 300,
        "stats.tasks.find_late_changes": 600,
        "stats.tasks.keep_reports": 600,
    }


def test_each_entry_is_a_task_that_there_is() -> None:
    app.loader.import_default_modules()
    assert set(schedule()) <= set(app.tasks)


def test_one_task_has_one_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic_tasks, "SCHEDULE", {})
    for _ in range(2):
        periodic_tasks.register("some.task", seconds=5)
    with pytest.raises(ValueError, match=r"some\.task"):
        periodic_tasks.register("some.task", seconds=6)
