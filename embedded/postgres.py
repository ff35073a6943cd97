"""Our own launcher of PostgreSQL: make the cluster, start or adopt the server, clear what a crash left, stop it."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from embedded import binaries, processes
from embedded.errors import EnginesError
from embedded.homes import Home
from embedded.places import POSTGRES_SOCKET, Places

BOOTSTRAP = Path(__file__).with_name("bootstrap.sql")
# The builtin provider (17 and later) sorts and compares alike on every machine; the name before it must exist on this
# one.
LOCALES = ("C.UTF-8", "en_US.UTF-8")
BUILTIN_SINCE = 17
START_SECONDS = 60.0
# For a small machine that serves a city; parallel plans would need more shared memory than containers give.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # Statements, and the details of a constraint that refuses one, hold what people entered: numbers, hashes of
    # passwords.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# Loses data with a power cut, not with a kill -9: commits still reach the system's memory.
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB"}


class Postgres:
    """PostgreSQL cluster and its server, as the owner of `home`."""

    name = "PostgreSQL"

    def __init__(self, places: Places, home: Home) -> None:
        self.places, self.home = places, home
        self.data, self.sockets, self.identity = home.data, home.sockets, home.identity
        self.log = places.log / "postgres.log"
        self.pid = 0

    @property
    def socket(self) -> Path:
        return self.sockets / POSTGRES_SOCKET

    def start(self) -> None:
        """Make sure the server runs and answers; EnginesError with its own last words when it can't."""
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        self._check_version()
        self.pid = self._running_pid()
        if not self.pid:
            self._clear_stale()
            self._launch()
        elif not self._wait_ready(START_SECONDS):
            raise EnginesError(f"PostgreSQL (process {self.pid}) runs but doesn't answer; see {self.log}.")
        self._bootstrap()
        self._sweep()

    def is_alive(self) -> bool:
        """Whether the server runs and its socket is where clients look for it."""
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, os.WNOHANG)
        return processes.is_alive(self.pid) and self.socket.exists()

    def stop(self) -> None:
        """Fast shutdown; harder when that takes longer than ten seconds."""
        pid = self.pid or self._running_pid()
        if pid:
            processes.stop(pid, (signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))
        self.pid = 0

    def _running_pid(self) -> int:
        """Pid of the live server of this very cluster, also one that an earlier keeper left behind.

        0 when there is none.
        """
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split("\n", 1)[0])
        except (OSError, ValueError):
            return 0
        return pid if processes.is_alive(pid) and str(self.data) in processes.command_line(pid) else 0

    def _clear_stale(self) -> None:
        """Remove a stale pid file: it may name another process by now, and PostgreSQL would then refuse to start."""
        for leftover in (self.data / "postmaster.pid", self.socket, self.socket.with_name(f"{POSTGRES_SOCKET}.lock")):
            leftover.unlink(missing_ok=True)

    def _launch(self) -> None:
        """Start and wait.

        After a crash the last backends may still hold the shared memory for a moment, so try again for a while.
        """
        deadline = time.monotonic() + START_SECONDS
        while True:
            offset = self.log.stat().st_size if self.log.exists() else 0
            self.pid = self._spawn()
            if self._wait_ready(deadline - time.monotonic()):
                return
            complaint = self._complaint(offset)
            still_held = "shared memory block" in complaint or "lock file" in complaint
            if not still_held or time.monotonic() > deadline:
                self.stop()
                raise EnginesError(f"PostgreSQL didn't start: {complaint or 'no answer'} (log: {self.log}).")
            time.sleep(0.1)
            self._clear_stale()

    def _spawn(self) -> int:
        settings = {
            **SETTINGS,
            **({} if self.places.durable else FORGETFUL),
            "unix_socket_directories": f'"{self.sockets}"',
        }
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        command: list[str | Path] = [*self.identity.prefix, self.home.bin / "postgres", "-D", self.data, *options]
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.places.var,
                start_new_session=True,
                **self.identity.popen_options(),
            )
        child.returncode = 0  # we reap by pid: an adopted server has no such object either
        return child.pid

    def _wait_ready(self, seconds: float) -> bool:
        """Wait until the server accepts connections; False when it ended or the time is over."""
        deadline = time.monotonic() + seconds
        command: list[str | Path] = [
            self.home.bin / "pg_isready",
            "-q",
            "-h",
            self.sockets,
            "-U",
            "postgres",
            "-d",
            "postgres",
        ]
        while time.monotonic() < deadline:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, os.WNOHANG)
            if not processes.is_alive(self.pid):
                return False
            if self.socket.exists() and subprocess.run(command, check=False).returncode == 0:
                return True
            time.sleep(0.03)
        return False

    def _complaint(self, offset: int) -> str:
        """The last FATAL or PANIC line that the server wrote since `offset`."""
        with self.log.open("rb") as log:
            log.seek(offset)
            lines = log.read().decode("utf-8", "replace").splitlines()
        loud = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "unshare:" in line]
        return (loud or lines or [""])[-1].split("FATAL:")[-1].split("PANIC:")[-1].strip()

    def _initdb(self) -> None:
        """Make the cluster beside its place and move it there whole: a kill in between leaves nothing half-made.

        Each attempt has a directory of its own: the initdb of a keeper that was killed may still be writing into the
        last one.
        """
        self._sweep()
        complaint = ""
        for locale in LOCALES:
            fresh = Path(tempfile.mkdtemp(prefix="postgres.new.", dir=self.data.parent))
            if self.identity.is_other_user:
                os.chown(fresh, self.identity.uid or 0, self.identity.gid or 0)
            done = self._run("initdb", "-D", fresh, f"--locale={locale}", *self._cluster_options())
            if done.returncode == 0:
                fresh.rename(self.data)
                return
            shutil.rmtree(fresh, ignore_errors=True)
            complaint = complaint or _error_line(done.stderr)
        raise EnginesError(f"The database can't be created in {self.data}: {complaint}")

    def _sweep(self) -> None:
        """Remove what killed attempts left.

        Again once the server runs, when an initdb that was still at work has failed for want of it.
        """
        for leftover in self.data.parent.glob("postgres.new.*"):
            shutil.rmtree(leftover, ignore_errors=True)

    def _cluster_options(self) -> list[str]:
        """Options of initdb, but for the locale's name."""
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        if binaries.postgres_major(self.home.bin) >= BUILTIN_SINCE:
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return options if self.places.durable else [*options, "--no-sync"]

    def _bootstrap(self) -> None:
        """Roles, extensions and the database, once; the marker lies inside the cluster it speaks of."""
        marker = self.data / "portal-bootstrapped"
        if marker.exists():
            return
        done = self._run(
            "psql",
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            self.sockets,
            "-U",
            "postgres",
            "-d",
            "template1",
            stdin=BOOTSTRAP.read_text(encoding="utf-8"),
        )
        if done.returncode:
            raise EnginesError(f"The database's roles can't be created: {done.stderr.strip()}")
        marker.touch()

    def _run(self, program: str, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command: list[str | Path] = [*self.identity.prefix, self.home.bin / program, *arguments]
        options = self.identity.popen_options()
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, cwd="/", **options)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text(encoding="utf-8").strip()
        have = binaries.postgres_major(self.home.bin)
        if made_by != str(have):
            raise EnginesError(
                f"{self.data} was made by PostgreSQL {made_by}, but {self.home.bin} is {have}: "
                "move the directory away to start afresh, or set PORTAL_POSTGRES_BIN to the older programs."
            )
        if os.geteuid() != 0 and self.data.stat().st_uid != os.geteuid():
            raise EnginesError(
                f"{self.data} belongs to another user; run as that user, or set PORTAL_VAR to a directory of your own."
            )


def _error_line(text: str) -> str:
    """Error message in a program's output: its line with "error:", else its last line."""
    lines = [line for line in text.splitlines() if line.strip()] or ["it gave no reason"]
    return next((line for line in lines if "error:" in line), lines[-1])
