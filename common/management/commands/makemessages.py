"""`manage.py makemessages [--merge FILE …]`.

Bring locale/ up to date with code and templates, without gettext's tools.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.i18n import catalogue as translations


class Command(BaseCommand):
    help = (
        "Gather the messages of code and templates into locale/; "
        "translations are kept, or filled in from the files given."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--merge", nargs="+", type=Path, default=[], metavar="FILE", help="Lines of message, tab, translation."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue = translations.refresh(options["merge"])
        missing = [message.id for message in catalogue if message.id and not translations.is_translated(message)]
        for msgid in missing:
            self.stdout.write(f"not translated: {msgid!r}")
        self.stdout.write(f"{len(catalogue)} messages, {len(missing)} not translated")
