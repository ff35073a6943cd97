"""Rows of a sheet of organisations: headings found, words read as types, fields of work, dates and numbers.

Pure: what the rows mean beside what is known is `organizations.domain.import_verdicts`.
"""

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.values.phones import normalise_phone
from common.sheets import Cell
from organizations.choices import FieldOfWork, OrganizationType

# The headings of a sheet, as people write them, in the order of the template.
HEADINGS = ("名称", "类型", "领域", "所属中心", "上级党组织", "成立日期", "联系人", "手机")
NAME, TYPE, FIELD, CENTER, PARENT, FOUNDED, LIAISON, PHONE = HEADINGS
OTHER_HEADINGS = {
    "组织名称": NAME,
    "党组织名称": NAME,
    "单位名称": NAME,
    "组织类型": TYPE,
    "类别": TYPE,
    "所属领域": FIELD,
    "党群服务中心": CENTER,
    "中心": CENTER,
    "上级组织": PARENT,
    "成立时间": FOUNDED,
    "联络员": LIAISON,
    "手机号": PHONE,
    "手机号码": PHONE,
    "联系电话": PHONE,
}
NEEDED = (NAME, TYPE)
# Titles and notes may stand above the headings.
HEADINGS_WITHIN = 10
TYPES = {
    "党委": OrganizationType.COMMITTEE,
    "基层党委": OrganizationType.COMMITTEE,
    "党总支": OrganizationType.GENERAL_BRANCH,
    "总支": OrganizationType.GENERAL_BRANCH,
    "党支部": OrganizationType.BRANCH,
    "支部": OrganizationType.BRANCH,
    "群团组织": OrganizationType.MASS,
    "群团": OrganizationType.MASS,
    "共建单位": OrganizationType.PARTNER,
    "社会共建单位": OrganizationType.PARTNER,
}
FIELDS = {
    "农村": FieldOfWork.RURAL,
    "村": FieldOfWork.RURAL,
    "社区": FieldOfWork.COMMUNITY,
    "机关": FieldOfWork.AGENCY,
    "机关事业单位": FieldOfWork.AGENCY,
    "学校": FieldOfWork.SCHOOL,
    "企业": FieldOfWork.ENTERPRISE,
    "社会组织": FieldOfWork.SOCIAL,
    "其他": FieldOfWork.OTHER,
}
LONGEST = {NAME: 80, LIAISON: 40}
# What is longer is cut: it is too long for anything.
LONGEST_CELL = 120
DATE = re.compile(r"(?P<year>[0-9]{4})[-./年](?P<month>[0-9]{1,2})[-./月](?P<day>[0-9]{1,2})日?")
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2099, 12, 31)


@dataclasses.dataclass
class ImportRow:
    """Row of the sheet as read; `faults` in words. `number` as the sheet counts it; blank cells are "" or None."""

    number: int
    name: str = ""
    type: str = ""
    field_of_work: str = ""
    center: str = ""
    parent: str = ""
    founded_on: dt.date | None = None
    liaison: str = ""
    phone: str = ""
    faults: list[str] = dataclasses.field(default_factory=list)

    @property
    def is_faulty(self) -> bool:
        return bool(self.faults)


def to_lines(rows: Sequence[Sequence[Cell]]) -> list[list[str]] | None:
    """Lines below the headings as plain text: each line's number, then its cells in the order of `HEADINGS`.

    Blank ones are left out. None where there is no line of headings.
    """
    texts = [[cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row] for row in rows]
    found = _find_headings(texts)
    if found is None:
        return None
    index, columns = found
    places = [columns.get(heading, -1) for heading in HEADINGS]
    return [
        [str(number), *(row[place][:LONGEST_CELL] if 0 <= place < len(row) else "" for place in places)]
        for number, row in enumerate(texts[index + 1 :], start=index + 2)
        if any(row)
    ]


def read_rows(lines: Iterable[Sequence[str]]) -> list[ImportRow]:
    """Read lines as `to_lines` makes them."""
    return [_read(int(number), dict(zip(HEADINGS, cells, strict=True))) for number, *cells in lines]


def _find_headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """Index of the line of headings, and the column of each; None where the needed ones are nowhere together."""
    for index, row in enumerate(rows[:HEADINGS_WITHIN]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            # Remarks in brackets (必填) and stars are no part of a heading.
            words = re.sub(r"\s|\*|[(].*", "", unicodedata.normalize("NFKC", cell))
            heading = words if words in HEADINGS else OTHER_HEADINGS.get(words)
            if heading:
                columns.setdefault(heading, column)
        if all(heading in columns for heading in NEEDED):
            return index, columns
    return None


def _read(number: int, said: Mapping[str, str]) -> ImportRow:
    row = ImportRow(number)
    row.name = _text(row, NAME, said)
    if not row.name:
        row.faults.append(_("The name is missing."))
    row.type = _choice(row, TYPE, said, TYPES)
    if not said[TYPE]:
        row.faults.append(_("The type is missing."))
    row.field_of_work = _choice(row, FIELD, said, FIELDS)
    row.center, row.parent = said[CENTER], said[PARENT]
    row.liaison = _text(row, LIAISON, said)
    row.founded_on = _date(row, said[FOUNDED])
    row.phone = _phone(row, said[PHONE])
    if row.phone and not row.liaison:
        row.faults.append(_("There is a mobile number without a liaison."))
    return row


def _text(row: ImportRow, heading: str, said: Mapping[str, str]) -> str:
    text = " ".join(said[heading].split())
    if len(text) > LONGEST[heading]:
        row.faults.append(
            _("“%(heading)s” is too long: at most %(most)s characters.")
            % {"heading": heading, "most": LONGEST[heading]}
        )
    return text


def _choice(row: ImportRow, heading: str, said: Mapping[str, str], known: Mapping[str, Any]) -> str:
    words = said[heading]
    found = known.get("".join(unicodedata.normalize("NFKC", words).split()))
    if words and found is None:
        row.faults.append(
            _("“%(said)s” isn't one of: %(choices)s.") % {"said": words, "choices": _(", ").join(first_words(known))}
        )
    return str(found or "")


def first_words(known: Mapping[str, Any]) -> list[str]:
    """The first word for each choice."""
    by_choice: dict[Any, str] = {}
    for word, choice in known.items():
        by_choice.setdefault(choice, word)
    return list(by_choice.values())


def _date(row: ImportRow, words: str) -> dt.date | None:
    """2026-09-03, 2026.9.3, 2026/9/3, 2026年9月3日, full-width or not."""
    if not words:
        return None
    whole = DATE.fullmatch("".join(unicodedata.normalize("NFKC", words).split()))
    try:
        day = dt.date(*(int(whole[part]) for part in ("year", "month", "day"))) if whole else None
    except ValueError:
        row.faults.append(_("There is no such day: “%(said)s”.") % {"said": words})
        return None
    if day is None:
        row.faults.append(_("“%(said)s” isn't a date. Write it as 2026-09-03.") % {"said": words})
    elif not FIRST <= day <= LAST:
        row.faults.append(_("“%(said)s” is too far from today.") % {"said": words})
        return None
    return day


def _phone(row: ImportRow, words: str) -> str:
    number = normalise_phone(words) if words else ""
    if number is None:
        # Not said again: a number isn't shown where it isn't needed.
        row.faults.append(_("The mobile number isn't one: it has 11 digits and starts with 13 to 19."))
    return number or ""
