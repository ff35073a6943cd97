"""`manage.py createcityadmin`: create the first account of an installation; the others are created on the pages."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.exceptions import AccountError
from accounts.services.people import create_staff
from centers.choices import Role
from centers.models import Center, CenterParent, CenterRole
from common import clock


class Command(BaseCommand):
    help = "Make an administrator of the whole network: the first person, who enters the others in the browser."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", required=True, help="what this person signs in with")
        parser.add_argument("--name", default="", help="what others read; the user name if left out")
        parser.add_argument(
            "--password",
            help="a first one, to be replaced at the first sign-in: it stays in the shell's history; "
            "without it one is asked for, unseen",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the account and its roles in one transaction.

        Nobody can have granted them, so no actor is asked; pghistory notes the change.
        """
        today = clock.today()
        roots = Center.objects.exclude(pk__in=CenterParent.objects.on(today).values("center"))
        if not roots:
            raise CommandError("There is no center yet. Load the register first: manage.py import_register")
        given = options["password"]
        password = given or self._ask_password()
        try:
            with transaction.atomic():
                person = create_staff(
                    username=options["username"],
                    password=password,
                    name=options["name"] or options["username"],
                    password_lasts=not given,
                )
                rows = [
                    CenterRole(user=person, center=root, role=Role.ADMIN, valid=DateRange(today, None))
                    for root in roots
                ]
                CenterRole.objects.bulk_create(rows)
        except AccountError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person.username} administers {'、'.join(root.name for root in roots)}")

    def _ask_password(self) -> str:
        first, second = getpass.getpass("Password: "), getpass.getpass("Once more: ")
        if first != second:
            raise CommandError("The two passwords differ.")
        return first
