#!/usr/bin/env python
"""Django's commands. Without DATABASE_URL the embedded PostgreSQL and Valkey are found or started first."""

import os
import sys

# These create or change tables, so they connect as the owner; everything else as the role that owns none.
OWNER_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "flush", "dbshell", "pgtrigger"}
NO_SERVICES = {"help", "version", "compilemessages", "makemessages", "collectstatic", "--help", "--version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingh_portal.settings.dev")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in OWNER_COMMANDS:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    if command not in NO_SERVICES:
        from embedded import attach

        attach()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
