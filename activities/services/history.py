"""History of activities: who did what, when, and what it changed."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from accounts.models import User
from activities.choices import ActivityVerb
from activities.models import Activity, ActivityEvent
from common import clock


def record_event(
    activity: Activity,
    verb: ActivityVerb,
    actor: User | None,
    before: str,
    *,
    reason: str = "",
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> None:
    """Write down what happened to an activity."""
    ActivityEvent.objects.create(
        activity=activity,
        verb=verb,
        actor=actor,
        at=clock.now(),
        from_state=before,
        to_state=activity.state,
        reason=reason,
        changes={name: [_told(old), _told(new)] for name, (old, new) in (changes or {}).items()},
    )


def _told(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
