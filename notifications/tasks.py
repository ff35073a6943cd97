"""Celery tasks: thin entries over the services.

A wake-up call may be lost and a task may run twice; neither matters.
"""

from celery import shared_task

from common import clock
from notifications.services import delivery, reminders


@shared_task(acks_late=True)
def deliver_message(outbox_id: int) -> None:
    """Deliver one message, straight after the commit that wrote it."""
    delivery.deliver(outbox_id)


@shared_task(expires=5)
def sweep_outbox() -> int:
    """Deliver all that is due.

    Runs every few seconds, so one that waited longer than that has nothing left to do and expires.
    """
    return delivery.sweep(clock.now())


@shared_task(expires=300)
def send_reminders() -> int:
    """Sweep: reminders of what begins tomorrow, and in two hours."""
    return reminders.send_reminders(now=clock.now())
