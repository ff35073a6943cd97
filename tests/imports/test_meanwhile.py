"""What happens between a dry run and the writing or undoing, and on whose behalf it is done."""

import datetime as dt
import uuid

import pytest

from accounts.models import User
from activities.choices import ActivityState
from activities.models import Activity, ActivityEvent
from activities.services.chasing import chase_missing_photos
from activities.services.inspections import demand_rectification
from activities.services.records import record_held, revise_record
from centers.choices import Role
from centers.models import Center, CenterRole
from common import clock as portal_clock
from imports.choices import ImportState, Verdict
from imports.exceptions import ImportNotAllowed
from imports.services.checking import answer_row
from imports.services.undoing import undo_import
from imports.services.work import run_import
from imports.services.writing import start_import
from tests.factories.activities import make_plan
from tests.factories.centers import grant
from tests.factories.organizations import make_organization
from tests.factories.sheets import HEADINGS, ledger, outcomes, tried, written, xlsx
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEIGHBOUR = "330482001002"
DAY = dt.date(2026, 9, 3)


@pytest.fixture
def boss() -> User:
    """Works for the town."""
    user = User.objects.create(username="boss", name="演示镇")
    grant(user, Center.objects.get(code="330482001"), Role.STAFF)
    return user


def test_a_row_of_today_lasts_until_now_and_one_to_come_is_refused(village: Center, staff: User) -> None:
    """At 10:05: nothing sinks the rows beside it."""
    rows = [("昨天的", "2026.11.23", 9), ("今天的", "2026.11.24", 8), ("下午的", "2026.11.24 14:00", 8)]
    imported = written(staff, village, xlsx([HEADINGS, *rows]))
    assert [(verdict, code) for _number, verdict, code in outcomes(imported)] == [
        (Verdict.NEW, ""),
        (Verdict.NEW, ""),
        (Verdict.REFUSED, "not_held_yet"),
    ]
    assert Activity.objects.get(title="今天的").ends_at == portal_clock.now()


def test_an_inspection_that_was_worked_on_is_kept(village: Center, staff: User) -> None:
    make_organization(village, "演示第一党支部")
    headings = (*HEADINGS, "类别", "指导党组织")
    imported = written(staff, village, xlsx([headings, ("督查一", "2026-9-3", 4, "督查", "演示第一党支部")]))
    inspection = Activity.objects.get()
    demand_rectification(
        actor=staff,
        inspection=inspection.inspection,
        what="补齐",
        due_on=dt.date(2026, 11, 25),
        answers_for="书记",
        key=uuid.uuid4(),
    )
    undo_import(actor=staff, imported=imported)
    run_import(imported.pk)
    inspection.refresh_from_db()
    assert inspection.state == ActivityState.RECORDED
    assert list(imported.rows.values_list("kept", flat=True)) == ["edited"]


def test_who_presses_acts_and_who_uploaded_may_have_left(village: Center, staff: User) -> None:
    colleague = User.objects.create(username="colleague", name="演示站长02")
    grant(colleague, village, Role.STAFF)
    imported = written(staff, village, ledger(3))
    CenterRole.objects.filter(user=staff).delete()
    undo_import(actor=colleague, imported=imported)
    run_import(imported.pk)
    imported.refresh_from_db()
    assert imported.state == ImportState.UNDONE
    assert set(ActivityEvent.objects.filter(verb="withdraw").values_list("actor", flat=True)) == {colleague.pk}


def test_a_village_undoes_nothing_of_another_one(village: Center, staff: User, boss: User) -> None:
    sheet = xlsx([(*HEADINGS, "牵头中心"), ("读书会", "2026.9.3", 20, NEIGHBOUR)])
    imported = written(boss, village, sheet)
    with pytest.raises(ImportNotAllowed):
        undo_import(actor=staff, imported=imported)
    assert Activity.objects.get().state == ActivityState.RECORDED


def test_old_sheets_are_not_asked_for_photos(village: Center, staff: User, clock: TestClock) -> None:
    written(staff, village, ledger(40))
    clock.advance(days=3)
    assert chase_missing_photos(now=clock.now) == 0


def test_two_sheets_tried_at_once_bring_one_activity_once(village: Center, staff: User) -> None:
    """One says the hours, the other the day alone."""
    sheets = [
        tried(staff, village, xlsx([HEADINGS, ("读书会", said, 20)]), name=name)
        for said, name in (("2026.9.3 9:00-11:00", "一.xlsx"), ("2026.9.3", "二.xlsx"))
    ]
    for imported in sheets:
        start_import(actor=staff, imported=imported)
        run_import(imported.pk)
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(("start", "count"), [(9, 1), (14, 2)])
def test_what_a_colleague_enters_elsewhere_meanwhile_is_known(
    village: Center, boss: User, start: int, count: int
) -> None:
    """At another hour it is another one."""
    town = Center.objects.get(code="330482001")
    sheet = xlsx([(*HEADINGS, "牵头中心"), ("读书会", "2026.9.3 9:00-11:00", 20, NEIGHBOUR)])
    imported = tried(boss, town, sheet)
    record_held(
        actor=boss,
        center=Center.objects.get(code=NEIGHBOUR),
        plan=make_plan(start, start + 2, day=DAY, title="读书会"),
        key=uuid.uuid4(),
        attendance=20,
    )
    start_import(actor=boss, imported=imported)
    run_import(imported.pk)
    assert Activity.objects.count() == count


def test_a_correction_made_meanwhile_is_asked_about_again(village: Center, staff: User) -> None:
    written(staff, village, ledger(3))
    imported = tried(staff, village, ledger(3, row_3=33))
    [row] = imported.rows.filter(verdict=Verdict.CHANGED)
    answer_row(actor=staff, row=row, answer="apply")
    row.refresh_from_db()
    revise_record(actor=staff, activity=row.activity, attendance=50, note="", reason="同事数错")
    start_import(actor=staff, imported=imported)
    run_import(imported.pk)
    row.refresh_from_db()
    row.activity.refresh_from_db()
    assert row.activity.attendance == 50
    assert (row.verdict, row.is_ready, row.params["before"]) == (Verdict.CHANGED, False, 50)
