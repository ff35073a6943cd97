"""What is loaded to recognise rows: the months that a sheet tells of, and numbers wherever they are."""

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import Workbook

from accounts.models import User
from activities.models import Activity
from centers.models import Center
from common.sheets import reading as sheet_reading
from common.sheets.exceptions import SheetEmpty
from imports.domain.recognition import Recogniser
from imports.exceptions import HeadingsNotFound
from imports.services.uploads import SHEETS_TRIED, upload_sheet
from tests.factories.activities import make_activity
from tests.factories.sheets import HEADINGS, outcomes, tried, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def held(center: Center, day: dt.date, title: str = "读书会") -> Activity:
    return make_activity(center, 9, 11, day=day, title=title, state="recorded", attendance=20)


@pytest.fixture
def recognisers(monkeypatch: pytest.MonkeyPatch) -> list[Recogniser]:
    """All recognisers that were made, in order."""
    made: list[Recogniser] = []
    begin = Recogniser.__init__

    def noted(self: Recogniser, centers: Any) -> None:
        begin(self, centers)
        made.append(self)

    monkeypatch.setattr(Recogniser, "__init__", noted)
    return made


def test_only_the_months_of_the_sheet_are_loaded(village: Center, staff: User, recognisers: list[Recogniser]) -> None:
    for day in (dt.date(2026, 8, 31), dt.date(2026, 9, 1), dt.date(2026, 9, 30), dt.date(2026, 10, 1)):
        held(village, day)
    imported = tried(staff, village, xlsx([HEADINGS, ("读书会", "2026.9.30", 20), ("新的", "2026.9.3", 20)]))
    assert outcomes(imported) == [(2, "known", "known_here"), (3, "new", "")]
    [recogniser] = recognisers
    assert {day for _center, day in recogniser.by_day} == {dt.date(2026, 9, 1), dt.date(2026, 9, 30)}


def test_a_number_is_found_in_any_month(village: Center, staff: User) -> None:
    other = held(village, dt.date(2025, 3, 8), "别的活动")
    rows = [(*HEADINGS, "编号"), ("读书会", "2026.9.3", 20, other.reference)]
    assert outcomes(tried(staff, village, xlsx(rows))) == [(2, "refused", "number_differs")]


def book(*sheets: list[tuple[Any, ...]]) -> bytes:
    made = Workbook(write_only=True)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("before", "unpackings"), [(0, 1), (2, 3), (SHEETS_TRIED, SHEETS_TRIED)], ids=["first", "third", "too far down"]
)
def test_a_file_is_unpacked_once_a_sheet_and_not_for_all_of_many(
    village: Center, staff: User, monkeypatch: pytest.MonkeyPatch, before: int, unpackings: int
) -> None:
    opened: list[int] = []
    unpack = sheet_reading.unpacked
    monkeypatch.setattr(
        sheet_reading,
        "unpacked",
        lambda data, limits, position: opened.append(position) or unpack(data, limits, position),
    )
    data = book(*([("说明",)] for _ in range(before)), [HEADINGS, ("读书会", "2026.9.3", 20)])
    if before < SHEETS_TRIED:
        assert upload_sheet(actor=staff, center=village, name="台账.xlsx", data=data).sheet_name == f"表{before}"
    else:
        with pytest.raises((HeadingsNotFound, SheetEmpty)):
            upload_sheet(actor=staff, center=village, name="台账.xlsx", data=data)
    assert len(opened) == unpackings
