"""Celery entries of the booking services."""

from celery import shared_task

from bookings.services import booking as booking_services
from common import clock


@shared_task
def expire_undecided() -> int:
    """Sweep: requests whose time came without an answer."""
    return booking_services.expire_undecided(now=clock.now())
