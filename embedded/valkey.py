"""Start, adopt and stop Valkey, the broker and the cache of what may be lost: it keeps nothing on disk."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from embedded import binaries, processes
from embedded.errors import EnginesError
from embedded.places import VALKEY_SOCKET, Places

START_SECONDS = 20.0


class Valkey:
    """Valkey server whose socket lies in `sockets`."""

    name = "Valkey"

    def __init__(self, places: Places, sockets: Path) -> None:
        self.places, self.sockets = places, sockets
        self.socket = sockets / VALKEY_SOCKET
        self.log = places.log / "valkey.log"
        self.pid = 0

    def start(self) -> None:
        """Make sure the server runs and answers."""
        self.pid = self._running_pid()
        if not self.pid:
            self.socket.unlink(missing_ok=True)
            self._launch()

    def is_alive(self) -> bool:
        """Whether the server runs and its socket is where clients look for it."""
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, os.WNOHANG)
        return processes.is_alive(self.pid) and self.socket.exists()

    def stop(self) -> None:
        """End the server; nothing in it is worth waiting for."""
        if self.pid:
            processes.stop(self.pid, (signal.SIGTERM, 5), (signal.SIGKILL, 5))
        self.socket.unlink(missing_ok=True)
        self.pid = 0

    def _launch(self) -> None:
        self.places.valkey.mkdir(exist_ok=True)
        # Queues must never be thrown away to make room, so a full memory refuses writes; tasks are swept up again from
        # the database.
        options: dict[str, str | Path] = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
            "dir": self.places.valkey,
        }
        options |= {"maxmemory": "256mb", "maxmemory-policy": "noeviction", "daemonize": "no"}
        command: list[str | Path] = [
            binaries.valkey_server(),
            *(part for key, value in options.items() for part in (f"--{key}", value)),
        ]
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.places.valkey,
                start_new_session=True,
            )
        child.returncode = 0  # we reap by pid: an adopted server has no such object either
        self.pid = child.pid
        deadline = time.monotonic() + START_SECONDS
        while not self._ask("PING").startswith("+PONG"):
            if not self.is_alive() and not processes.is_alive(self.pid):
                raise EnginesError(f"Valkey didn't start: {self._last_line()} (log: {self.log}).")
            if time.monotonic() > deadline:
                self.stop()
                raise EnginesError(f"Valkey doesn't answer; see {self.log}.")
            time.sleep(0.01)

    def _running_pid(self) -> int:
        """Pid of a server that answers on our socket, also one that an earlier keeper left behind.

        0 when there is none.
        """
        for line in self._ask("INFO server").splitlines():
            if line.startswith("process_id:"):
                return int(line.partition(":")[2])
        return 0

    def _ask(self, command: str) -> str:
        """Answer to one inline command, empty when nobody answers within a second."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(self.socket))
            line.sendall(f"{command}\r\n".encode())
            return line.recv(65536).decode("utf-8", "replace")
        return ""

    def _last_line(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return lines[-1] if lines else "it gave no reason"
