"""`manage.py import_register`: load the register of centers and print the changes."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from centers.exceptions import RegisterError
from centers.services.register import Report, import_register

NAMED = 20


class Command(BaseCommand):
    help = "Loads levels, centers and sites from CSV files. Safe to run again: it adds and changes, and never deletes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "data", help="where the CSV files are (default: data/)"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            report = import_register(folder)
        except RegisterError as error:
            raise CommandError(f"The register was not imported. {error}") from error
        self.stdout.write(f"Register: {report}")
        self._name(report, "added", "changed", "missing", "elsewhere")

    def _name(self, report: Report, *lists: str) -> None:
        """Names of the centers concerned while there are few; a first import would fill the screen."""
        for name in lists:
            codes = getattr(report, name)
            if 0 < len(codes) <= NAMED:
                self.stdout.write(f"  {name}: {', '.join(codes)}")
