"""A portal as people get it.

Granian, a Celery worker and beat in processes of their own, as the role that owns no table.

It has its own database (cloned from the template) and its own Valkey, so a test may kill either without disturbing
another.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import override_settings

from embedded import binaries, locks
from embedded.children import Child, kill_group
from embedded.places import PROJECT
from tests.support import databases
from tests.support.engines import VAR, log_directory

# A machine that several runs share may take a minute for what it does in two seconds alone.
START_SECONDS = 180.0
STOP_SECONDS = 10.0
# A body takes no longer than this: time enough for every client of the tests, and soon over for those that dawdle on
# purpose.
BODY_SECONDS = 4
STATIC_HOME = VAR / "portal"


class PortalServer:
    """One running portal.

    `url` without a slash at its end; `database_name` names its database; `environment` is set besides our own.
    """

    def __init__(
        self,
        label: str,
        database_name: str,
        unblock: Callable[[], AbstractContextManager[None]],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.label, self.database_name = label, database_name
        self._unblock = unblock
        self._own_environment = dict(environment or {})
        self._sockets = Path(tempfile.mkdtemp(prefix="pingh-"))
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "-A", "pingh_portal"]
        granian = ["granian", "--interface", "rsgi", "--http", "1", "--no-ws", "--workers", "2", "--host", "127.0.0.1"]
        worker = ["worker", "-P", "threads", "-c", "2", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        beat = ["beat", "--pidfile", "", "--schedule", str(self._sockets / "beat")]
        valkey = ["--port", "0", "--unixsocket", str(self._sockets / "valkey.sock"), "--save", "", "--appendonly", "no"]
        self.broker = self._child("broker", [str(binaries.valkey_server()), *valkey, "--dir", str(self._sockets)])
        self.web = self._child("web", [*python, *granian, "--port", str(self.port), "pingh_portal.rsgi:app"])
        self.worker = self._child("worker", [*celery, *worker])
        self.beat = self._child("beat", [*celery, *beat])

    def start(self) -> None:
        """Start broker and web, and return once a page answers."""
        self.start_broker()
        self.start_web()

    def start_broker(self) -> None:
        """Start Valkey, also after `kill_broker`."""
        self.broker.start()
        _until(lambda: _accepts(self._sockets / "valkey.sock"), self.broker)

    def start_web(self) -> None:
        """Start the web server, also after it was killed, and return once a page answers."""
        self.web.start()
        _until(self._answers, self.web)

    def kill_broker(self) -> None:
        """kill -9, as a fault would."""
        self.kill(self.broker)

    def kill(self, child: Child) -> None:
        """kill -9 of a program and of all it has started."""
        child.kill(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()

    @contextmanager
    def database_cut_off(self) -> Iterator[None]:
        """Within it this portal's database is gone, as after a crash of its server."""
        with self._unblock(), databases.cut_off(self.database_name):
            yield

    def start_worker(self) -> None:
        """Start the Celery worker and beat, unless they run."""
        for child in (self.worker, self.beat):
            if child.process is None or child.process.poll() is not None:
                child.start()

    def watch_worker(self) -> None:
        """As the supervisor and systemd do: bring worker and beat back, should they have died.

        Celery's worker does when its broker goes away while it holds messages (celery/kombu#582).
        """
        for child in (self.worker, self.beat):
            child.watch()

    def stop_worker(self) -> None:
        """End the Celery worker and beat."""
        _stop([self.worker, self.beat])

    def stop(self) -> None:
        """End everything that was started."""
        _stop([self.web, self.worker, self.beat])
        _stop([self.broker])
        shutil.rmtree(self._sockets, ignore_errors=True)

    @contextmanager
    def database(self) -> Iterator[None]:
        """Django's models on this portal's database, as the owner; what is written is committed at once."""
        with self._unblock(), databases.connected_to(self.database_name):
            yield

    def session_cookie(self, user: Any) -> dict[str, str]:
        """A signed-in session for `user`, as a cookie (`name`, `value`) that a browser or a client can carry."""
        from importlib import import_module

        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        with self.database():
            session = import_module(settings.SESSION_ENGINE).SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
        return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}

    def log_of(self, child: Child) -> str:
        """All that a process has said."""
        return child.log.read_text(encoding="utf-8", errors="replace") if child.log and child.log.exists() else ""

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` with these arguments on this portal's database, and return what it says."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=PROJECT, env=self._environment(), capture_output=True, text=True, timeout=60, check=False
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {arguments[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def forget_limits(self) -> None:
        """Forget how often anybody has searched or asked: what one test uses up isn't missing to the next."""
        from redis import Redis

        volatile = Redis(unix_socket_path=str(self._sockets / "valkey.sock"), db=1)
        try:
            volatile.flushdb()
        finally:
            volatile.close()
        with self.database():
            caches["default"].clear()

    def _child(self, name: str, command: list[str]) -> Child:
        log = log_directory() / f"{name}-{self.label}.log"
        log.unlink(missing_ok=True)
        return Child(name, command, PROJECT, log, env=self._environment())

    def _environment(self) -> dict[str, str]:
        """As the tests', but as the application's role, on our database and broker.

        Never attaching to the tests' own servers.
        """
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PORTAL_") and name != "DATABASE_ROLE"
        }
        owner_url = os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
        return environment | {
            "DATABASE_URL": _with_database(os.environ["DATABASE_URL"], self.database_name),
            "DATABASE_OWNER_URL": _with_database(owner_url, self.database_name),
            "REDIS_URL": f"unix://{self._sockets / 'valkey.sock'}",
            "PORTAL_VAR": str(STATIC_HOME),
            "DEMO": "1",
            "PYTHONUNBUFFERED": "1",
            "BODY_SECONDS": str(BODY_SECONDS),
            **self._own_environment,
        }

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True


@contextmanager
def running_portal(
    label: str, unblock: Callable[[], AbstractContextManager[None]], environment: Mapping[str, str] | None = None
) -> Iterator[PortalServer]:
    """Start a portal on a fresh clone of the template; end it and drop the database afterwards.

    `environment`: DEMO=0, say.
    """
    with ExitStack() as stack:
        with unblock():
            name = stack.enter_context(databases.clone(f"{label}_portal"))
        _collect_static()
        server = PortalServer(label, name, unblock, environment)
        stack.callback(server.stop)
        server.start()
        yield server


def _stop(children: list[Child]) -> None:
    """Ask the parents to end (granian and Celery see to their children); see that nobody is left in their groups."""
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    for process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        kill_group(process.pid, signal.SIGKILL)
        process.wait()


def _collect_static() -> None:
    """Bring the static files to where the portals of all workers serve them from; one worker at a time."""
    STATIC_HOME.mkdir(parents=True, exist_ok=True)
    lock = locks.take(STATIC_HOME / "collect.lock", timeout=None)
    try:
        with override_settings(STATIC_ROOT=STATIC_HOME / "static"):
            call_command("collectstatic", interactive=False, verbosity=0)
    finally:
        if lock is not None:
            os.close(lock)


def _with_database(url: str, name: str) -> str:
    address, mark, query = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{query}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _accepts(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(str(path)) == 0


def _until(is_ready: Callable[[], bool], child: Child) -> None:
    """Wait until it is; a child that ends before is an error told in its own last words."""
    deadline = time.monotonic() + START_SECONDS
    while not is_ready():
        ended = child.process is not None and child.process.poll() is not None
        if ended or time.monotonic() > deadline:
            words = child.log.read_text(encoding="utf-8", errors="replace")[-2000:] if child.log else ""
            raise RuntimeError(f"{child.name} {'ended' if ended else 'does not answer'}:\n{words}")
        time.sleep(0.05)
