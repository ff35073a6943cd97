"""Celery entries of closings and reports."""

from celery import shared_task

from common import clock
from stats.services import closing, late_changes, locking


@shared_task
def close_running() -> int:
    """Sweep: figures of the running month and of the one before it."""
    return closing.close_running(now=clock.now()).changed


@shared_task
def close_all() -> int:
    """Sweep: figures of all months, for records that came in late."""
    return closing.close_all(now=clock.now()).changed


@shared_task
def keep_reports() -> int:
    """Sweep: reports that are to be opened, that nobody submitted, and whose reopening is over."""
    now = clock.now()
    return locking.open_reports(now=now) + locking.mark_missing(now=now) + locking.expire_grants(now=now)


@shared_task
def find_late_changes() -> int:
    """Sweep: records that changed after their month was approved."""
    return late_changes.find_late_changes(now=clock.now())
