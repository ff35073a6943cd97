"""Importing: once more, one row corrected, undone but for what was touched or reported, and new again after it."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from activities.choices import ActivityState, ActivityVerb
from activities.domain import withdrawals
from activities.models import Activity, ActivityEvent
from activities.services.records import revise_record
from centers.models import Center
from common import clock
from imports import exceptions as refused
from imports.choices import ImportState, Kept, Verdict
from imports.models import Import, MappingMemory
from imports.services.checking import answer_row
from imports.services.undoing import undo_import
from imports.services.uploads import choose_sheet, match_columns, upload_sheet
from imports.services.work import run_import
from imports.services.writing import start_import, stop_import
from tests.factories.activities import make_activity
from tests.factories.sheets import HEADINGS, ROWS, ledger, outcomes, text, tried, verdicts, written, xlsx
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
STORED = "2026年台账.xlsx"


def undone(actor: User, imported: Import) -> Import:
    undo_import(actor=actor, imported=imported)
    assert run_import(imported.pk)
    imported.refresh_from_db()
    return imported


@pytest.fixture
def reported() -> Iterator[set[int]]:
    """Ids of activities that a report was made of."""
    pks: set[int] = set()
    withdrawals.register_report("test", lambda asked: pks & set(asked))
    yield pks
    withdrawals.unregister_report("test")


def test_rows_become_records_at_once_each_with_its_row(village: Center, staff: User) -> None:
    imported = written(staff, village, ledger(3))
    assert imported.state == ImportState.DONE
    row = imported.rows.select_related("activity__record").get(number=2)
    activity = row.activity
    assert activity is not None
    assert (activity.title, activity.attendance, activity.state) == ("演示活动02", 20, ActivityState.RECORDED)
    assert (activity.takes_sign_ups, activity.kind, activity.line) == (False, "activity", "organisation")
    assert clock.local(activity.starts_at).isoformat() == "2026-09-03T00:00:00+08:00"
    assert activity.counted_on.isoformat() == "2026-09-03"
    [event] = activity.events.all()
    assert (event.verb, event.actor, event.to_state) == (ActivityVerb.IMPORT, staff, ActivityState.RECORDED)


def test_b11_once_more_undone_and_new_again(village: Center, staff: User, reported: set[int]) -> None:
    first = written(staff, village, ledger())
    assert verdicts(first) == {Verdict.NEW: ROWS}
    again = tried(staff, village, ledger())
    assert verdicts(again) == {Verdict.KNOWN: ROWS}
    with pytest.raises(refused.NothingReady):
        start_import(actor=staff, imported=again)
    corrected = tried(staff, village, ledger(row_5=33))
    assert verdicts(corrected) == {Verdict.KNOWN: ROWS - 1, Verdict.CHANGED: 1}

    seventh, ninth = (first.rows.get(number=number).activity for number in (7, 9))
    assert seventh is not None and ninth is not None
    revise_record(actor=staff, activity=seventh, attendance=21, note="", reason="同事改的")
    reported.add(ninth.pk)
    undone(staff, first)
    assert first.state == ImportState.UNDONE
    kept = dict(first.rows.exclude(kept="").values_list("number", "kept"))
    assert kept == {7: Kept.EDITED, 9: Kept.REPORTED}
    assert Activity.objects.counted().count() == 2
    assert Activity.objects.filter(state=ActivityState.WITHDRAWN, attendance=None).count() == ROWS - 2
    assert not Activity.objects.visible_to(staff).filter(state=ActivityState.WITHDRAWN).exists()

    once_more = tried(staff, village, ledger(row_7=21))
    assert verdicts(once_more) == {Verdict.NEW: ROWS - 2, Verdict.KNOWN: 2}
    start_import(actor=staff, imported=once_more)
    assert run_import(once_more.pk)
    assert Activity.objects.counted().count() == ROWS


def test_a_change_is_asked_about_and_applied_with_its_reason(village: Center, staff: User) -> None:
    written(staff, village, ledger(3))
    corrected = tried(staff, village, ledger(3, row_3=33), name="2026年台账改.xlsx")
    [row] = corrected.rows.filter(verdict=Verdict.CHANGED)
    with pytest.raises(refused.NothingReady):
        start_import(actor=staff, imported=corrected)
    answer_row(actor=staff, row=row, answer="apply")
    start_import(actor=staff, imported=corrected)
    assert run_import(corrected.pk)
    row.refresh_from_db()
    assert row.activity is not None
    assert row.activity.attendance == 33
    event = row.activity.events.get(verb=ActivityVerb.REVISE)
    assert (event.changes, "2026年台账改.xlsx" in event.reason) == ({"attendance": [20, 33]}, True)
    undone(staff, corrected)
    row.activity.refresh_from_db()
    assert row.activity.attendance == 20
    assert Activity.objects.counted().count() == 3


def test_a_change_left_alone_stays_as_it_was(village: Center, staff: User) -> None:
    written(staff, village, ledger(3))
    corrected = tried(staff, village, ledger(3, row_3=33))
    answer_row(actor=staff, row=corrected.rows.get(number=3), answer="leave")
    assert outcomes(corrected)[1] == (3, Verdict.LEFT_OUT, "left_by_answer")


def test_what_is_much_alike_is_asked_about(village: Center, staff: User, clock: TestClock) -> None:
    make_activity(village, day=clock.now.date().replace(day=12), title="专题读书会", state="recorded", attendance=26)
    alike = tried(staff, village, xlsx([HEADINGS, ("读书会", "2026.11.12", 26), ("读书会", "2026.11.12", 27)]))
    assert outcomes(alike)[0] == (2, Verdict.ASKED, "looks_alike")
    answer_row(actor=staff, row=alike.rows.get(number=2), answer="another")
    assert outcomes(alike)[0] == (2, Verdict.NEW, "")


def test_the_same_at_another_time_is_asked_about(village: Center, staff: User, clock: TestClock) -> None:
    make_activity(village, 9, 11, day=clock.now.date().replace(day=12), title="义诊", state="recorded", attendance=26)
    sheet = xlsx([HEADINGS, ("义诊", "2026.11.12 14:00", 26), ("义诊", "2026.11.12 9:00", 26)])
    assert [code for _n, _v, code in outcomes(tried(staff, village, sheet))] == ["other_time", "known_here"]


def test_what_is_planned_here_is_recorded_there(village: Center, staff: User, clock: TestClock) -> None:
    make_activity(village, 9, 11, day=clock.now.date().replace(day=12), title="义诊")
    sheet = tried(staff, village, xlsx([HEADINGS, ("义诊", "2026.11.12", 26)]))
    assert outcomes(sheet) == [(2, Verdict.REFUSED, "planned_here")]


@pytest.mark.parametrize(
    ("said", "code", "answer", "day"),
    [
        ("26/9/3", "which_day", "2003-09-26", "2003-09-26"),
        ("26/9/3", "which_day", "2026-09-03", "2026-09-03"),
        ("9月31日", "no_such_day", "2026-09-30", "2026-09-30"),
        ("9月3日下午", "which_time", "14:00-16:00", "2026-09-03"),
        ("9月3日下午", "which_time", "day", "2026-09-03"),
    ],
)
def test_an_answer_is_taken_for_what_it_says(
    said: str, code: str, answer: str, day: str, village: Center, staff: User
) -> None:
    imported = tried(staff, village, xlsx([HEADINGS, ("读书会", said, 20)]))
    row = imported.rows.get()
    assert (row.verdict, row.code) == (Verdict.ASKED, code)
    assert answer_row(actor=staff, row=row, answer=answer) == 1
    row.refresh_from_db()
    assert (row.verdict, row.values["day"], row.values["has_time"]) == (Verdict.NEW, day, answer == "14:00-16:00")
    with pytest.raises(refused.NotAnswerable):
        answer_row(actor=staff, row=row, answer=answer)


def test_an_answer_that_was_not_offered_is_refused(village: Center, staff: User) -> None:
    imported = tried(staff, village, xlsx([HEADINGS, ("读书会", "26/9/3", 20)]))
    with pytest.raises(refused.NotAnswerable):
        answer_row(actor=staff, row=imported.rows.get(), answer="2020-01-01")


def test_one_answer_for_all_rows_that_ask_the_same(village: Center, staff: User) -> None:
    rows = [(f"活动{n}", f"9月{n}日", 20) for n in range(1, 6)]
    imported = tried(staff, village, xlsx([HEADINGS, *rows]), name="台账.xlsx")
    assert answer_row(actor=staff, row=imported.rows.get(number=2), answer="2025", alike=True) == 5
    assert verdicts(imported) == {Verdict.NEW: 5}


def test_two_that_answers_make_the_same_are_known(village: Center, staff: User) -> None:
    imported = tried(staff, village, xlsx([HEADINGS, ("读书会", "26/9/3", 20), ("读书会", "2026.9.3", 20)]))
    answer_row(actor=staff, row=imported.rows.get(number=2), answer="2026-09-03")
    assert outcomes(imported)[0] == (2, Verdict.KNOWN, "known_in_file")


def test_columns_are_remembered_for_the_form_of_sheet(village: Center, staff: User) -> None:
    sheet = text([("内容", "时间", "参加人数", "签字"), ("读书会", "2026.9.3", 20, "")])
    first = upload_sheet(actor=staff, center=village, name="a.csv", data=sheet)
    assert first.columns == ["title", "when", "people", ""]
    match_columns(actor=staff, imported=first, columns=["note", "when", "people", "title"], kind="training")
    second = upload_sheet(actor=staff, center=village, name="b.csv", data=sheet)
    assert (second.columns, second.kind) == (["note", "when", "people", "title"], "training")
    assert MappingMemory.objects.count() == 1


@pytest.mark.parametrize("columns", [["title", "when", ""], ["", "", ""], ["title", "title", "people"]])
def test_columns_that_are_needed(columns: list[str], village: Center, staff: User) -> None:
    imported = upload_sheet(actor=staff, center=village, name=STORED, data=ledger(1))
    with pytest.raises(refused.ColumnsMissing):
        match_columns(actor=staff, imported=imported, columns=columns, kind="activity")


def test_another_sheet_of_the_file(village: Center, staff: User) -> None:
    def second(page: Any) -> None:
        other = page.parent.create_sheet("下半年")
        other.append(HEADINGS)
        other.append(("义诊", "2026.9.4", 15))

    imported = tried(staff, village, xlsx([HEADINGS, ("读书会", "2026.9.3", 20)], dress=second, title="上半年"))
    assert (imported.sheet_name, imported.sheet_names) == ("上半年", ["上半年", "下半年"])
    choose_sheet(actor=staff, imported=imported, sheet_name="下半年")
    imported.refresh_from_db()
    assert (imported.state, imported.sheet_name, imported.rows.count()) == (ImportState.COLUMNS, "下半年", 0)
    assert imported.samples[0] == ["义诊"]


def test_the_same_form_sent_twice_makes_one_import(village: Center, staff: User, storage: Any) -> None:
    key = uuid.uuid4()
    made = {upload_sheet(actor=staff, center=village, name=STORED, data=ledger(2), key=key).pk for _ in range(2)}
    assert len(made) == 1
    assert len(list(storage.iterdir())) == 1


def test_strangers_and_residents_import_nothing(village: Center, staff: User, resident: User) -> None:
    with pytest.raises(refused.ImportNotAllowed):
        upload_sheet(actor=resident, center=village, name=STORED, data=ledger(1))
    imported = tried(staff, village, ledger(1))
    for act in (start_import, undo_import, stop_import):
        with pytest.raises(refused.ImportNotAllowed):
            act(actor=resident, imported=imported)


def test_history_of_what_was_taken_back_stays(village: Center, staff: User) -> None:
    imported = undone(staff, written(staff, village, ledger(1)))
    verbs = list(ActivityEvent.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == [ActivityVerb.IMPORT, ActivityVerb.WITHDRAW]
    with pytest.raises(refused.NotTried):
        undo_import(actor=staff, imported=imported)
