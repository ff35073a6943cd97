"""`manage.py import_themes`: add the themes and campaigns that the product ships."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from activities.services.themes import add_shipped_themes


class Command(BaseCommand):
    help = "Adds the themes and campaigns that were never added. Safe to run again: it changes nothing there is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "data", help="where the CSV files are (default: data/)"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        themes, campaigns = add_shipped_themes(folder)
        self.stdout.write(f"Themes: {themes} added, campaigns: {campaigns} added")
