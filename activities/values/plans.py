"""Plan of an activity: all that its editor says of it, made at the door and passed on whole."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from activities.choices import PUBLIC_KINDS, ActivityFormat, ActivityKind, Audience, WorkLine
from activities.values.details import Detail


@dataclasses.dataclass(frozen=True)
class ActivityPlan:
    """Fields of an activity that its editor sets, under the names they have in the database. Moments are aware.

    `detail`: what its kind alone has, in a table of its own; None where nothing was said of it.
    """

    kind: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    summary: str = ""
    line: str = WorkLine.ORGANISATION
    theme_id: int | None = None
    campaign_id: int | None = None
    format: str = ActivityFormat.ON_SITE
    micro_format: str = ""
    online_url: str = ""
    audience: str = Audience.EVERYONE
    place: str = ""
    contact_post: str = ""
    is_listed: bool = True
    takes_sign_ups: bool = True
    sign_up_opens_at: dt.datetime | None = None
    sign_up_closes_at: dt.datetime | None = None
    capacity: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    detail: Detail | None = None

    def __post_init__(self) -> None:
        # Visits and inspections are the center's own business: never listed, whatever the form said.
        if ActivityKind(self.kind) not in PUBLIC_KINDS:
            object.__setattr__(self, "is_listed", False)
            object.__setattr__(self, "takes_sign_ups", False)

    def fields(self) -> dict[str, Any]:
        """The fields by name, without the detail."""
        return {name: getattr(self, name) for name in PLAN_FIELDS}

    def changes(self, before: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """The fields that differ from `before`, each with its values before and after."""
        return {name: (before[name], value) for name, value in self.fields().items() if before[name] != value}


PLAN_FIELDS = tuple(field.name for field in dataclasses.fields(ActivityPlan) if field.name != "detail")
