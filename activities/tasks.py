"""Celery entries of the activity services."""

from celery import shared_task

from activities.services import archiving, chasing, photos, waitlist
from common import clock


@shared_task
def lapse_offers() -> int:
    """Sweep: offers of places that nobody answered in time."""
    return waitlist.lapse_offers(now=clock.now())


@shared_task
def sweep_photos() -> int:
    """Sweep: files of uploads that were cut off before their row was written."""
    return photos.sweep_orphans(now=clock.now())


@shared_task
def chase_unrecorded() -> int:
    """Sweep: activities that were held and that nobody has recorded."""
    return chasing.chase_unrecorded(now=clock.now())


@shared_task
def chase_missing_photos() -> int:
    """Sweep: activities that were recorded without a photo."""
    return chasing.chase_missing_photos(now=clock.now())


@shared_task
def chase_rectifications() -> int:
    """Sweep: what wasn't put right in time."""
    return chasing.chase_rectifications(now=clock.now())


@shared_task
def archive_old() -> int:
    """Sweep: records of long ago whose evidence is complete."""
    return archiving.archive_old(now=clock.now())
