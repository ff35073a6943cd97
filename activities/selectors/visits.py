"""Study visits, as those who ask for them and those who receive them see them."""

import datetime as dt
from typing import Any

from activities.choices import ActivityKind
from activities.domain.notice import first_visit_day
from activities.models import Activity, VisitRequest
from activities.querysets import VisitRequestQuerySet
from activities.values.visits import NOTICE_WORKDAYS
from centers.access import Viewer
from centers.models import Center
from common import clock

USUAL_START, USUAL_END = dt.time(9, 30), dt.time(11)


def first_answers(user: Viewer, center: Center | None) -> dict[str, Any]:
    """Answers that the form begins with: the center of the address, the first day there is, the account's own name."""
    initial: dict[str, Any] = {"starts_at": USUAL_START, "ends_at": USUAL_END, "people": 20}
    if user.is_authenticated:
        initial["contact_name"] = user.name
    if center is None:
        return initial
    return {**initial, "center": center.code, "day": first_visit_day(center.pk, clock.today())}


def own_visits(user: Viewer) -> VisitRequestQuerySet:
    """One's own requests, the latest first. Lazy."""
    return VisitRequest.objects.own(user).select_related("center", "activity").order_by("-asked_at", "-id")


def queue(user: Viewer) -> VisitRequestQuerySet:
    """Requests for visits at the centers one works for: by the day of the visit. Lazy."""
    return VisitRequest.objects.manageable_by(user).select_related("center", "activity").order_by("starts_at", "id")


def waiting_count(user: Viewer) -> int:
    """Number of requests that `user` may answer. One query, none for visitors."""
    return VisitRequest.objects.manageable_by(user).waiting().count() if user.is_authenticated else 0


def visit_page(user: Viewer, visit: VisitRequest) -> dict[str, Any]:
    """Context of a request's page, for who asked and for those who work at the center."""
    activity = visit.activity
    return {
        "visit": visit,
        "held": activity or visit,
        "center": visit.center,
        "is_own": visit.asker_id == user.pk,
        "reception": getattr(activity, "reception", None),
        "why_called_off": activity.cancel_reason if activity else "",
        "notice": NOTICE_WORKDAYS,
    }


def decide_page(visit: VisitRequest) -> dict[str, Any]:
    """Context of the page on which a request is answered, with what else the center has at that time. Two queries."""
    at_once = Activity.objects.filter(
        center=visit.center_id, starts_at__lt=visit.ends_at, ends_at__gt=visit.starts_at
    ).exclude(state="cancelled")
    others = VisitRequest.objects.waiting().filter(
        center=visit.center_id, starts_at__lt=visit.ends_at, ends_at__gt=visit.starts_at
    )
    return {
        "visit": visit,
        "center": visit.center,
        "clashes": list(at_once.exclude(pk=visit.activity_id or 0).order_by("starts_at", "id")),
        "other_requests": list(others.exclude(pk=visit.pk)),
        "is_past": visit.starts_at <= clock.now(),
    }


def usual_title(visit: VisitRequest) -> str:
    """Title of the activity that a visit becomes, to begin with."""
    return f"{visit.visiting_body} {ActivityKind.RECEPTION.label}"[:60]
