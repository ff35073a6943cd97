"""Processes that use a pair of engines of their own, and a look at the engines' processes."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2
import redis
from psycopg2 import extensions

from embedded.places import PROJECT, Places
from embedded.processes import is_alive

OURS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "PORTAL_ENGINES",
    "PORTAL_DURABLE",
    "PORTAL_POSTGRES_BIN",
    "PORTAL_VALKEY_SERVER",
)
# Attaches, says how that went, then obeys: "leave", or the end of its input.
SCRIPT = """
import json, os, sys, embedded
try:
    embedded.attach()
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    print(json.dumps({name: os.environ[name] for name in names}), flush=True)
except embedded.EnginesError as error:
    print(json.dumps({"error": str(error)}), flush=True)
for line in sys.stdin:
    print(json.dumps(embedded.leave()), flush=True)
"""


def environment(var: Path, **more: str) -> dict[str, str]:
    """This process's environment without the engines of this very test run."""
    return {**{key: value for key, value in os.environ.items() if key not in OURS}, "PORTAL_VAR": str(var), **more}


class Client:
    """One process that holds the engines of `var` until it ends."""

    def __init__(self, var: Path, **more: str) -> None:
        command = [sys.executable, "-c", SCRIPT]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command,
            env=environment(var, PORTAL_DURABLE="0", **more),
            cwd=PROJECT,
            stdin=pipe,
            stdout=pipe,
            text=True,
            start_new_session=True,
        )
        self._answer: dict[str, str] | None = None

    @property
    def answer(self) -> dict[str, str]:
        """What attach() set, or its error; waits for it."""
        if self._answer is None:
            self._answer = self._line()
        return self._answer

    def leave(self) -> bool:
        """Its embedded.leave()."""
        self.process.stdin.write("leave\n")
        self.process.stdin.flush()
        return self._line()

    def end(self) -> None:
        """Let it end as programs do, without leave()."""
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def _line(self) -> Any:
        line = self.process.stdout.readline()
        assert line, "the client died"
        return json.loads(line)


class Engines:
    """One pair of engines in a directory of its own, its clients, and their end."""

    def __init__(self, var: Path) -> None:
        self.var, self.places = (
            var,
            Places(var / "test", durable=False),
        )  # forgetful: a dozen first starts wait for no disk
        self.clients: list[Client] = []
        self._sockets = Path("/nowhere")

    def client(self, **more: str) -> Client:
        """Start a client; its `answer` waits until the engines run."""
        self.clients.append(Client(self.var, **more))
        return self.clients[-1]

    def attached(self) -> Client:
        """A client for which the engines run."""
        client = self.client()
        assert "error" not in client.answer, client.answer
        return client

    @property
    def keeper(self) -> int:
        return int(json.loads(self.places.ready.read_text())["keeper"])

    @property
    def postgres(self) -> int:
        return int((self.places.postgres / "postmaster.pid").read_text().splitlines()[0])

    @property
    def valkey(self) -> int:
        return int(self.redis().info("server")["process_id"])

    @property
    def pids(self) -> list[int]:
        return [self.keeper, self.postgres, self.valkey]

    @property
    def sockets(self) -> Path:
        self._sockets = Path(json.loads(self.places.ready.read_text())["sockets"])
        return self._sockets

    def sockets_left(self) -> bool:
        """Whether their directory is still there after the end."""
        return self._sockets.exists()

    def database(self, user: str = "portal_owner") -> extensions.connection:
        """A session that commits at once."""
        session = psycopg2.connect(host=str(self.sockets), user=user, dbname="portal")
        session.autocommit = True
        return session

    def redis(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.sockets / "valkey.sock"))

    def query(self, sql: str, user: str = "portal_owner") -> list[tuple[Any, ...]]:
        """Rows of one statement; of none where it has none."""
        with contextlib.closing(self.database(user)) as session, session.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """End all of it, also what a failed test left."""
        for client in self.clients:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(client.process.pid, signal.SIGKILL)
            client.process.wait()
        subprocess.run([sys.executable, "-m", "embedded.stop"], env=environment(self.var), cwd=PROJECT, check=False)
        shutil.rmtree(self.var.parent, ignore_errors=True)


def eventually(holds: Callable[[], Any], seconds: float = 15.0) -> bool:
    """Whether it comes true in time; what raises meanwhile isn't true yet."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, psycopg2.Error, redis.RedisError, ValueError, IndexError):
            if holds():
                return True
        time.sleep(0.05)
    return False


def all_gone(pids: list[int]) -> bool:
    """Whether none of them runs any more."""
    return not any(is_alive(pid) for pid in pids)
