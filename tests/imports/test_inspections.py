"""Imported inspections: the organisation that a sheet names is found, and counts in coverage."""

import datetime as dt

import pytest

from accounts.models import User
from activities.models import Activity, InspectionDetail
from activities.selectors.coverage import coverage
from activities.services.inspections import write_findings
from centers.models import Center
from imports.services.checking import answer_row
from imports.services.undoing import undo_import
from imports.services.work import run_import
from imports.services.writing import start_import
from imports.values.words import problem_words
from organizations.choices import OrganizationType
from organizations.models import Organization
from organizations.services.organizations import dissolve_organization
from tests.factories.organizations import make_organization
from tests.factories.sheets import outcomes, tried, written, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HEADINGS = ("活动名称", "日期", "人数", "类别", "指导党组织")


def test_it_is_found_by_its_name_on_the_day(village: Center, staff: User) -> None:
    make_organization(village, "演示第一党支部", short_name="一支部", founded_on=dt.date(2026, 3, 1))
    dissolved = make_organization(village, "演示第二党支部", founded_on=dt.date(2020, 1, 1))
    dissolve_organization(actor=None, organization=dissolved, on=dt.date(2026, 9, 1))
    make_organization(village, "演示工会", type=OrganizationType.MASS)
    rows = [
        ("督查一", "2026-9-3", 4, "督查", "演示第一党支部"),
        ("督查二", "2026-9-4", 4, "督查", " 一支部 "),
        ("督查三", "2026-2-4", 4, "督查", "演示第一党支部"),
        ("督查四", "2026-9-5", 4, "督查", "演示第二党支部"),
        ("督查五", "2026-8-5", 4, "督查", "演示第二党支部"),
        ("督查六", "2026-9-6", 4, "督查", "演示工会"),
        ("督查七", "2026-9-7", 4, "督查", None),
        ("读书会", "2026-9-8", 9, "活动", "演示第一党支部"),
    ]
    imported = tried(staff, village, xlsx([HEADINGS, *rows]))
    notes = [[note for note in row.notes if "organization" in note] for row in imported.rows.order_by("number")]
    unknown, missing = ["organization_unknown"], ["organization_missing"]
    assert notes == [[], [], unknown, unknown, [], unknown, missing, []]
    written(staff, village, xlsx([HEADINGS, *rows]))
    found = InspectionDetail.objects.order_by("activity__title").values_list("activity__title", "organization__name")
    assert sorted(found) == [
        ("督查一", "演示第一党支部"),
        ("督查二", "演示第一党支部"),
        ("督查五", "演示第二党支部"),
    ]
    covered = coverage(village, dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    assert (covered.inspected, covered.total) == (1, 1)


ROWS = [("督查一", "2026-9-3", 4, "督查", "演示第一党支部"), ("督查二", "2026-9-4", 4, "督查", "演示第二党支部")]


def without_organizations() -> list[tuple[object, ...]]:
    return [(*row[:4], None) for row in ROWS]


def inspected() -> list[tuple[str, str]]:
    return list(
        InspectionDetail.objects.order_by("activity__title").values_list("activity__title", "organization__name")
    )


def test_a_sheet_sent_again_adds_the_organisations_that_were_missing(village: Center, staff: User) -> None:
    """The first sheet had no such column, or nobody of that name stood under the center yet."""
    written(staff, village, xlsx([HEADINGS, *without_organizations()]))
    for name in ("演示第一党支部", "演示第二党支部", "演示第三党支部"):
        make_organization(village, name, founded_on=dt.date(2026, 3, 1))
    other = Organization.objects.get(name="演示第三党支部")
    InspectionDetail.objects.create(activity=Activity.objects.get(title="督查二"), organization=other)
    imported = tried(staff, village, xlsx([HEADINGS, *ROWS]))
    assert outcomes(imported) == [(2, "changed", "organization_added"), (3, "known", "known_here")]
    first = imported.rows.get(number=2)
    assert first.is_ready and "补" in problem_words(first.code, first.params)
    again = written(staff, village, xlsx([HEADINGS, *ROWS]))
    assert inspected() == [("督查一", "演示第一党支部"), ("督查二", "演示第三党支部")], "what stood there stays"
    assert {verdict for _n, verdict, _c in outcomes(tried(staff, village, xlsx([HEADINGS, *ROWS])))} == {"known"}
    undo_import(actor=staff, imported=again)
    assert run_import(again.pk) and inspected() == [("督查二", "演示第三党支部")]


def test_with_another_number_it_is_asked_and_the_organisation_goes_along(village: Center, staff: User) -> None:
    written(staff, village, xlsx([HEADINGS, *without_organizations()]))
    make_organization(village, "演示第一党支部", founded_on=dt.date(2026, 3, 1))
    imported = tried(staff, village, xlsx([HEADINGS, (*ROWS[0][:2], 6, *ROWS[0][3:])]))
    row = imported.rows.get()
    assert (row.verdict, row.code, row.is_ready) == ("changed", "changed", False)
    assert "organization_added" in row.notes
    answer_row(actor=staff, row=row, answer="apply")
    start_import(actor=staff, imported=imported)
    assert run_import(imported.pk) and inspected() == [("督查一", "演示第一党支部")]
    assert Activity.objects.get(title="督查一").attendance == 6


def test_what_was_made_of_an_added_organisation_keeps_it(village: Center, staff: User) -> None:
    written(staff, village, xlsx([HEADINGS, *without_organizations()]))
    branch = make_organization(village, "演示第一党支部", founded_on=dt.date(2026, 3, 1))
    again = written(staff, village, xlsx([HEADINGS, ROWS[0]]))
    activity = Activity.objects.get(title="督查一")
    write_findings(actor=staff, activity=activity, organization_id=branch.pk, findings="台账不全")
    undo_import(actor=staff, imported=again)
    run_import(again.pk)
    assert inspected() == [("督查一", "演示第一党支部")] and again.rows.get().kept == "edited"
