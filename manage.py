#!/usr/bin/env python
"""Django's commands. Without DATABASE_URL the embedded PostgreSQL and Valkey are found or started first."""

import os
import subprocess
import sys

# These create or change tables, so they connect as the owner; everything else as the role that owns none.
OWNER_COMMANDS = {
    "migrate",
    "prepare",
    "createcachetable",
    "makemigrations",
    "sqlmigrate",
    "flush",
    "dbshell",
    "pgtrigger",
}
NO_SERVICES = {"help", "version", "compilemessages", "makemessages", "collectstatic", "--help", "--version"}


def main() -> None:
    """Find the services, then do as Django's manage.py does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingh_portal.settings.dev")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in OWNER_COMMANDS:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    if command not in NO_SERVICES:
        find_services()
    if command == "runserver" and not {"-h", "--help"}.intersection(sys.argv):
        prepare_to_serve()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def find_services() -> None:
    """The servers of DATABASE_URL and REDIS_URL, else the embedded ones; one sentence when there are none to be had."""
    from embedded import EnginesError, attach

    try:
        attach()
    except EnginesError as error:
        sys.exit(str(error))


def prepare_to_serve() -> None:
    """Tables, register and demo before the first page, as `make run` does.

    Not again each time the reloader starts over.
    """
    os.environ.setdefault("STATIC_AS_WRITTEN", "1")
    if "RUN_MAIN" not in os.environ:
        prepare = [sys.executable, __file__, "prepare", "--sign-ins", "-"]
        if code := subprocess.run(prepare, check=False).returncode:
            sys.exit(code)


if __name__ == "__main__":
    main()
