"""The servers and the environment that every test process needs before Django's settings are read."""

import os
import shutil
import subprocess
from pathlib import Path

import django

import embedded
from common.i18n.catalogue import compile_catalogues
from embedded.places import Places

# The tests' own corner: servers that may forget (var/test), their logs, the servers' static files.
VAR = Places.of(durable=False).var


def prepare_environment() -> None:
    """Find or start the engines (or take those of DATABASE_URL and REDIS_URL), connect as owner, choose the settings.

    Each xdist worker calls it too: its servers stay up as long as any of them lives.
    """
    embedded.attach(durable=False)
    _spread_databases()
    os.environ["DATABASE_ROLE"] = "owner"
    os.environ["DJANGO_SETTINGS_MODULE"] = "pingh_portal.settings.test"
    # Playwright's synchronous API runs an event loop in this thread; Django would refuse the database in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        # Before anything is said: a catalogue is read once, and a fresh clone has none. Workers come later and find it.
        compile_catalogues()
    django.setup()


def _spread_databases() -> None:
    """Let ext4 put each database's files into another part of the disk, instead of all into one.

    It keeps the place of a deleted file free for minutes and, to make a new one, steps over all such places near by:
    making a database takes seconds once dozens have been dropped there, and a tenth of one elsewhere. Other file
    systems know no such flag.
    """
    base = Places.of(durable=False).postgres / "base"
    if base.exists() and (chattr := shutil.which("chattr")):
        subprocess.run([chattr, "+T", str(base)], capture_output=True, check=False)


def log_directory() -> Path:
    """Where the servers that tests start write their logs."""
    directory = VAR / "log"
    directory.mkdir(parents=True, exist_ok=True)
    return directory
