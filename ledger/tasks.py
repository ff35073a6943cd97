"""Celery entries of the ledger services."""

from celery import shared_task

from common import clock
from ledger.services import exports


@shared_task(expires=10)
def make_exports() -> int:
    """Make the files that wait: those no call reached, and those whose maker was killed."""
    return exports.make_due(now=clock.now())


@shared_task
def sweep_exports() -> int:
    """Sweep: files whose week is over."""
    return exports.sweep_files(now=clock.now())
