"""Inspections and what they demand, as their pages show them."""

from typing import Any

from django.urls import reverse

from activities import permissions
from activities.choices import ActivityState
from activities.models import Activity, InspectionDetail, Photo, Rectification
from activities.querysets import RectificationQuerySet
from centers.access import Viewer
from common import clock


def inspection_of(activity: Activity) -> InspectionDetail | None:
    """The detail of an inspection with its organisation; None while none is named. One query."""
    return InspectionDetail.objects.select_related("organization", "activity").filter(activity=activity).first()


def rectifications_of(activity: Activity) -> list[Rectification]:
    """Rectifications that an inspection demands, by deadline. One query."""
    return list(Rectification.objects.filter(inspection__activity=activity).order_by("due_on", "id"))


def inspection_page(activity: Activity) -> dict[str, Any]:
    """Context of an inspection's page. Two queries."""
    return {
        "activity": activity,
        "center": activity.center,
        "inspection": inspection_of(activity),
        "demands": rectifications_of(activity),
        "can_write": activity.state in (ActivityState.PUBLISHED, ActivityState.RECORDED) and activity.has_begun,
        "is_recorded": activity.attendance is not None,
    }


def for_rows(rectifications: RectificationQuerySet) -> RectificationQuerySet:
    """Rectifications with all that a row says of them, overdue ones first."""
    loaded = rectifications.select_related("inspection__organization", "inspection__activity__center")
    return loaded.order_by("due_on", "id")


def urgent_count(user: Viewer) -> int:
    """Number of rectifications that wait for `user` now: overdue, or to verify. One query, none for visitors."""
    if not user.is_authenticated:
        return 0
    return Rectification.objects.manageable_by(user).urgent(clock.today()).count()


def rectification_page(user: Viewer, one: Rectification) -> dict[str, Any]:
    """Context of a rectification's page, for the center that demanded it and that of the organisation."""
    activity = one.inspection.activity
    is_ours = permissions.can_handle(user, activity)
    return {
        "rectification": one,
        "activity": activity,
        "center": activity.center,
        "organization": one.inspection.organization,
        "events": list(one.events.select_related("actor").order_by("id")),
        "photos": photos_of(user, one),
        "is_ours": is_ours,
        "can_report": one.is_open,
        "can_verify": is_ours and one.state == "done",
        "inspection_url": reverse("activities:inspection_detail", args=[activity.reference]) if is_ours else "",
    }


def photos_of(user: Viewer, one: Rectification) -> list[Photo]:
    """Photos that can be given as proof: those of the inspection that `user` may see. One query."""
    return list(Photo.objects.visible_to(user).filter(activity=one.inspection_id).order_by("id"))
