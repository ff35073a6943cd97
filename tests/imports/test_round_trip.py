"""Export and import, each the other's reverse: all known where it stands, the same activities where nothing does."""

import datetime as dt
import io
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from activities.models import Activity, ActivityEvent, ActivityRecord
from activities.services.records import record_held
from activities.values.details import InspectionPlan
from centers.models import Center
from imports.models import ImportRow
from tests.factories.activities import make_activity, make_plan
from tests.factories.organizations import make_organization
from tests.factories.sheets import outcomes, tried, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TITLES = (
    '=HYPERLINK("http://x.example","点")',
    "-3",
    "+86",
    "@某人",
    "'单引号",
    "''=双",
    "甲,乙;丙",
    '说"好"',
    "第一行\n第二行",
    "𠮷家读书会𪚥",
    "读书会",
    "120",
    "2026.9.3",
    "合计清点活动",
)
FIELDS = (
    "kind", "title", "line", "place", "starts_at", "ends_at", "attendance", "record__note", "center", "is_listed",
    "inspection__organization",
)  # fmt: skip
KINDS = ("activity", "training", "volunteering", "reception", "inspection")


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def ledger(village: Center, staff: User) -> list[Any]:
    """One activity a title, of all kinds, some of the same name and day, one until midnight, one of several days."""
    branch = make_organization(village, "演示支部")
    for number, title in enumerate((*TITLES, "读书会", "读书会")):
        plan = make_plan(
            9 + number % 3,
            24 if number == 1 else 12 + number % 3,
            day=dt.date(2026, 9, 3),
            title=title,
            kind=KINDS[number % 5] if title != "读书会" else "activity",
            line="women" if number % 2 else "culture",
            place="=二楼" if number == 2 else "二楼",
            detail=InspectionPlan(branch.pk) if KINDS[number % 5] == "inspection" else None,
        )
        if number == 4:
            plan = make_plan(14, 16 + 48, day=dt.date(2026, 9, 3), title=title)
        record_held(actor=staff, center=village, plan=plan, key=uuid.uuid4(), attendance=20, note=title[:5])
    return rows_of(village)


def rows_of(village: Center) -> list[Any]:
    return sorted(Activity.objects.counted().filter(center=village).values_list(*FIELDS), key=str)


@pytest.mark.parametrize("name", ["manage_export_workbook", "manage_export_text"])
def test_everything_is_known_where_it_stands(
    name: str, client: Client, village: Center, staff: User, ledger: list[Any]
) -> None:
    file = client.get(reverse(f"activities:{name}"), {"state": "all"})
    imported = tried(staff, village, file.content)
    assert {verdict for _number, verdict, _code in outcomes(imported)} == {"known"}
    assert imported.rows.count() == len(ledger)


@pytest.mark.parametrize("name", ["manage_export_workbook", "manage_export_text"])
def test_the_same_activities_where_nothing_stands(
    name: str, client: Client, village: Center, staff: User, ledger: list[Any]
) -> None:
    file = client.get(reverse(f"activities:{name}"), {"state": "recorded"})
    ActivityEvent.objects.all().delete()
    ActivityRecord.objects.all().delete()
    Activity.objects.all().delete()
    imported = written(staff, village, file.content)
    assert {verdict for _number, verdict, _code in outcomes(imported)} == {"new"}
    assert rows_of(village) == ledger
    again = client.get(reverse(f"activities:{name}"), {"state": "recorded"})
    assert {verdict for _n, verdict, _c in outcomes(tried(staff, village, again.content))} == {"known"}


def test_an_import_exported_and_imported_again_is_known(client: Client, village: Center, staff: User) -> None:
    """Days without hours stay days without hours."""
    from tests.factories.sheets import HEADINGS, xlsx

    written(staff, village, xlsx([HEADINGS, ("读书会", "2026.9.3", 20), ("义诊", "9月4日至6日", "约15")]))
    file = client.get(reverse("activities:manage_export_workbook"), {"state": "all"})
    before = rows_of(village)
    assert {verdict for _n, verdict, _c in outcomes(tried(staff, village, file.content))} == {"known"}
    ImportRow.objects.all().delete()
    ActivityEvent.objects.all().delete()
    ActivityRecord.objects.all().delete()
    Activity.objects.all().delete()
    written(staff, village, file.content)
    assert rows_of(village) == before


def test_a_day_without_hours_shows_no_hours(client: Client, village: Center, staff: User) -> None:
    from tests.factories.sheets import HEADINGS, xlsx

    written(staff, village, xlsx([HEADINGS, ("读书会", "2026.9.3", 20), ("义诊", "9月4日至6日", "约15")]))
    one, several = Activity.objects.order_by("starts_at")
    page = client.get(one.get_absolute_url()).content.decode()
    assert "9月3日 周四" in page and "0:00" not in page and "23:59" not in page
    week = client.get(reverse("activities:activity_list"), {"week": "2026-09-03", "reach": "everywhere"})
    assert "全天" in week.content.decode()
    file = client.get(reverse("activities:activity_calendar", args=[several.reference])).content.decode()
    assert "DTSTART;VALUE=DATE:20260904" in file and "DTEND;VALUE=DATE:20260907" in file
    assert client.get(f"/api/v1/activities/{one.reference}/").json()["is_all_day"] is True
    sheet = client.get(reverse("activities:manage_export_text"), {"state": "all"}).content.decode("utf-8-sig")
    assert "2026-09-04,2026-09-06" in sheet and "0:00" not in sheet
    workbook = load_workbook(
        io.BytesIO(client.get(reverse("activities:manage_export_workbook"), {"state": "all"}).content)
    )
    assert {cell.number_format for cell in workbook.worksheets[0]["D"][1:]} == {"yyyy-mm-dd"}


def test_in_a_workbook_nothing_is_a_formula_and_numbers_are_numbers(client: Client, ledger: list[Any]) -> None:
    file = client.get(reverse("activities:manage_export_workbook"), {"state": "recorded"})
    [sheet] = load_workbook(io.BytesIO(file.content)).worksheets
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert {cell.value for cell in sheet["G"][1:]} == {20}
    assert TITLES[0] in {cell.value for cell in sheet["C"]}


def test_in_a_text_nothing_begins_as_a_formula(client: Client, ledger: list[Any]) -> None:
    import csv

    file = client.get(reverse("activities:manage_export_text"), {"state": "recorded"})
    assert file.content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_export_is_what_the_filter_shows(client: Client, village: Center, ledger: list[Any]) -> None:
    make_activity(village, title="还没办的")
    shown = client.get(reverse("activities:manage_export_text"), {"state": "coming"}).content.decode("utf-8-sig")
    assert "还没办的" in shown and "读书会" not in shown
