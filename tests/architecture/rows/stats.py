"""Stats: a row an address."""

from typing import Any

from tests.architecture.permission_table import Row, public, workplace
from tests.support.cast import Cast


def metric(cast: Cast) -> dict[str, Any]:
    return {"metric": "activity.people"}


ROWS: tuple[Row, ...] = (
    Row("stats:overview", **workplace()),
    Row("stats:sheet_xlsx", **workplace()),
    Row("stats:sheet_csv", **workplace()),
    Row("stats:record_list", **workplace(), target=metric),
    Row("stats:explain_detail", **workplace(), target=metric),
    Row("stats:metric_list", **public()),
    Row("stats:open_detail", **public()),
    Row("stats:open_csv", **public()),
    Row("stats:open_json", **public()),
)
