"""Celery tasks of accounts."""

from celery import shared_task
from django.core.management import call_command

from accounts.services import people
from common import clock


@shared_task
def sweep_accounts() -> int:
    """Delete numbers that nobody proved to hold, and sessions that have run out.

    Returns how many people were deleted.
    """
    call_command("clearsessions")
    return people.sweep_unverified(clock.now())
