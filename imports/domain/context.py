"""Context in which the rows of an import are read: columns, year, centers that its person works for."""

from activities.domain.inspectable import inspectable_of
from activities.values.inspectable import Inspectable
from centers.access import scope
from centers.choices import WORKING
from centers.models import Center
from common import clock
from common.sheets import Limits, Sheet, SheetRow, open_sheet
from imports.choices import Column
from imports.models import Import
from imports.values import headings, kinds
from imports.values.days import Calendar
from imports.values.reading import Context, Said

MOST_ROWS = 100_000
LIMITS = Limits(MOST_ROWS + headings.HEADINGS_WITHIN, most_bytes=20 * 2**20, most_unpacked=300 * 2**20)


def open_stored(data: bytes, sheet_name: str = "", position: int | None = None) -> Sheet:
    """The sheet of a file, within the bounds of imports. Raises SheetUnreadable, SheetTooLarge."""
    return open_sheet(data, LIMITS, name=sheet_name, position=position)


def context_of(imported: Import) -> Context:
    """Context of an import's rows. Three queries."""
    columns = {Column(column): place for place, column in enumerate(imported.columns) if column}
    by_words: dict[str, list[int]] = {}
    reach = scope(imported.actor, WORKING) if Column.CENTER in columns else Center.objects.none()
    for pk, code, name in reach.values_list("pk", "code", "name"):
        for words in {code, name, name.removesuffix("党群服务中心")}:
            by_words.setdefault(kinds.key(words), []).append(pk)
    organizations: dict[tuple[int, str], list[Inspectable]] = {}
    if Column.ORGANIZATION in columns:
        pks = {imported.center_id, *(pk for found in by_words.values() for pk in found)}
        for one in inspectable_of(pks):
            for name in one.names:
                organizations.setdefault((one.center, kinds.key(name)), []).append(one)
    year = (
        headings.year_of(imported.title)
        or headings.year_of(imported.sheet_name)
        or headings.year_of(imported.file_name)
    )
    return Context(
        columns=columns,
        headings=tuple(imported.headings),
        calendar=Calendar(year, clock.today(), imported.is_1904),
        kind=imported.kind,
        centers=by_words,
        center=imported.center_id,
        organizations=organizations,
    )


def centers_of(context: Context) -> set[int]:
    """All centers that rows may name, and the import's own."""
    return {context.center, *(pk for found in context.centers.values() for pk in found)}


def as_said(row: SheetRow) -> Said:
    """Row of a sheet as it is read."""
    return Said(row.number, row.cells, row.is_hidden, row.inherited)
