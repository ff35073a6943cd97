"""`manage.py compilemessages`: make the .mo files that are out of date.

In place of Django's, which needs gettext's tools.
"""

from typing import Any

from django.core.management.base import BaseCommand

from common.i18n import catalogue


class Command(BaseCommand):
    help = "Compile the catalogues in locale/ that have changed since."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        made = catalogue.compile_catalogues()
        self.stdout.write(f"{len(made)} catalogues compiled")
