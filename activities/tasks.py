"""Celery entries of the activity services."""

from celery import shared_task

from activities.services import chasing, waitlist
from common import clock


@shared_task
def lapse_offers() -> int:
    """Sweep: offers of places that nobody answered in time."""
    return waitlist.lapse_offers(now=clock.now())


@shared_task
def chase_unrecorded() -> int:
    """Sweep: activities that were held and that nobody has recorded."""
    return chasing.chase_unrecorded(now=clock.now())
