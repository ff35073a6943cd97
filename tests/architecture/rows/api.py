"""The API: the same classes of thing as the pages, with its own answer to visitors (403: there is no page to sign in on)."""

from typing import Any

from tests.architecture.permission_table import Row, public
from tests.support.cast import Cast


def center(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code}


ROWS = (
    Row("api_schema", **public()),
    Row("api_v1:center-list", **public()),
    Row("api_v1:center-detail", **public(), target=center),
)
