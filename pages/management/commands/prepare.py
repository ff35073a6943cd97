"""`manage.py prepare`: all steps from an empty database to a portal that can be served, in one process.

What `make run` does at each start.
"""

import hashlib
import time
from argparse import ArgumentParser
from collections.abc import Callable
from io import StringIO
from operator import itemgetter
from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command, get_commands
from django.db import connection

PRINTED = Path("-")
# Of what packages bring along: the API renders no pages of its own, and htmx is version 2 without extensions.
# The style sheets go out as one (common.style_sheets); those it is joined from stay here.
UNUSED_STATIC = ["rest_framework", "htm*-4*", "ext", "css"]


class Command(BaseCommand):
    help = (
        "Compile translations, migrate, load the register, add the shipped services and themes, the demo's missing "
        "days, collect static files. Safe to repeat."
    )
    requires_system_checks = ()  # migrate checks by itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sign-ins", type=Path, help="file to write the demo's sign-ins to; - prints them last")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stage("translations", lambda: self.call("compilemessages", stdout=StringIO()))
        self.stage("tables", self.migrate)
        self.stage("center register", lambda: self.call("import_register"))
        self.stage("service catalogue", lambda: self.call("import_services"))
        self.stage("themes", lambda: self.call("import_themes"))
        if settings.DEMO:
            self.stage("demo records", lambda: self.call("demo"))
            if options["sign_ins"] and options["sign_ins"] != PRINTED:
                with options["sign_ins"].open("w", encoding="utf-8") as file:
                    self.call("demo", sign_ins=True, stdout=file)
        self.stage("static files", self.collect_static)
        if settings.DEMO and options["sign_ins"] == PRINTED:
            self.call("demo", sign_ins=True)

    def migrate(self) -> None:
        """Migrate as the owner; all later steps have only the rights of the application."""
        self.call("migrate", interactive=False, verbosity=0)
        become_application()

    def collect_static(self) -> None:
        """Collect static files if any has changed since: hashing and compressing take seconds."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        state = static_state()
        if not (stamp.exists() and stamp.read_text(encoding="utf-8") == state):
            self.call("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED_STATIC)
            stamp.write_text(state, encoding="utf-8")

    def call(self, name: str, **options: Any) -> None:
        """Run a management command, or skip it where this installation doesn't have it."""
        if name in get_commands():
            call_command(name, **{"stdout": self.stdout, **options})

    def stage(self, title: str, work: Callable[[], object]) -> None:
        """Do the work and print its line with the seconds it took."""
        started = time.perf_counter()
        work()
        self.stdout.write(f"{time.perf_counter() - started:6.1f} s  {title}")
        self.stdout.flush()


def static_state() -> str:
    """A hash of name, size and time of every static file of every app, and of where they go and how."""
    digest = hashlib.sha256(repr((settings.STORAGES["staticfiles"], str(settings.STATIC_ROOT), UNUSED_STATIC)).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(UNUSED_STATIC), key=itemgetter(0)):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def become_application() -> None:
    """Reconnect as the role of DATABASE_URL."""
    connection.close()
    address = dj_database_url.parse(settings.DATABASE_URL)
    connection.settings_dict.update({key: address[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")})
