"""Client side of the engines: find or start them, hold them while the process lives, let go."""

import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from embedded.errors import EnginesError
from embedded.places import POSTGRES_SOCKET, PROJECT, VALKEY_SOCKET, Places

# Names in the environment that attach() wrote itself, so that a child process doesn't take them for a person's own
# servers.
MARK = "PORTAL_ENGINES"
READY_SECONDS = 90.0
STOP_SECONDS = 60.0
SOCKETS = (POSTGRES_SOCKET, VALKEY_SOCKET)
LEAST_FREE_BYTES = 300 * 1024 * 1024


class Note(NamedTuple):
    """Keeper's note: the sockets the engines answer on, and the process id of the keeper."""

    sockets: Path
    keeper: int


_held: dict[Path, int] = {}


def attach(*, durable: bool | None = None) -> Places | None:
    """Make sure the engines run, and set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL where nobody has set them.

    Holds the engines until the process ends or calls leave(); calling again is cheap. `durable` False (or
    PORTAL_DURABLE=0): the tests' engines. Returns where they are, or None when outside servers are set. EnginesError
    says in one sentence what is in the way.
    """
    ours = os.environ.get(MARK, "").split()
    wanted = [name for name in ("DATABASE_URL", "REDIS_URL") if name in ours or not os.environ.get(name)]
    if not wanted:
        return None
    places = Places.of(durable=durable)
    sockets = _hold(places)
    if "DATABASE_URL" in wanted:
        host = quote(str(sockets), safe="")
        os.environ["DATABASE_URL"] = f"postgres://portal_app@{host}/portal"
        os.environ["DATABASE_OWNER_URL"] = f"postgres://portal_owner@{host}/portal"
    if "REDIS_URL" in wanted:
        os.environ["REDIS_URL"] = "unix://" + quote(str(sockets / VALKEY_SOCKET))
    os.environ[MARK] = " ".join(wanted)
    os.environ["PORTAL_DURABLE"] = "1" if places.durable else "0"
    return places


def leave(*, seconds: float = STOP_SECONDS) -> bool:
    """Let go of everything held and, where nobody else holds it, wait until the engines have stopped.

    False: others still use some.
    """
    stopped = True
    for var in list(_held):
        places = Places(var)
        os.close(_held.pop(var))
        stopped = stop_unused(places, seconds=seconds) and stopped
    return stopped


def stop_unused(places: Places, *, seconds: float = STOP_SECONDS) -> bool:
    """Ask the keeper to stop at once when there are no other clients, and wait until it removes the request.

    False: still in use.
    """
    from embedded import locks

    # A request of its own: one that several share could be answered for the one who came before.
    request = places.stop_requests / str(os.getpid())
    places.stop_requests.mkdir(exist_ok=True)
    request.touch()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if locks.is_held(places.keeper_lock):
            if places.ready.exists() and not request.exists():
                return False
        elif _left_behind(places):
            _start_keeper(places)  # its predecessor was killed: it adopts what that one left, and stops it
        else:
            request.unlink(missing_ok=True)
            return True
        time.sleep(0.05)
    return False


def _left_behind(places: Places) -> bool:
    """Whether engines answer although their keeper, which would have taken its note away, is gone."""
    note = _note(places)
    return note is not None and any(_answers(note.sockets / name) for name in SOCKETS)


def _hold(places: Places) -> Path:
    """Directory of the sockets of engines that run, held by this process."""
    if platform.system() == "Windows":
        raise EnginesError(
            "The embedded services need Linux or macOS: use WSL2, or set DATABASE_URL and REDIS_URL "
            "to servers that run."
        )
    from embedded import locks

    places.make()
    if places.var not in _held:
        # A keeper that is just leaving holds this lock alone until all has stopped; then we start afresh.
        handle = locks.take(places.clients_lock, shared=True, timeout=None)
        _held[places.var] = handle or 0
    return _ready(places) or _start(places)


def _ready(places: Places) -> Path | None:
    """Directory of the sockets when the keeper is alive, says that both engines answer, and both do."""
    from embedded import locks, processes

    note = _note(places)
    # The lock tells that a keeper is there, the pid that the note is its own and not that of a predecessor that was
    # killed.
    if note is None or not locks.is_held(places.keeper_lock) or not processes.is_alive(note.keeper):
        return None
    return note.sockets if all(_answers(note.sockets / name) for name in SOCKETS) else None


def _note(places: Places) -> Note | None:
    """Note that the keeper wrote last; after its kill -9 the note stays."""
    try:
        found = json.loads(places.ready.read_text(encoding="utf-8"))
        return Note(Path(found["sockets"]), int(found["keeper"]))
    except (OSError, ValueError, KeyError):
        return None


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        try:
            line.connect(str(path))
        except OSError:
            return False
    return True


def _start(places: Places) -> Path:
    """Start a keeper, or wait for the one that another process has just started."""
    from embedded import locks

    free = shutil.disk_usage(places.var).free
    if free < LEAST_FREE_BYTES:
        raise EnginesError(
            f"Only {free // 2**20} MB are free in {places.var}; the database needs {LEAST_FREE_BYTES // 2**20} MB."
        )
    old_error = _changed(places.error)
    deadline, next_keeper = time.monotonic() + READY_SECONDS, 0.0
    while time.monotonic() < deadline:
        sockets = _ready(places)
        if sockets:
            return sockets
        if _changed(places.error) != old_error:
            raise EnginesError(places.error.read_text(encoding="utf-8").strip())
        if time.monotonic() >= next_keeper:
            if not locks.is_held(places.keeper_lock):
                _start_keeper(places)
            next_keeper = time.monotonic() + 1
        time.sleep(0.02)
    raise EnginesError(f"The embedded services didn't answer within {READY_SECONDS:.0f} seconds; see {places.log}.")


def _changed(path: Path) -> int:
    """Time of the last change, 0 for a file that isn't there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _start_keeper(places: Places) -> None:
    """The keeper forks away from us at once, so the wait is short and no zombie is left."""
    command = [sys.executable, "-m", "embedded.keeper", str(places.var), "durable" if places.durable else "forgetful"]
    with (places.log / "keeper.log").open("ab") as log:
        subprocess.run(command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)
