"""Machine that the figures were measured on: processor, memory, versions. No names."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("django", "psycopg2-binary", "granian", "celery", "django-htmx")


def describe() -> dict[str, str]:
    """Label and value, in order."""
    from django.db import connection

    from bench import places

    with places.database("postgres", owner=True), connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = cursor.fetchone()[0]
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "PostgreSQL": f"{postgres}, durable as in `make run`",
        **{name: version(name) for name in PACKAGES},
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.processor() or "unknown",
    )
