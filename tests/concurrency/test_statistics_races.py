"""Closings under rivals: two at once, one that is killed half way, a task that is delivered twice: the same rows."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.db import connection, connections, transaction

from centers.models import Center
from common.database import advisory_lock
from stats import tasks
from stats.choices import RunState
from stats.models import ClosingRun, Fact, MonthCenter, Rollup
from stats.services import closing
from tests.concurrency.test_closing_races import Rivals
from tests.factories.centers import make_tree
from tests.stats.conftest import NOVEMBER, OCTOBER, at, held
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PATIENCE = 60.0
# A closing in a process of its own, which stops before the second month is added up and waits to be killed.
CLOSE_AND_WAIT = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "pingh_portal.settings.test"
import django
django.setup()
import datetime as dt
from django.db import connection, connections, transaction
connection.settings_dict["NAME"] = sys.argv[1]
from common.months import Month
from stats.services import closing
roll_up, seen = closing._roll_up, []
def slow(month):
    seen.append(month)
    if len(seen) == 2:
        print("half way", flush=True)
        time.sleep(600)
    return roll_up(month)
closing._roll_up = slow
closing.close(Month(dt.date(2026, 10, 1)), Month(dt.date(2026, 11, 1)))
"""


@pytest.fixture
def villages(own_database: None, clock: TestClock) -> list[Center]:
    """Four villages with records in two months."""
    [[_city], _towns, villages] = make_tree(2, 2)
    for number, village in enumerate(villages):
        held(village, at(10, 3 + number), people=5 + number)
        held(village, at(11, 3 + number), people=50 + number)
    return villages


def rows() -> dict[str, list[Any]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in (Fact, Rollup, MonthCenter)}


def rows_of_one_closing() -> dict[str, list[Any]]:
    """What a closing that nobody disturbs makes; everything is as before afterwards."""
    closing.close(OCTOBER, NOVEMBER)
    found = rows()
    for model in (Fact, Rollup):
        model.objects.all().delete()
    return found


def test_two_closings_at_once(villages: list[Center], rivals: Rivals) -> None:
    right = rows_of_one_closing()
    runs = rivals([lambda: closing.close(OCTOBER, NOVEMBER)] * 3)
    assert [run.state for run in runs] == [RunState.DONE] * 3
    assert rows() == right


@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_closing_waits_for_one_that_writes_the_same_month(
    villages: list[Center], is_guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else one that began earlier could put its older figures over those of a later one. Off guard none waits."""
    if not is_guarded:
        monkeypatch.setattr(closing, "advisory_lock", lambda *_key: None)

    def close_apart() -> ClosingRun:
        try:
            return closing.close(OCTOBER)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            advisory_lock(closing.LOCK, 202610)
            run = pool.submit(close_apart)
            wait([run], timeout=2 if is_guarded else PATIENCE)
            assert run.done() is not is_guarded
        assert run.result(PATIENCE).state == RunState.DONE


def test_a_task_delivered_twice(villages: list[Center], rivals: Rivals) -> None:
    right = rows_of_one_closing()
    rivals([tasks.close_running] * 2)
    assert rows() == right
    assert tasks.close_running() == 0


def test_a_worker_killed_half_way_leaves_nothing_that_the_next_does_not_mend(villages: list[Center]) -> None:
    right = rows_of_one_closing()
    name = connection.settings_dict["NAME"]
    worker = subprocess.Popen(
        [sys.executable, "-c", CLOSE_AND_WAIT, name], stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "half way"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    forget_sessions_of(name)
    # The first month is whole, of the second there is nothing: no node differs from its parts.
    assert closing.verify(OCTOBER) == closing.verify(NOVEMBER) == []
    assert {row["month"] for row in rows()["Fact"]} == {OCTOBER.first}
    closing.close(OCTOBER, NOVEMBER)
    assert rows() == right


def forget_sessions_of(name: str) -> None:
    """Wait until the database has noticed that the worker is gone, and given its locks up."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [name]
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.1)
    raise TimeoutError("The killed worker still holds a connection.")
