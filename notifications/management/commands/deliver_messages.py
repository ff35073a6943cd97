"""`manage.py deliver_messages`: the sweep that beat runs every few seconds, and decisions left to a person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common import clock
from notifications.selectors.outbox import outbox_status
from notifications.services import delivery


class Command(BaseCommand):
    help = "Deliver the messages that are due, or say how the outbox stands."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--status", action="store_true", help="say what waits and what became of the rest")
        choice.add_argument(
            "--given-up",
            action="store_true",
            help="try again what a channel refused for good, once its trouble is over",
        )
        choice.add_argument(
            "--hold-back",
            action="store_true",
            help="send no text of what waits now: for after a restore, before the worker starts",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the chosen step and print counts, never words or numbers of people."""
        if options["status"]:
            self._print_status()
            return
        if options["hold_back"]:
            self.stdout.write(f"{delivery.hold_back_waiting()} held back")
            return
        if options["given_up"]:
            self.stdout.write(f"{delivery.requeue_failed()} queued again")
        self.stdout.write(f"{delivery.sweep(clock.now())} delivered")

    def _print_status(self) -> None:
        status = outbox_status(clock.now())
        since = f", the oldest since {clock.local(status.oldest):%Y-%m-%d %H:%M}" if status.oldest else ""
        self.stdout.write(f"waiting: {status.waiting}, {status.due} of them due{since}")
        for outcome, count in status.outcomes.items():
            self.stdout.write(f"{outcome.value}: {count}")
