"""Keeper process of the engines: starts them, restarts one that dies, and stops them when the last client has gone.

Detached from whoever started it: `python -m embedded.keeper VAR durable|forgetful`. Killed, it leaves the engines
running for the clients that use them, and the next client's keeper adopts them.
"""

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path

from embedded import homes, locks, logs
from embedded.errors import EnginesError
from embedded.places import Places
from embedded.postgres import Postgres
from embedded.valkey import Valkey

TICK_SECONDS = 0.1
GRACE_SECONDS = 3.0
TRIM_SECONDS = 5.0


class Keeper:
    """Owner of one pair of engines, which stops them when no client is left."""

    def __init__(self, places: Places) -> None:
        self.places = places
        home = homes.find(places)
        self.sockets = home.sockets
        self.engines = (Valkey(places, home.sockets), Postgres(places, home))
        self.told_to_stop = False
        self.last_used = time.monotonic()
        self.next_trim = 0.0

    def run(self) -> None:
        """Start both, then watch until nobody needs them or a signal says stop."""
        for kind in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(kind, self._tell)
        alone = None
        try:
            for engine in self.engines:
                engine.start()
            self._announce()
            while not self.told_to_stop and alone is None:
                time.sleep(TICK_SECONDS)
                self._revive()
                self._trim_logs()
                alone = self.lock_when_unused()
        finally:
            self.places.ready.unlink(missing_ok=True)
            answer(self._stop_requests())
            for engine in self.engines:
                engine.stop()
            if self.sockets != self.places.run:
                with contextlib.suppress(OSError):
                    self.sockets.rmdir()
        # `alone` and the keeper's own lock go with the process: only then can a waiting client start afresh.

    def _tell(self, *_: object) -> None:
        self.told_to_stop = True

    def _announce(self) -> None:
        """Write the note that both engines answer."""
        write_whole(self.places.ready, json.dumps({"sockets": str(self.sockets), "keeper": os.getpid()}))

    def _revive(self) -> None:
        """Restart engines that died; while that fails, log it and try again a moment later."""
        for engine in self.engines:
            while not engine.is_alive() and not self.told_to_stop:
                self.places.ready.unlink(missing_ok=True)
                note(f"{engine.name} (process {engine.pid}) has gone; starting it again")
                try:
                    engine.stop()
                    engine.start()
                except (EnginesError, OSError) as error:
                    note(str(error))
                    time.sleep(1)
        if not self.places.ready.exists():
            self._announce()

    def _trim_logs(self) -> None:
        """Trim the logs of the engines and, since they lie beside, of the portal that `make run` serves."""
        if time.monotonic() >= self.next_trim:
            logs.trim(self.places.log)
            self.next_trim = time.monotonic() + TRIM_SECONDS

    def lock_when_unused(self) -> int | None:
        """Take the clients' lock once nobody has used the engines for the grace time, or at once on request."""
        # Requests are read before the lock is tried: each of their clients has let go by then, so whoever holds the
        # lock is somebody else. A request that comes in between waits for the next look.
        requests = self._stop_requests()
        handle = locks.take(self.places.clients_lock)
        now = time.monotonic()
        if handle is None:
            self.last_used = now
            answer(requests)
            return None
        if requests or now - self.last_used >= GRACE_SECONDS:
            return handle
        os.close(handle)
        return None

    def _stop_requests(self) -> list[Path]:
        """The requests of clients that left and want the engines stopped at once."""
        return list(self.places.stop_requests.iterdir())


def answer(requests: list[Path]) -> None:
    """Remove the requests, which tells their clients that the keeper has seen them."""
    for request in requests:
        request.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step, so that whoever waits for it never reads half of it."""
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def note(text: str) -> None:
    """One dated line in the keeper's log. The wall clock of the machine: Django's isn't loaded here."""
    print(time.strftime("%Y-%m-%d %H:%M:%S"), text, flush=True)


def main(var: str, kind: str) -> None:
    """Detach, take the keeper's lock or find that another has it, and keep."""
    if os.fork():
        os._exit(0)
    os.setsid()
    places = Places(Path(var), kind == "durable")
    # A client that looks whether a keeper is there holds the lock for an instant, hence not one try only.
    handle = locks.take(places.keeper_lock, timeout=0.5)
    if handle is None:
        return
    places.ready.unlink(missing_ok=True)  # of a predecessor that was killed
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())  # for people who look
    try:
        Keeper(places).run()
    except (EnginesError, OSError) as error:
        note(str(error))
        write_whole(places.error, f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
