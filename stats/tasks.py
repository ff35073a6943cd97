"""Celery entries of the closing."""

from celery import shared_task

from common import clock
from stats.services import closing


@shared_task
def close_running() -> int:
    """Sweep: figures of the running month and of the one before it."""
    return closing.close_running(now=clock.now()).changed


@shared_task
def close_all() -> int:
    """Sweep: figures of all months, for records that came in late."""
    return closing.close_all(now=clock.now()).changed
