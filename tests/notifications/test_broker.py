"""A broker that is down loses nothing and holds up no page."""

import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from common import clock
from embedded.binaries import valkey_server
from notifications.models import InboxMessage, Outbox
from notifications.services import delivery, worker
from notifications.services.posting import post_message
from notifications.services.worker import wake_worker
from tests.factories.people import make_resident


@pytest.fixture(autouse=True)
def spare_queue(settings: Any) -> None:
    """Tasks that nobody knows mustn't reach the workers of other tests."""
    settings.CELERY_BROKER_URL = settings.CELERY_BROKER_URL.replace("virtual_host=0", "virtual_host=15")


@pytest.mark.django_db(transaction=True)
def test_broker_down_at_the_commit(settings: Any, tmp_path: Path) -> None:
    settings.CELERY_BROKER_URL = f"redis+socket://{tmp_path}/nobody.sock?virtual_host=0"
    resident = make_resident()
    began = time.monotonic()
    for number in range(5):
        with transaction.atomic():
            post_message(recipient=resident, kind="thing", subject_id=str(number))
    assert time.monotonic() - began < 1.2
    assert Outbox.objects.filter(done_at__isnull=True).count() == 5
    assert delivery.sweep(clock.now()) == 5
    assert InboxMessage.objects.count() == 5


def test_broker_that_listens_and_never_answers(settings: Any, short_path: Path) -> None:
    """A stopped process: the kernel takes the connection, nobody speaks."""
    silent = socket.socket(socket.AF_UNIX)
    silent.bind(str(short_path))
    silent.listen(8)
    settings.CELERY_BROKER_URL = f"redis+socket://{short_path}?virtual_host=0"
    try:
        began = time.monotonic()
        assert wake_worker(worker.SWEEP) is False
        assert time.monotonic() - began < 1.8
        began = time.monotonic()
        assert wake_worker(worker.SWEEP) is False
        assert time.monotonic() - began < 0.05
    finally:
        silent.close()


def start_valkey(path: Path) -> subprocess.Popen[bytes]:
    command = [
        valkey_server(),
        "--port",
        "0",
        "--unixsocket",
        path,
        "--save",
        "",
        "--dir",
        path.parent,
        "--daemonize",
        "no",
    ]
    server = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(path)) == 0:
                return server
        time.sleep(0.02)
    raise TimeoutError("valkey didn't start")


def test_broker_killed_and_back(settings: Any, short_path: Path) -> None:
    """A connection that was good a moment ago is dead, and good again later: in one process, without a restart."""
    settings.CELERY_BROKER_URL = f"redis+socket://{short_path}?virtual_host=0"
    server = start_valkey(short_path)
    try:
        assert wake_worker("tests.nothing") is True
        server.send_signal(signal.SIGKILL)
        server.wait()
        began = time.monotonic()
        assert wake_worker("tests.nothing") is False
        assert time.monotonic() - began < 1.2
        short_path.unlink(missing_ok=True)
        server = start_valkey(short_path)
        worker.forget_outage()
        assert wake_worker("tests.nothing") is True
    finally:
        server.kill()
        server.wait()


def test_an_outage_is_forgotten_after_a_while(settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    working = settings.CELERY_BROKER_URL
    settings.CELERY_BROKER_URL = f"redis+socket://{tmp_path}/nobody.sock?virtual_host=0"
    assert wake_worker("tests.nothing") is False
    settings.CELERY_BROKER_URL = working
    assert wake_worker("tests.nothing") is False
    later = time.monotonic() + worker.PAUSE_SECONDS
    monkeypatch.setattr(worker.time, "monotonic", lambda: later)
    assert wake_worker("tests.nothing") is True


def test_wake_ups_from_many_threads(settings: Any) -> None:
    answers: list[bool] = []
    threads = [threading.Thread(target=lambda: answers.append(wake_worker("tests.nothing"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 8
