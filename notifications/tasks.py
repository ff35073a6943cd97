"""What the worker and beat run: thin entries over the services. A nudge may be lost and a task may run twice; neither matters."""

from celery import shared_task

from common import clock
from notifications import services


@shared_task(acks_late=True)
def deliver_message(outbox_id: int) -> None:
    """Deliver one message, straight after the commit that wrote it."""
    services.deliver(outbox_id)


@shared_task(expires=5)
def sweep_outbox() -> int:
    """Deliver all that is due. Runs every few seconds, so one that waited longer than that has nothing left to do and expires."""
    return services.sweep(clock.now())
