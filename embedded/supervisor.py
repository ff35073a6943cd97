"""Supervisor of the portal: `make run`.

Engines, then everything between an empty database and a portal, then web, worker and beat until Ctrl-C.
"""

import contextlib
import http.client
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from embedded import locks, logs, ports
from embedded.children import Child, stop_all
from embedded.clients import attach, leave
from embedded.errors import EnginesError
from embedded.places import PROJECT, Places
from embedded.tails import Tail

HOST = "127.0.0.1"
ANSWER_SECONDS = 60.0
STOP_SECONDS = 10.0
LOOK_SECONDS = 0.2


class Stopped(BaseException):
    """Exception on Ctrl-C, or on a signal that means the same."""


class Supervisor:
    """Supervisor of one running portal in one project directory."""

    def __init__(self, places: Places, port: int) -> None:
        self.places, self.port = places, port
        self.children: list[Child] = []
        self.tails: list[Tail] = []
        self.began = time.monotonic()
        self.stopping = False

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/"

    def run(self) -> None:
        """Run until a signal; whatever ends it, nothing that it started is left behind."""
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(kind, self._signalled)
        try:
            self._start()
            self._watch()
        except Stopped:
            print("\nStopping …", flush=True)
        finally:
            self.stopping = True
            stop_all(self.children, STOP_SECONDS)
            leave()
            say("stopped; nothing is left running")

    def _signalled(self, kind: int, frame: FrameType | None) -> None:
        """Handle signals: the first ends the watch, another one while stopping ends the wait."""
        if not self.stopping:
            self.stopping = True
            raise Stopped
        for child in self.children:
            child.kill(signal.SIGKILL)

    def _start(self) -> None:
        with stage("PostgreSQL and Valkey" if not_outside() else "outside servers"):
            attach()
        sign_ins = self.places.run / "sign-ins.txt"
        sign_ins.unlink(missing_ok=True)
        self._prepare(sign_ins)
        ports.must_be_free(HOST, self.port)
        self.tails = [Tail(self.places.log / f"{name}.log") for name in ("web", "worker")]
        web, *others = self._programs()
        with stage("web"):
            self._begin(web)
            status = self._wait_for_answer()
        # not all at once: the first page shouldn't wait for programs that nobody has asked anything yet
        for child in others:
            self._begin(child)
        self._welcome(status, sign_ins)

    def _begin(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def _prepare(self, sign_ins: Path) -> None:
        """Run `manage.py prepare`, one Django process for all that comes before serving; it prints its own stages."""
        command = python("manage.py", "prepare", "--sign-ins", str(sign_ins))
        child = Child("prepare", command, PROJECT, env={**os.environ, "DATABASE_ROLE": "owner"})
        self._begin(child)
        code = child.process.wait() if child.process else 1
        self.children.remove(child)
        if code:
            raise EnginesError("The portal can't be prepared; what stands above says why.")

    def _programs(self) -> list[Child]:
        """Web, worker, beat. Threads in the worker: a third of the memory of processes, and its tasks mostly wait."""
        celery = python("-m", "celery", "-A", "pingh_portal")
        web = python(
            "-m", "granian", "--interface", "rsgi", "--http", "1", "--no-ws", "--host", HOST, "--port", str(self.port)
        )
        web += ["--workers", "2", "--respawn-failed-workers", "pingh_portal.rsgi:app"]
        worker = [
            *celery,
            "worker",
            "-P",
            "threads",
            "-c",
            "2",
            "--loglevel",
            "INFO",
            "--without-gossip",
            "--without-mingle",
        ]
        # no pid file: a stale one would refuse the next start, and this supervisor is alone anyway
        beat = [
            *celery,
            "beat",
            "--loglevel",
            "INFO",
            "--pidfile",
            "",
            "--schedule",
            str(self.places.run / "beat-schedule"),
        ]
        commands = {"web": web, "worker": worker, "beat": beat}
        return [Child(name, command, PROJECT, self.places.log / f"{name}.log") for name, command in commands.items()]

    def _wait_for_answer(self) -> int:
        """Status of the first page, 0 when none came in time."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            self._look_at_children()
            with contextlib.suppress(OSError, http.client.HTTPException):
                line = http.client.HTTPConnection(HOST, self.port, timeout=30)
                line.request("GET", "/")
                return line.getresponse().status
            time.sleep(0.05)
        return 0

    def _welcome(self, status: int, sign_ins: Path) -> None:
        seconds = time.monotonic() - self.began
        if not 200 <= status < 400:
            what = f"answers with {status}" if status else "doesn't answer"
            print(f"\nThe portal {what} at {self.address}; {self.places.log / 'web.log'} says why.", flush=True)
            return
        print(f"\nThe portal is ready after {seconds:.1f} s:  {self.address}", flush=True)
        if sign_ins.exists():
            print(sign_ins.read_text(encoding="utf-8").rstrip(), flush=True)
        else:
            print("Its first person is made by: .venv/bin/python manage.py createcityadmin", flush=True)
        print(f"Logs: {self.places.log}. Ctrl-C stops everything.\n", flush=True)

    def _watch(self) -> None:
        """Restart children that die, and the keeper of the engines should it be killed.

        Show messages sent to the console.
        """
        next_attach = 0.0
        while True:
            time.sleep(LOOK_SECONDS)
            self._look_at_children()
            for tail in self.tails:
                for line in tail.messages():
                    print(line, flush=True)
            if time.monotonic() >= next_attach:
                try:
                    if attach() is None:  # with servers of one's own there is no keeper that would
                        logs.trim(self.places.log)
                except EnginesError as error:
                    say(str(error))
                next_attach = time.monotonic() + 1

    def _look_at_children(self) -> None:
        for child in self.children:
            line = child.watch()
            if line:
                say(line)


def say(text: str) -> None:
    """Print one line to the console."""
    print(f"          {text}", flush=True)


@contextlib.contextmanager
def stage(title: str) -> Iterator[None]:
    """Print what has been done and the seconds it took."""
    started = time.monotonic()
    yield
    print(f"{time.monotonic() - started:6.1f} s  {title}", flush=True)


def python(*arguments: str) -> list[str]:
    """A command in this very Python: scripts of a virtual environment break when its directory is moved."""
    return [sys.executable, *arguments]


def not_outside() -> bool:
    return not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))


def main() -> None:
    """Refuse a bad or busy port and a second run in one sentence; else run."""
    os.chdir(PROJECT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingh_portal.settings.dev")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    try:
        supervisor = Supervisor(Places.of(), ports.read_port(os.environ.get("PORT") or "8000"))
        supervisor.places.make()
        note = supervisor.places.run / "supervisor.lock"
        if locks.take(note) is None:
            print(
                f"The portal already runs from this directory at {note.read_text(encoding='utf-8')}; "
                "Ctrl-C there stops it."
            )
            return
        ports.must_be_free(HOST, supervisor.port)
        note.write_text(supervisor.address, encoding="utf-8")
        supervisor.run()
    except EnginesError as error:
        sys.exit(f"\n{error}")


if __name__ == "__main__":
    main()
