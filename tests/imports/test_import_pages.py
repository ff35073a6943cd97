"""The pages of an import: from the file to what was imported, without JavaScript, with what goes wrong on the way."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from activities.models import Activity
from centers.models import Center
from imports.choices import ImportState
from imports.models import Import, ImportRow
from imports.services import running
from imports.services.work import run_import
from tests.factories.sheets import HEADINGS, tried, written, xlsx
from tests.support.queries import assert_constant_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SHEET = xlsx([HEADINGS, ("读书会", "2026.9.3", 20), ("义诊", "26/9/4", 15), ("理发", "没写", 9)])
NEW = reverse("imports:import_create")


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker isn't called; the tests do its work."""
    monkeypatch.setattr(running, "wake_worker", lambda *args: False)


def url(name: str, imported: Import, **more: Any) -> str:
    return reverse(f"imports:import_{name}", kwargs={"reference": imported.reference, **more})


def sent(client: Client, data: bytes, name: str = "2026年台账.xlsx") -> Any:
    key = client.get(NEW).context["form"]["key"].value()
    return client.post(NEW, {"key": key, "file": SimpleUploadedFile(name, data)})


def test_from_the_file_to_the_record_and_back(client: Client, village: Center) -> None:
    columns_page = sent(client, SHEET)
    imported = Import.objects.get()
    assert columns_page.status_code == 302
    page = client.get(columns_page["Location"])
    assert "自动认出" in page.content.decode()
    chosen = {name: field.value() for name in page.context["form"].fields for field in [page.context["form"][name]]}
    assert client.post(columns_page["Location"], chosen)["Location"] == imported.get_absolute_url()
    assert "<progress" in client.get(imported.get_absolute_url()).content.decode()

    run_import(imported.pk)
    page = client.get(imported.get_absolute_url())
    assert [view.row.number for view in page.context["rows"]] == [3]
    words = page.content.decode()
    assert "“26/9/4”是哪一天？" in words and "2026年9月4日" in words and "2004年9月26日" in words
    answered = client.post(url("answer", imported, number=3), {"answer": "2026-09-04"}, follow=True)
    assert "已定1行。" in answered.content.decode()

    assert client.post(url("start", imported))["Location"] == imported.get_absolute_url()
    run_import(imported.pk)
    assert Activity.objects.counted().count() == 2
    activity = Activity.objects.get(title="义诊")
    assert "第3行导入" in client.get(activity.get_desk_url()).content.decode()
    assert "已导入" in client.get(reverse("imports:import_list")).content.decode()

    assert "后来改过或已上报的保留" in client.get(url("undo", imported)).content.decode()
    client.post(url("undo", imported))
    run_import(imported.pk)
    assert not Activity.objects.counted().exists()
    listed = client.get(reverse("activities:manage_list"), {"state": "all"}).content.decode()
    assert "义诊" not in listed
    assert "已撤回" in client.get(activity.get_desk_url()).content.decode()


def test_two_identical_rows_are_no_error(client: Client, village: Center, staff: User) -> None:
    """B06: a sheet that says the same twice is told so, row by row."""
    imported = tried(staff, village, xlsx([HEADINGS, ("亲子活动", "2026.9.3", 20), ("亲子活动", "2026.9.3", 20)]))
    page = client.get(imported.get_absolute_url(), {"show": "known"})
    assert page.status_code == 200
    assert "和第2行相同。" in page.content.decode()


def test_a_bad_file_comes_back_with_a_sentence_at_its_field(client: Client, village: Center) -> None:
    answer = sent(client, b"%PDF-1.7")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert not Import.objects.exists()


def test_columns_that_are_missing_are_said(client: Client, village: Center, staff: User) -> None:
    sent(client, SHEET)
    imported = Import.objects.get()
    answer = client.post(imported.get_columns_url(), {"kind": "activity", "column_0": "title"})
    assert answer.status_code == 400
    assert "请指明哪几列是活动名称、日期和人数" in answer.content.decode()


def test_what_is_not_imported_is_a_sheet_to_correct(client: Client, village: Center, staff: User) -> None:
    imported = tried(staff, village, SHEET)
    file = client.get(url("refused", imported))
    [sheet] = load_workbook(io.BytesIO(file.content)).worksheets
    rows = [tuple(cell.value for cell in row) for row in sheet.rows]
    assert rows == [
        (*HEADINGS, "行", "没导入的原因"),
        ("义诊", "26/9/4", 15, 3, "“26/9/4”是哪一天？"),
        ("理发", "没写", 9, 4, "“没写”不是能看懂的日期。"),
    ]


def test_the_page_moves_on_by_itself_and_without_a_script(client: Client, village: Center, staff: User) -> None:
    imported = tried(staff, village, SHEET)
    Import.objects.filter(pk=imported.pk).update(state=ImportState.WRITING, total=10, position=4)
    page = client.get(imported.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in page and 'value="40"' in page and "刷新" in page
    fragment = client.get(imported.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div id="import"')
    assert client.post(url("stop", imported)).status_code == 302
    imported.refresh_from_db()
    assert imported.is_stopping


@pytest.mark.parametrize(
    "query", [{"show": "nonsense"}, {"row": "3"}, {"row": "x"}, {"row": "9" * 30}, {"page": "zero"}, {"show": "all"}]
)
def test_nonsense_in_the_address_shows_what_there_is(
    query: dict[str, str], client: Client, village: Center, staff: User
) -> None:
    imported = tried(staff, village, SHEET)
    assert client.get(imported.get_absolute_url(), query).status_code == 200


@pytest.mark.parametrize("answer", ["", "x" * 50, "1999-01-01"])
def test_a_nonsense_answer_changes_nothing(answer: str, client: Client, village: Center, staff: User) -> None:
    imported = tried(staff, village, SHEET)
    assert client.post(url("answer", imported, number=3), {"answer": answer}).status_code == 302
    assert imported.rows.get(number=3).verdict == "asked"


def test_queries_dont_grow_with_rows(client: Client, village: Center, staff: User) -> None:
    imported = written(staff, village, SHEET)
    number = iter(range(100, 1000))

    def grow(count: int) -> None:
        one = imported.rows.get(number=2)
        for _ in range(count):
            ImportRow.objects.create(
                sheet=imported, number=next(number), cells=one.cells, verdict="known", code="known_here",
                values=one.values, activity=one.activity,
            )  # fmt: skip

    assert_constant_queries(grow, lambda: client.get(imported.get_absolute_url(), {"show": "all"}))


def test_queries_dont_grow_with_imports(client: Client, village: Center, staff: User) -> None:
    assert_constant_queries(
        lambda count: [tried(staff, village, SHEET) for _ in range(count)],
        lambda: client.get(reverse("imports:import_list")),
    )
