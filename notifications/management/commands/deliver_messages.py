"""What beat does every few seconds, by hand: deliver the messages that are due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common import clock
from notifications import services


class Command(BaseCommand):
    help = "Deliver the messages that are due; with --given-up also those that a channel refused for good, once its trouble is over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--given-up", action="store_true", help="try again what was given up")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints how many went out."""
        if options["given_up"]:
            self.stdout.write(f"{services.requeue_failed()} queued again")
        self.stdout.write(f"{services.sweep(clock.now())} delivered")
