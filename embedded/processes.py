"""Processes that needn't be our children: whether they run, and stopping them."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Whether `pid` runs; a zombie, which kill(pid, 0) takes for alive, doesn't."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) not in ("Z", "X", "")


def _state(pid: int) -> str:
    """State of a process, one letter as ps gives it; empty when the process has just gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        if Path("/proc/self/stat").exists():
            return ""
    return subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()[:1]


def command_line(pid: int) -> str:
    """The command as started, arguments joined by blanks; empty when unknown."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        if Path("/proc/self/cmdline").exists():
            return ""
    return subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()


def wait_gone(pid: int, seconds: float) -> bool:
    """Wait until `pid` runs no more, our own child reaped; False when it still does after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        if not is_alive(pid):
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.02)


def stop(pid: int, *steps: tuple[signal.Signals, float]) -> bool:
    """Send each signal in turn and wait its seconds; True as soon as the process has gone."""
    for kind, seconds in steps:
        try:
            os.kill(pid, kind)
        except ProcessLookupError:
            return True
        if wait_gone(pid, seconds):
            return True
    return False
