"""Files of ledgers: people's words stay text, the same data give the same bytes, sheets are inert."""

import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import typst
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import User
from activities.models import Activity
from centers.models import Center
from common import clock as portal_clock
from ledger import exceptions as refused
from ledger.choices import ExportFormat, ExportState
from ledger.domain import typesetting
from ledger.domain.workbook import sign_in_sheet
from ledger.models import LedgerExport
from ledger.selectors.ledgers import ledger_of
from ledger.services.files import MadeFile, make_activity_file
from ledger.values.file_names import file_name
from tests.factories.ledger import make_recorded
from tests.support.time import TestClock

MARKUP = '#set page(width: 1pt) *bold* _it_ $x^2$ \\u{41} "q" `raw` <label> @ref // c /* d */ [x] ~ -- = head'
WORDS = [
    MARKUP,
    '#panic(1) #import "/etc/passwd": * #sys.inputs',
    "𠮷野家、㐂、﨑",
    "مرحبا بالعالم",
    "שלום",
    "= 标题\n- 列表\n+ 一\n/ 词: 义",
    "\\ \\\\ \\n",
]


def text_of(pdf: bytes) -> str:
    """Text of a PDF without blanks: where a line broke doesn't matter."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def pdf_of(actor: User, activity: Activity) -> MadeFile:
    return make_activity_file(actor=actor, activity=activity, format=ExportFormat.PDF)


def test_a_pdf_tells_what_the_ledger_holds(village: Center, staff: User, clock: TestClock) -> None:
    made = pdf_of(staff, make_recorded(village, staff, clock))
    told = text_of(made.content)
    for words in ("新春送福", "请自带水杯", "送出春联六十副", "演示第一党支部", "演示党员01", "漏数一人", "演示站长01"):
        assert words in told, words
    assert made.checksum in told
    reader = PdfReader(io.BytesIO(made.content))
    assert any("/Image" in str(page["/Resources"]) or page.images for page in reader.pages)


@pytest.mark.parametrize("words", WORDS)
def test_what_people_wrote_is_text_and_never_markup(village: Center, staff: User, clock: TestClock, words: str) -> None:
    made = pdf_of(staff, make_recorded(village, staff, clock, summary=words, title=words[:60], photos=0))
    pages = PdfReader(io.BytesIO(made.content)).pages
    assert round(float(pages[0].mediabox.width)) == 595, "an A4 page"
    told = text_of(made.content)
    if words.isascii():
        assert re.sub(r"\s", "", words) in told
    assert "漏数一人" in told


def test_characters_beyond_the_basic_plane_are_kept(village: Center, staff: User, clock: TestClock) -> None:
    made = pdf_of(staff, make_recorded(village, staff, clock, title="𠮷野读书会", photos=0))
    assert "𠮷野读书会" in text_of(made.content)
    assert "𠮷野读书会" in made.name


def test_the_same_data_at_the_same_moment_are_the_same_bytes(village: Center, staff: User, clock: TestClock) -> None:
    activity = make_recorded(village, staff, clock)
    for format in ExportFormat:
        first, again = (make_activity_file(actor=staff, activity=activity, format=format) for _ in range(2))
        assert first == again, format
    later = clock.now.replace(hour=23)
    clock.move_to(later)
    moved = make_activity_file(actor=staff, activity=activity, format=ExportFormat.PDF)
    assert moved.checksum == first.checksum
    assert moved.name != first.name


def test_a_zip_holds_pdf_photos_sheet_and_their_sums(village: Center, staff: User, clock: TestClock) -> None:
    activity = make_recorded(village, staff, clock, photos=2)
    made = make_activity_file(actor=staff, activity=activity, format=ExportFormat.ZIP)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        names = archive.namelist()
        assert sorted(name.rpartition(".")[2] for name in names) == ["SHA256SUMS", "jpg", "jpg", "pdf", "xlsx"]
        for line in archive.read("SHA256SUMS").decode().splitlines():
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        photo = next(photo.name for photo in activity.photos.all())
        assert photo not in names


def test_a_photo_whose_file_is_missing_is_said(
    village: Center, staff: User, clock: TestClock, storages_of_its_own: Path
) -> None:
    activity = make_recorded(village, staff, clock)
    (storages_of_its_own / "photos" / activity.photos.get().name).unlink()
    for format in ExportFormat:
        assert make_activity_file(actor=staff, activity=activity, format=format).content
    assert "文件缺失" in text_of(pdf_of(staff, activity).content)


FORMULA = '=HYPERLINK("http://x.example","点")'


@pytest.mark.parametrize("title", [FORMULA, "+1", "-3", "@SUM(1)", 'a,b"c\nd', "\x0b\ud800"])
def test_a_sheet_holds_no_formula(village: Center, staff: User, clock: TestClock, title: str) -> None:
    import dataclasses

    facts = dataclasses.replace(ledger_of(make_recorded(village, staff, clock, photos=0)), title=title)
    sheet = load_workbook(io.BytesIO(sign_in_sheet([facts]))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"inlineStr", "s", "n", "d"}, "no formula"
    if title.isprintable():
        assert sheet["B2"].value == title
    if title[0] in "=+-@":
        assert sheet["B2"].quotePrefix
    assert sum(cell.value for cell in sheet["E"][1:]) == facts.at_door


def test_the_sheet_of_the_same_data_is_the_same(village: Center, staff: User, clock: TestClock) -> None:
    facts = ledger_of(make_recorded(village, staff, clock, photos=0))
    assert sign_in_sheet([facts]) == sign_in_sheet([facts])


def test_a_file_name_is_one_that_every_system_takes(clock: TestClock) -> None:
    made = file_name(
        "台账",
        '../a\\b:c*?"<>|\n#%',
        "\u202ex" * 60,
        made_at=portal_clock.now(),
        checksum="0123456789abcdef",
        extension="pdf",
    )
    assert made.startswith("台账_") and made.endswith("_20261124-1005_0123456789ab.pdf")
    assert not set(made) & set('/\\:*?"<>|#%\n\u202e')
    assert len(made.encode()) < 255


def test_who_made_a_file_is_written_down(village: Center, staff: User, clock: TestClock) -> None:
    activity = make_recorded(village, staff, clock, photos=0)
    made = pdf_of(staff, activity)
    row = LedgerExport.objects.get()
    assert (row.made_by, row.activity, row.state, row.checksum) == (staff, activity, ExportState.DONE, made.checksum)
    assert not row.has_file


def test_without_a_chinese_font_it_says_so_in_words(
    village: Center, staff: User, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = make_recorded(village, staff, clock, photos=0)

    def no_fonts(**options: Any) -> Any:
        return real(include_system_fonts=False, include_embedded_fonts=True)

    real = typst.Fonts
    monkeypatch.setattr(typst, "Fonts", no_fonts)
    typesetting._system_fonts.cache_clear()
    with pytest.raises(refused.FontMissing, match="没有中文字体"):
        pdf_of(staff, activity)
    monkeypatch.undo()
    assert pdf_of(staff, activity).content, "installed meanwhile, it works without a restart"


def test_residents_and_neighbours_make_none(village: Center, staff: User, clock: TestClock) -> None:
    activity = make_recorded(village, staff, clock, photos=0)
    with pytest.raises(refused.LedgerNotAllowed):
        pdf_of(User.objects.get(username="resident-1"), activity)
    assert not LedgerExport.objects.exists()
