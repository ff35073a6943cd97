"""Evidence of a record, as the page of archiving shows it."""

from typing import Any

from activities import permissions
from activities.choices import ActivityKind, ActivityState
from activities.models import Activity, ActivityRecord, Rectification
from activities.selectors.inspections import inspection_of
from centers.access import Viewer


def archive_page(user: Viewer, activity: Activity) -> dict[str, Any]:
    """Context of archiving: what is there of the evidence, and what is missing. Six queries at most."""
    record = ActivityRecord.objects.filter(activity=activity).first()
    photos = activity.photos.count()
    is_inspection = activity.kind == ActivityKind.INSPECTION
    unverified = (
        Rectification.objects.filter(inspection__activity=activity).unverified().count() if is_inspection else 0
    )
    return {
        "activity": activity,
        "center": activity.center,
        "record": record,
        "photo_count": photos,
        "asks_reason": not photos and not (record and record.no_photo_reason),
        "is_inspection": is_inspection,
        "inspection": inspection_of(activity) if is_inspection else None,
        "unverified": unverified,
        "is_recorded": activity.state == ActivityState.RECORDED,
        "is_archived": activity.state == ActivityState.ARCHIVED,
        "can_reopen": activity.state == ActivityState.ARCHIVED and permissions.can_reopen(user, activity),
    }
