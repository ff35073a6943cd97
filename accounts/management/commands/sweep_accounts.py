"""`manage.py sweep_accounts`: delete residents whose number nobody proved to hold, as beat does once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.services import people
from common import clock


class Command(BaseCommand):
    help = "Delete residents who asked for a code more than a day ago and never entered it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and print their number."""
        self.stdout.write(f"{people.sweep_unverified(clock.now())} deleted")
