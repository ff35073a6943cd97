"""Organisations for tests, entered through the service, with visibly made-up names."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from centers.models import Center
from common.sheets import read_sheet
from organizations.choices import FieldOfWork, OrganizationType
from organizations.models import Liaison, Organization
from organizations.services.liaisons import set_liaison
from organizations.services.organizations import create_organization
from organizations.values.import_rows import HEADINGS, ImportRow, read_rows, to_lines

LIAISON_PHONE = "19900000005"


def make_organization(center: Center, name: str = "演示第一党支部", **fields: Any) -> Organization:
    """An organisation under `center`: a Party branch of the community unless said."""
    given = {"type": OrganizationType.BRANCH, "field_of_work": FieldOfWork.COMMUNITY, **fields}
    return create_organization(actor=None, center=center, name=name, **given)


def make_liaison(organization: Organization, name: str = "演示联络员01", phone: str = LIAISON_PHONE) -> Liaison:
    return set_liaison(actor=None, organization=organization, name=name, phone=phone)


def workbook(rows: Iterable[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    """An xlsx file with these headings and rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings, *rows):
        sheet.append([cell if cell != "" else None for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheet_row(name: str = "演示第一党支部", type: str = "党支部", **cells: Any) -> list[Any]:
    """A row of a sheet, in the order of the headings."""
    said = {"名称": name, "类型": type, **cells}
    return [said.get(heading, "") for heading in HEADINGS]


def rows_of(*rows: Sequence[Any]) -> list[ImportRow]:
    """Rows of a workbook as an import reads them."""
    lines = to_lines(read_sheet(workbook(rows), most_rows=1000))
    assert lines is not None
    return read_rows(lines)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
