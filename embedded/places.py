"""Paths of the engines' files.

Under PORTAL_VAR or <project>/var, the tests' engines in var/test, sockets where their path is short enough.
"""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from embedded.errors import EnginesError

PROJECT = Path(__file__).resolve().parent.parent
# sun_path holds 108 bytes on Linux, 104 on macOS, with the closing zero; PostgreSQL's lock file needs no room in it.
SOCKET_PATH_LIMIT = 103
POSTGRES_SOCKET, VALKEY_SOCKET = ".s.PGSQL.5432", "valkey.sock"
# What libpq (comma) and the URL of the broker's client ("?", "#", "%") would read as something else than a path.
AWKWARD = frozenset(",?#%\"'\\\n")


@dataclass(frozen=True)
class Places:
    """All paths of one pair of engines. `durable` False: the tests' own, faster and forgetful after a power cut."""

    var: Path
    durable: bool = True

    @classmethod
    def of(cls, *, durable: bool | None = None, environ: dict[str, str] | None = None) -> "Places":
        """The places that PORTAL_VAR and PORTAL_DURABLE (0: the tests' engines) name; `durable` wins over that."""
        env = os.environ if environ is None else environ
        if durable is None:
            durable = env.get("PORTAL_DURABLE", "1") != "0"
        base = Path(env.get("PORTAL_VAR") or PROJECT / "var").resolve()
        return cls(base if durable else base / "test", durable)

    @property
    def run(self) -> Path:
        """Locks and notes of the keeper."""
        return self.var / "run"

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"

    @property
    def valkey(self) -> Path:
        return self.var / "valkey"

    @property
    def clients_lock(self) -> Path:
        """Lock file shared by all clients of the engines; the keeper takes it alone before it stops them."""
        return self.run / "clients.lock"

    @property
    def keeper_lock(self) -> Path:
        return self.run / "keeper.lock"

    @property
    def ready(self) -> Path:
        """JSON file, present while both engines answer: {"sockets": directory, "keeper": pid}."""
        return self.run / "ready.json"

    @property
    def stop_requests(self) -> Path:
        """Directory with a file for each client that left and asks to stop now, named by its process id.

        The keeper removes a request as its answer.
        """
        return self.run / "stop_requests"

    @property
    def error(self) -> Path:
        """File with one sentence: why the keeper gave up."""
        return self.run / "error.txt"

    def make(self) -> None:
        """Create the directories, the run directory closed to others."""
        for directory in (self.var, self.log, self.run, self.stop_requests):
            try:
                directory.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise EnginesError(f"{directory} can't be made: {error.strerror}.") from error
        if self.run.stat().st_uid != os.geteuid():
            raise EnginesError(
                f"{self.run} belongs to another user; run as that user, or set PORTAL_VAR to a directory of your own."
            )
        self.run.chmod(0o700)

    def socket_directory(self) -> Path:
        """The run directory.

        With a path too long or too odd for a socket, a private directory of this user among the temporary ones.
        """
        longest = self.run / POSTGRES_SOCKET
        if len(os.fsencode(longest)) <= SOCKET_PATH_LIMIT and not AWKWARD & set(str(self.run)):
            return self.run
        name = hashlib.sha256(os.fsencode(self.var)).hexdigest()[:12]
        return private_directory(Path(tempfile.gettempdir()) / f"pingh-{os.geteuid()}-{name}")


def private_directory(path: Path) -> Path:
    """Make `path` for this user alone; refuse one that somebody else laid there first."""
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise EnginesError(f"{path} isn't a directory of this user; remove it, or set TMPDIR to another directory.")
    path.chmod(0o700)
    return path
