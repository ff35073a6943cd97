"""`manage.py demo`: add the missing demo records; `--sign-ins`: print the demo accounts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from common import clock
from demo.exceptions import DemoIsOff
from demo.services import people
from demo.services.fill import fill
from demo.services.month_reports import report_month
from stats.services import closing


class Command(BaseCommand):
    help = "Fill the portal with what it still lacks of demo records for today: rooms, people, bookings, activities."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="only print the demo accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sign_ins"]:
            self.print_sign_ins()
            return
        try:
            filled = fill(clock.today(), say=self.say)
        except DemoIsOff as error:
            raise CommandError(str(error)) from error
        closing.close_running(now=clock.now())
        if reported := report_month(clock.today()):
            self.say(f"{reported} monthly reports submitted")
        self.stdout.write(str(filled))

    def say(self, line: str) -> None:
        self.stdout.write(f"{' ' * 10}{line}")
        self.stdout.flush()

    def print_sign_ins(self) -> None:
        for row in people.sign_ins():
            who = row["name"] + (f" ({row['center']})" if row["center"] else "")
            how = (
                f"{row['username']} / {row['password']}"
                if row["password"]
                else f"{row['phone']}, the code is shown on the page"
            )
            self.stdout.write(f"  {how}  –  {who}")
