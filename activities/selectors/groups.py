"""Organisations whose people may be counted at the door of an activity."""

from typing import Any

from activities.models import Activity
from common import clock
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet

MOST_SHOWN = 50


def organizations_for(activity: Activity) -> OrganizationQuerySet:
    """Active organisations of the center and of all below it, by today's tree. Lazy."""
    today = clock.today()
    return Organization.objects.under([activity.center_id], today).active_on(today)


def group_page(activity: Activity, asked: str = "") -> dict[str, Any]:
    """Context of signing a group in: the organisations that `asked` finds, the first of them. Two queries."""
    text, today = asked.strip(), clock.today()
    found = organizations_for(activity).search(text).with_center(today).in_register_order(today)
    shown = list(found[: MOST_SHOWN + 1])
    return {
        "activity": activity,
        "center": activity.center,
        "asked": text,
        "organizations": shown[:MOST_SHOWN],
        "has_more": len(shown) > MOST_SHOWN,
        "has_filter": bool(text) or len(shown) > MOST_SHOWN,
    }
