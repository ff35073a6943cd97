"""Stats: a row an address."""

from tests.architecture.permission_table import Row, workplace

ROWS: tuple[Row, ...] = (
    Row("stats:overview", **workplace()),
    Row("stats:sheet_xlsx", **workplace()),
    Row("stats:sheet_csv", **workplace()),
)
