"""Processes the supervisor starts.

Each in a group of its own with a log of its own, ended together with the supervisor.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# Having run this long, a child is sound again and its next failure starts with a short pause.
SOUND_SECONDS = 60.0
PR_SET_PDEATHSIG = 1


def end_with_parent() -> Callable[[], None] | None:
    """On Linux, tell the kernel to end this child process should the supervisor be killed; the child runs it first.

    Made before the fork.
    """
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    parent = os.getpid()

    def ask_kernel() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return ask_kernel


@dataclass
class Child:
    """Child process that runs for long, with its restarts."""

    name: str
    command: list[str]
    cwd: Path
    log: Path | None = None
    env: dict[str, str] | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float | None = field(default=None)

    def start(self) -> None:
        """Start the program, its output going to its log, or to the console when it has none."""
        with self.log.open("ab") if self.log else contextlib.nullcontext() as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT if log else None,
                process_group=0,
                preexec_fn=end_with_parent(),  # noqa: PLW1509 (the supervisor has no threads)
            )
        self.started, self.again_at = time.monotonic(), None

    def watch(self) -> str:
        """Start the program again some time after it died; returns a line for the console, or nothing."""
        now = time.monotonic()
        if self.again_at is not None:
            if now >= self.again_at:
                self.start()
            return ""
        if self.process is None or self.process.poll() is None:
            return ""
        self.kill(signal.SIGTERM)  # what is left of its group
        if now - self.started > SOUND_SECONDS:
            self.pause = FIRST_PAUSE
        self.again_at = now + self.pause
        how = ending(self.process.returncode)
        line = f"{self.name} ended unexpectedly ({how}); starting it again in {self.pause:g} s. Its log: {self.log}"
        self.pause = min(2 * self.pause, LONGEST_PAUSE)
        return line

    def kill(self, kind: signal.Signals) -> None:
        """Send a signal to the program and all it has started."""
        if self.process is not None:
            kill_group(self.process.pid, kind)


def kill_group(group: int, kind: int) -> bool:
    """Signal a process group (0: only look); False when nobody is left in it."""
    try:
        os.killpg(group, kind)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
        return False
    return True


def ending(code: int) -> str:
    """Return code in words."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def stop_all(children: list[Child], seconds: float) -> None:
    """Stop all children at once, by SIGTERM for `seconds`, then by SIGKILL; returns when their groups are empty."""
    groups = {child.process.pid: child.process for child in children if child.process is not None}
    for group in groups:
        kill_group(group, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while groups:
        for group, process in list(groups.items()):
            if process.poll() is not None and not kill_group(group, 0):
                del groups[group]
        if groups and time.monotonic() > deadline:
            for group in groups:
                kill_group(group, signal.SIGKILL)
        time.sleep(0.03)
