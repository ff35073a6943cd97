"""What `make run` refuses in one sentence, and that no child is left behind or lost."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded import install, locks, ports, supervisor
from embedded.children import Child, stop_all
from embedded.errors import EnginesError
from embedded.places import PROJECT, Places
from embedded.processes import is_alive
from embedded.supervisor import Stopped, Supervisor
from embedded.tails import Tail
from tests.embedded.clients import all_gone, environment, eventually

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]
WITH_GRANDCHILD = [
    sys.executable,
    "-c",
    "import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)",
]


@pytest.fixture
def listener() -> Iterator[int]:
    """A port that another program listens on, ready to share it as granian is."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def run_portal(var: Path, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "embedded.supervisor"]
    return subprocess.run(
        command, env=environment(var, **more), cwd=PROJECT, capture_output=True, text=True, timeout=30, check=False
    )


def test_a_busy_port_is_refused_in_one_sentence_before_anything_starts(listener: int, place: Path) -> None:
    done = run_portal(place / "var", PORT=str(listener))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Port {listener} on 127.0.0.1 is taken by another program: stop that one, or choose another "
        f"port: make run PORT={listener + 1}"
    )
    assert not (place / "var" / "postgres").exists()


def test_a_port_that_nobody_listens_on_is_free_also_right_after_use(listener: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    ports.must_be_free("127.0.0.1", free)
    with pytest.raises(EnginesError):
        ports.must_be_free("127.0.0.1", listener)


@pytest.mark.parametrize("text", ["", "web", "0", "65536", "80 00", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(EnginesError, match="PORT must be a number between 1 and 65535"):
        ports.read_port(text)


def test_a_second_run_beside_the_first_names_its_address(place: Path) -> None:
    places = Places(place / "var")
    places.make()
    (places.run / "supervisor.lock").write_text("http://127.0.0.1:8000/")
    held = locks.take(places.run / "supervisor.lock")
    assert held is not None
    done = run_portal(places.var)
    os.close(held)
    assert (
        done.stdout == "The portal already runs from this directory at http://127.0.0.1:8000/; Ctrl-C there stops it.\n"
    )
    assert not done.stderr


def test_a_child_that_dies_is_started_again_after_a_pause_that_grows(tmp_path: Path) -> None:
    child = Child("web", SLEEP, tmp_path, tmp_path / "web.log")
    child.start()
    try:
        for pause in ("0.5", "1"):
            os.kill(child.process.pid, signal.SIGKILL)
            lines: list[str] = []
            assert eventually(lambda lines=lines: lines.append(child.watch()) or lines[-1])
            assert lines[-1].startswith(f"web ended unexpectedly (signal SIGKILL); starting it again in {pause} s.")
            assert eventually(lambda: not child.watch() and child.process.poll() is None)
    finally:
        stop_all([child], 5)
    assert child.process.poll() is not None


def test_all_are_stopped_with_what_they_started_and_those_that_wont_are_killed(tmp_path: Path) -> None:
    deaf = Child("worker", STUBBORN, tmp_path, tmp_path / "worker.log")
    parent = Child("web", WITH_GRANDCHILD, tmp_path, tmp_path / "web.log")
    for child in (deaf, parent):
        child.start()
    assert eventually(lambda: deaf.log.read_text() and parent.log.read_text())
    grandchild = int(parent.log.read_text())
    began = time.monotonic()
    stop_all([deaf, parent], 0.5)
    assert time.monotonic() - began < 10
    assert eventually(lambda: all_gone([deaf.process.pid, parent.process.pid, grandchild]))


def test_children_end_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    script = f"""
import time
from pathlib import Path
from embedded.children import Child
child = Child("web", {SLEEP!r}, Path({str(tmp_path)!r}))
child.start()
print(child.process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as killed:
        child = int(killed.stdout.readline())
        assert is_alive(child)
        killed.kill()
        killed.wait()  # not for the end of its output: the child holds that too, as long as it lives
        assert eventually(lambda: not is_alive(child))


def test_what_a_dead_child_started_ends_before_it_is_started_again(tmp_path: Path) -> None:
    child = Child("web", WITH_GRANDCHILD, tmp_path, tmp_path / "web.log")
    child.start()
    try:
        assert eventually(lambda: child.log.read_text().endswith("\n"))
        grandchild = int(child.log.read_text())
        os.kill(child.process.pid, signal.SIGKILL)
        assert eventually(child.watch)
        assert eventually(lambda: not is_alive(grandchild))
    finally:
        stop_all([child], 5)


class OneChild(Supervisor):
    """A supervisor of one program and no engines."""

    def _start(self) -> None:
        self._begin(Child("web", SLEEP, self.places.var))

    def _look_at_children(self) -> None:
        assert time.monotonic() - self.began < 20, "nothing ended the watch"
        super()._look_at_children()


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OneChild]:
    """Not running yet; the handlers of signals that it will set are put back."""
    monkeypatch.setattr(supervisor, "leave", lambda: True)
    monkeypatch.setattr(supervisor, "LOOK_SECONDS", 0.01)
    handlers = {kind: signal.getsignal(kind) for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield OneChild(Places(tmp_path), 8000)
    for kind, handler in handlers.items():
        signal.signal(kind, handler)


def test_whatever_ends_a_run_its_children_are_stopped_first(alone: OneChild, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(supervisor, "attach", fail)
    with pytest.raises(ZeroDivisionError):
        alone.run()
    # Asked at once, while this process lives: the kernel has no reason to end it.
    assert not is_alive(alone.children[0].process.pid)


def test_engines_whose_keeper_was_killed_are_attached_to_again(
    alone: OneChild, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[float] = []

    def attach() -> Places:
        tries.append(time.monotonic())
        if len(tries) == 1:
            raise EnginesError("no room just now")
        if len(tries) == 3:
            raise Stopped
        return alone.places

    monkeypatch.setattr(supervisor, "attach", attach)
    alone.run()
    assert len(tries) == 3, "one failure isn't the last try"
    assert 0.5 < tries[1] - tries[0] < 10


def test_messages_of_the_console_channel_are_shown_whole_and_once(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    log.write_text("SMS to 138****0000: before this start\n")
    tail = Tail(log)
    with log.open("a") as writer:
        writer.write("an ordinary line\n2026-11-24 10:05:00 WARNING celery.redirected SMS to 138****0000: 【平湖")
        writer.flush()
        assert tail.messages() == []
        writer.write("党群】\n")
        writer.flush()
        assert tail.messages() == ["SMS to 138****0000: 【平湖党群】"]
        assert tail.messages() == []


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "OLDEST", (99, 0))
    monkeypatch.setattr(install, "NEWER", ())
    with pytest.raises(SystemExit) as refusal:
        install.find_new_python()
    assert re.fullmatch(
        r"Python 99\.0 or later is needed; this one is [\d.]+\. Install it, or name it: make PYTHON=/path/to/python3",
        str(refusal.value),
    )
