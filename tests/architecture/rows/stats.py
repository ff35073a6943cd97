"""Stats: a row an address."""

from tests.architecture.permission_table import Row

ROWS: tuple[Row, ...] = ()
