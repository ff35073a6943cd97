"""Does a page ask the database the same number of questions, however many rows it shows?"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

FEW, MANY = 2, 20


def assert_constant_queries(
    grow: Callable[[int], Any], ask: Callable[[], Any], *, few: int = FEW, many: int = MANY
) -> None:
    """`grow(n)` makes n more rows; `ask()` gets the page.

    Counted after a warming call each; a failure shows the SQL on top.

    What sessions ask on the first visit, and snapshots after a change, isn't the page's own, so the first call doesn't
    count.
    """
    grow(few)
    ask()
    before = _queries(ask)
    grow(many - few)
    ask()
    after = _queries(ask)
    if len(before) != len(after):
        more = "\n".join(sql for sql in after if _shape(sql) not in {_shape(known) for known in before}) or "\n".join(
            after
        )
        raise AssertionError(f"{len(before)} queries at {few} rows, {len(after)} at {many}:\n{more}")


def _queries(ask: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [query["sql"] for query in captured.captured_queries]


def _shape(sql: str) -> str:
    """The statement without its values, near enough to tell new ones."""
    return "".join(character for character in sql if not character.isdigit())
