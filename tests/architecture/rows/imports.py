"""Imports: a row an address. For those who work at the center, as recording is."""

from typing import Any

from imports.models import Import
from tests.architecture.permission_table import Row, management, workplace
from tests.factories.sheets import HEADINGS, tried, written, xlsx
from tests.support.cast import Cast

SHEET = xlsx([HEADINGS, ("读书会", "2025.9.3", 20), ("义诊", "25/9/4", 15)])
COLUMNS = {"kind": "activity", "column_0": "title", "column_1": "when", "column_2": "people"}


def of(imported: Import) -> dict[str, Any]:
    return {"reference": imported.reference}


def tried_sheet(cast: Cast) -> dict[str, Any]:
    return of(tried(cast["staff"], cast.center, SHEET))


def written_sheet(cast: Cast) -> dict[str, Any]:
    return of(written(cast["staff"], cast.center, SHEET))


def asked_row(cast: Cast) -> dict[str, Any]:
    return {**tried_sheet(cast), "number": 3}


ROWS: tuple[Row, ...] = (
    Row("imports:import_list", **workplace()),
    Row("imports:import_create", **workplace()),
    # Without a file there is nothing to look into.
    Row("imports:import_create", **workplace(422), method="post"),
    Row("imports:import_detail", **management(), target=tried_sheet),
    Row("imports:import_columns", **management(), target=tried_sheet),
    Row("imports:import_columns", **management(302), target=tried_sheet, method="post", data=COLUMNS),
    Row("imports:import_sheet", **management(302), target=tried_sheet, method="post", data={"sheet": "表"}),
    Row("imports:import_answer", **management(302), target=asked_row, method="post", data={"answer": "leave"}),
    Row("imports:import_start", **management(302), target=tried_sheet, method="post"),
    Row("imports:import_stop", **management(302), target=tried_sheet, method="post"),
    Row("imports:import_undo", **management(), target=written_sheet),
    Row("imports:import_undo", **management(302), target=written_sheet, method="post"),
    Row("imports:import_refused", **management(), target=tried_sheet),
)
