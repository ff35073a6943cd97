"""Celery tasks of the shared parts."""

from celery import shared_task

from common import clock
from common.api.idempotency import sweep_idempotent_requests as sweep


@shared_task
def sweep_idempotent_requests() -> int:
    """Delete the answers to requests under an `Idempotency-Key` that are over a day old."""
    return sweep(clock.now())
