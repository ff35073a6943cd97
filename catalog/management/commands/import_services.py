"""`manage.py import_services`: add the services that the product ships."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.exceptions import ShippedFileError
from catalog.services.shipped import add_shipped_services


class Command(BaseCommand):
    help = "Adds the services of services.csv that were never added. Safe to run again: it changes nothing there is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "data", help="where the CSV file is (default: data/)"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            added = add_shipped_services(folder)
        except ShippedFileError as error:
            raise CommandError(f"No service was added. {error}") from error
        self.stdout.write(f"Services: {len(added)} added")
