"""Files of a month: asked for once, made by a worker, made again after it was killed, kept for a week, then swept."""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from activities.models import Activity
from centers.models import Center
from common import clock as portal_clock
from common.months import Month
from ledger import exceptions as refused
from ledger.choices import ExportFormat, ExportState
from ledger.models import LedgerExport
from ledger.services import exports
from tests.factories.activities import make_activity
from tests.factories.ledger import make_recorded
from tests.ledger.test_files import text_of
from tests.support.time import TestClock

NOVEMBER = Month(dt.date(2026, 11, 1))


@pytest.fixture
def recorded(village: Center, staff: User, clock: TestClock) -> Activity:
    return make_recorded(village, staff, clock)


def ask(staff: User, center: Center, format: ExportFormat = ExportFormat.ZIP) -> LedgerExport:
    return exports.ask_for_month(actor=staff, center=center, month=NOVEMBER, format=format)


def make() -> int:
    return exports.make_due(now=portal_clock.now())


def stored(export: LedgerExport) -> bytes:
    with storages["ledger"].open(exports.stored_name(export)) as file:
        content: bytes = file.read()
    return content


def test_a_month_is_made_by_the_worker_and_fetched(
    village: Center, staff: User, recorded: Activity, client: Client
) -> None:
    export = ask(staff, village)
    assert export.is_open
    assert make() == 1
    export.refresh_from_db()
    assert (export.state, export.done, export.total) == (ExportState.DONE, export.total, 2)
    content = stored(export)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        [pdf] = [name for name in archive.namelist() if name.endswith(".pdf")]
        told = text_of(archive.read(pdf))
    assert "新春送福" in told and export.checksum in told
    answer = client.get(reverse("ledger:export_file", args=[export.key]))
    assert b"".join(answer.streaming_content) == content
    assert export.checksum[:12] in answer["Content-Disposition"]
    assert make() == 0


def test_the_table_of_contents_names_each_activity(
    village: Center, staff: User, recorded: Activity, clock: TestClock
) -> None:
    make_activity(village, 8, 9, day=dt.date(2026, 11, 2), title="没记的读书会")
    export = ask(staff, village, ExportFormat.PDF)
    make()
    reader = PdfReader(io.BytesIO(stored(export)))
    assert "没记的读书会" in reader.pages[0].extract_text() and "新春送福" in reader.pages[0].extract_text()
    assert len(reader.pages) >= 3


def test_asked_for_twice_it_is_one_file(village: Center, staff: User, recorded: Activity) -> None:
    assert ask(staff, village) == ask(staff, village)
    assert ask(staff, village, ExportFormat.PDF) != ask(staff, village)
    make()
    assert LedgerExport.objects.filter(format=ExportFormat.ZIP).count() == 1
    made = LedgerExport.objects.get(format=ExportFormat.ZIP)
    assert ask(staff, village) != made, "asked for later, it is made afresh"


def test_a_month_without_anything_is_refused(village: Center, staff: User) -> None:
    with pytest.raises(refused.NothingToKeep):
        ask(staff, village)


def test_too_many_are_refused(
    village: Center, staff: User, recorded: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ACTIVITIES", 0)
    with pytest.raises(refused.TooManyActivities):
        ask(staff, village)


def test_a_file_whose_maker_was_killed_is_made_by_the_next(
    village: Center, staff: User, recorded: Activity, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ask(staff, village)

    def killed(*args: Any) -> Any:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(exports, "compose_month", killed)
        with pytest.raises(SystemExit):
            make()
    assert make() == 0, "it may still be at it"
    clock.advance(minutes=11)
    assert make() == 1
    export.refresh_from_db()
    assert (export.state, export.attempts) == (ExportState.DONE, 2)


def test_one_that_is_slow_is_overtaken_and_keeps_nothing(
    village: Center, staff: User, recorded: Activity, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker was only slow: the second has made the file, and the first must not write over it."""
    export = ask(staff, village)
    real = exports.compose_month

    def slow(*args: Any) -> Any:
        with monkeypatch.context() as patch:
            patch.setattr(exports, "compose_month", real)
            clock.advance(minutes=11)
            assert make() == 1
        return real(*args)

    monkeypatch.setattr(exports, "compose_month", slow)
    assert make() == 0
    export.refresh_from_db()
    assert (export.state, export.attempts) == (ExportState.DONE, 2)
    assert len(stored(export)) == export.size


def test_an_outage_leaves_it_to_a_later_try_and_three_are_enough(
    village: Center, staff: User, recorded: Activity, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ask(staff, village)

    def away(*args: Any) -> Any:
        raise OperationalError("away")

    monkeypatch.setattr(exports, "compose_month", away)
    for _ in range(exports.MOST_ATTEMPTS + 1):
        assert make() == 0
        clock.advance(minutes=11)
    export.refresh_from_db()
    assert (export.state, export.error) == (ExportState.FAILED, exports.GAVE_UP)


def test_a_fault_of_ours_is_said_and_not_repeated(
    village: Center, staff: User, recorded: Activity, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ask(staff, village)

    def wrong(*args: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(exports, "compose_month", wrong)
    assert make() == make() == 0
    page = client.get(export.get_absolute_url())
    assert page.context["failure"] and str(page.context["failure"]) in page.content.decode()


def test_a_file_can_be_stopped_and_nothing_of_it_is_kept(
    village: Center, staff: User, recorded: Activity, client: Client, storages_of_its_own: Path
) -> None:
    export = ask(staff, village)
    client.post(reverse("ledger:export_stop", args=[export.key]))
    assert make() == 0
    export.refresh_from_db()
    assert export.state == ExportState.STOPPED
    assert not list((storages_of_its_own).glob("ledger/*"))
    with pytest.raises(refused.ExportOver):
        exports.stop_export(actor=staff, export=export)


def test_stopped_while_it_is_made_it_ends_within_a_step(
    village: Center, staff: User, recorded: Activity, monkeypatch: pytest.MonkeyPatch, storages_of_its_own: Path
) -> None:
    export = ask(staff, village)
    real = exports.compose_month

    def stopped(*args: Any) -> Any:
        exports.stop_export(actor=staff, export=LedgerExport.objects.get(pk=export.pk))
        return real(*args)

    monkeypatch.setattr(exports, "compose_month", stopped)
    assert make() == 0
    export.refresh_from_db()
    assert export.state == ExportState.STOPPED
    assert not list(storages_of_its_own.glob("ledger/*"))


def test_after_a_week_the_file_goes_and_its_row_stays(
    village: Center, staff: User, recorded: Activity, client: Client, clock: TestClock, storages_of_its_own: Path
) -> None:
    export = ask(staff, village)
    make()
    assert len(list(storages_of_its_own.glob("ledger/*"))) == 1
    clock.advance(days=6, hours=23)
    assert exports.sweep_files(now=portal_clock.now()) == 0
    clock.advance(hours=1)
    assert exports.sweep_files(now=portal_clock.now()) == 1
    assert exports.sweep_files(now=portal_clock.now()) == 0
    assert not list(storages_of_its_own.glob("ledger/*"))
    export.refresh_from_db()
    assert (export.made_by, len(export.checksum)) == (staff, 64)
    client.force_login(staff)
    assert client.get(reverse("ledger:export_file", args=[export.key])).status_code == 404
    assert client.get(export.get_absolute_url()).context["is_swept"]


def test_a_file_that_vanished_from_the_storage_is_not_an_error_of_ours(
    village: Center, staff: User, recorded: Activity, client: Client
) -> None:
    export = ask(staff, village)
    make()
    storages["ledger"].delete(exports.stored_name(export))
    assert client.get(reverse("ledger:export_file", args=[export.key])).status_code == 404


def test_the_page_of_a_file_shows_how_far_it_is_and_asks_again_while_it_is_made(
    village: Center, staff: User, recorded: Activity, client: Client
) -> None:
    data = {"month": "2026-11", "format": "pdf"}
    answer = client.post(reverse("ledger:export_create", args=[village.code]), data)
    export = LedgerExport.objects.get()
    assert answer["Location"] == export.get_absolute_url()
    assert (
        client.post(reverse("ledger:export_create", args=[village.code]), data)["Location"] == export.get_absolute_url()
    )
    LedgerExport.objects.update(state=ExportState.RUNNING, done=3, total=12)
    page = client.get(export.get_absolute_url()).content.decode()
    assert 'value="3" max="12"' in page and 'hx-trigger="every 2s"' in page and 'http-equiv="refresh"' in page
    LedgerExport.objects.update(state=ExportState.QUEUED)
    make()
    page = client.get(export.get_absolute_url()).content.decode()
    assert "every 2s" not in page and 'http-equiv="refresh"' not in page
    assert reverse("ledger:export_file", args=[export.key]) in page


@pytest.mark.parametrize(
    "data",
    [{}, {"month": "2026-13"}, {"month": "2027-01"}, {"month": "1999-12"}, {"format": "docx"}, {"month": "十一月"}],
)
def test_a_file_of_nonsense_is_refused_in_words(
    village: Center, recorded: Activity, client: Client, data: dict[str, str]
) -> None:
    sent = {"month": "2026-11", "format": "pdf", **data} if data else {}
    answer = client.post(reverse("ledger:export_create", args=[village.code]), sent, follow=True)
    assert [str(message) for message in answer.context["messages"]]
    assert not LedgerExport.objects.exists()
