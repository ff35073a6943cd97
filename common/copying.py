"""Bulk insert by COPY, with the rights and under the constraints of any other insert."""

import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_ESCAPED = re.compile(r"[\\\t\n\r]")


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Take `count` primary keys from the table's own sequence."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]


def copy_in(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
    same: Mapping[str, Any] | None = None,
) -> None:
    """Insert the rows, whose values stand in the order of `fields` (names of attributes, as `space_id`).

    `same`: values by attribute that all rows have.
    """
    quote = connection.ops.quote_name
    columns = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    constant = same or {}
    named = ", ".join(quote(columns[name]) for name in (*fields, *constant))
    end = "".join(f"\t{_text(value)}" for value in constant.values()) + "\n"
    lines = io.StringIO("".join("\t".join(map(_text, row)) + end for row in rows))
    # The driver's own method: what it raises is Django's only inside this.
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({named}) FROM STDIN", lines)


def _text(value: Any) -> str:
    """Value in COPY's text format."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        # Translating takes ten times as long as looking, and hardly a text needs it.
        return value.translate(_ESCAPES) if _ESCAPED.search(value) else value
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, DateTimeTZRange):
        return f"[{value.lower.isoformat()},{value.upper.isoformat()})"
    if isinstance(value, dict):
        return json.dumps(value).translate(_ESCAPES)
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return str(value)
