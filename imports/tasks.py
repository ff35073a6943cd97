"""Celery entries of the import services."""

from celery import shared_task

from common import clock
from imports.services import work


@shared_task(acks_late=True)
def run_import(pk: int) -> bool:
    """Work on one import, straight after somebody has started it."""
    return work.run_import(pk)


@shared_task(expires=30)
def resume_imports() -> int:
    """Sweep: imports that no call reached, or whose worker was killed."""
    return work.resume_imports(now=clock.now())


@shared_task
def sweep_files() -> int:
    """Sweep: files of uploads that were cut off before their row was written."""
    return work.sweep_files(now=clock.now())
