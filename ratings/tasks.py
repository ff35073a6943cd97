"""Celery entries of the rating services."""

from celery import shared_task

from common import clock
from ratings.services import asking, follow_ups


@shared_task
def ask_for_ratings() -> int:
    """Sweep: activities that ended the day before, for those who were there to rate."""
    return asking.ask_for_ratings(now=clock.now())


@shared_task
def report_overdue() -> int:
    """Sweep: follow-ups whose deadline is past."""
    return follow_ups.report_overdue(now=clock.now())


@shared_task
def forget_numbers() -> int:
    """Sweep: numbers to call back of follow-ups that were finished a while ago."""
    return follow_ups.forget_numbers(now=clock.now())
