"""The code on the wall and groups at the desk: a row an address."""

import datetime as dt
from typing import Any

from activities.models import Activity
from activities.values.door import wall_code
from common import clock
from tests.architecture.permission_table import Row, management, personal, public
from tests.factories.activities import make_activity
from tests.support.cast import Cast

NEWCOMER = {"name": "演示居民09", "relation": "other"}


def begun(cast: Cast) -> dict[str, Any]:
    """An activity of the center that began half an hour ago."""
    activity = make_activity(cast.center)
    start = clock.now() - dt.timedelta(minutes=30)
    Activity.objects.filter(pk=activity.pk).update(starts_at=start, ends_at=start + dt.timedelta(hours=2))
    return {"reference": activity.reference}


def on_wall(cast: Cast) -> dict[str, Any]:
    reference = begun(cast)["reference"]
    return {"reference": reference, "code": wall_code(reference, clock.now())}


def not_on_wall(cast: Cast) -> dict[str, Any]:
    return {**begun(cast), "code": "0" * 20}


ROWS: tuple[Row, ...] = (
    Row("activities:wall_detail", **management(), target=begun),
    Row("activities:wall_scan", **public(302), target=on_wall),
    Row("activities:wall_scan", **public(410), target=not_on_wall),
    # Whoever hasn't scanned is told so; one's own people alone are there to be checked in.
    Row("activities:wall_arrive", **personal(410), target=begun),
    Row("activities:wall_arrive", **personal(302), target=begun, method="post", data={"here": "none"}),
    Row("activities:wall_join", **personal(302), target=begun),
    Row("activities:wall_join", **personal(410), target=begun, method="post", data=NEWCOMER),
    Row("activities:desk_group", **management(), target=begun),
    # Without an organisation, which each center has its own of.
    Row("activities:desk_group", **management(422), target=begun, method="post", data={"count": "3"}),
)
