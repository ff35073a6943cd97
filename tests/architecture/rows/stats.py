"""Stats: a row an address."""

from tests.architecture.permission_table import Row, workplace

ROWS: tuple[Row, ...] = (Row("stats:overview", **workplace()),)
