"""`manage.py publish_year`: enter the holidays of a year from a file.

When the State Council's notice is out and the installed package doesn't know it yet.
"""

import csv
import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from centers.choices import CalendarMark
from centers.models import Center
from centers.services.calendar import publish_year
from centers.values.opening import CalendarEntry
from common.errors import DomainError


class Command(BaseCommand):
    help = "Enter a year's holidays and make-up workdays from a CSV of date, mark (holiday, makeup, ordinary), name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--center", required=True, help="code of the center for which, with all below it, this holds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        center = Center.objects.filter(code=options["center"]).first()
        if center is None:
            raise CommandError(f"There is no center {options['center']}.")
        days = read_days(options["file"])
        try:
            publish_year(actor=None, center=center, year=options["year"], days=days)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['year']}: {len(days)} dates entered; the year is complete.")


def read_days(file: Path) -> dict[dt.date, CalendarEntry]:
    """Read the dates of the file. Raises CommandError with the line that can't be understood."""
    days = {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.reader(lines), start=1):
            try:
                day, mark, *name = (cell.strip() for cell in row)
                days[dt.date.fromisoformat(day)] = CalendarEntry(CalendarMark(mark), "".join(name))
            except ValueError as error:
                raise CommandError(f"{file}, line {number}: {error}") from error
    return days
