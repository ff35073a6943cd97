"""The composed pages."""

from typing import Any

from tests.architecture.permission_table import Row, management, personal, public, workplace
from tests.support.cast import Cast


def center(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code}


ROWS = (
    Row("pages:home", **public()),
    Row("pages:find", **public()),
    Row("pages:about", **public()),
    Row("pages:privacy", **public()),
    Row("pages:accessibility", **public()),
    Row("pages:site_map", **public()),
    Row("pages:api_docs", **public()),
    Row("pages:healthz", **public()),
    Row("pages:center_detail", **public(), target=center),
    Row("pages:center_manage", **management(forbidden=("staff",)), target=center),
    Row(
        "pages:center_manage",
        **management(302, forbidden=("staff",)),
        target=center,
        method="post",
        data={"phone": "0573-00000001", "address": "一号", "name_en": ""},
    ),
    Row("pages:my_page", **personal()),
    Row("pages:arrival", **personal(302)),
    Row("pages:workbench", **workplace()),
    Row("pages:lookup", **workplace()),
    Row("pages:day_list", **workplace()),
    Row("pages:more", **workplace()),
    Row("pages:network_overview", **workplace()),
    Row("pages:board", **workplace()),
    Row("pages:network_centers", **workplace()),
    Row("pages:network_xlsx", **workplace()),
    Row("pages:network_csv", **workplace()),
)
