"""Rows of an exported list of activities."""

from collections.abc import Iterator

from activities.querysets import ActivityQuerySet
from activities.values.sheet_columns import FIELDS, HEADINGS, Cell, RowWriter


def exported(activities: ActivityQuerySet) -> Iterator[list[Cell]]:
    """Headings, then a row an activity, in the order of the list. One query, read bit by bit."""
    yield list(HEADINGS)
    writer = RowWriter()
    for values in activities.values_list(*FIELDS).iterator():
        yield writer.row(values)
