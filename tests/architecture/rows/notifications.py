"""The inbox."""

from tests.architecture.permission_table import Row, personal

ROWS = (Row("notifications:message_list", **personal()),)
