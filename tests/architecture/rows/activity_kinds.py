"""Study visits, inspections, what they demand, and the archive: a row an address."""

import datetime as dt
import uuid
from typing import Any

from activities.choices import ActivityKind, ActivityState, RectificationState
from activities.models import Activity, ActivityRecord, InspectionDetail, Rectification, VisitRequest
from common import clock
from tests.architecture.permission_table import Row, management, own, personal, workplace
from tests.factories.kinds import make_rectification, make_visit
from tests.factories.organizations import make_organization
from tests.support.cast import Cast

KEY = "5f3c1c9e-0c8a-4a53-9d0b-3f6f5f1d7a11"


def inspection_of(cast: Cast, *, state: ActivityState = ActivityState.PUBLISHED) -> Activity:
    """An inspection of an organisation of the center, since yesterday."""
    start = clock.at(clock.today() - dt.timedelta(days=1), dt.time(9))
    activity = Activity.objects.create(
        kind=ActivityKind.INSPECTION,
        title="演示检查",
        center=cast.center,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        is_listed=False,
        state=state,
        attendance=None if state == ActivityState.PUBLISHED else 5,
    )
    InspectionDetail.objects.create(activity=activity, organization=make_organization(cast.center))
    if activity.attendance is not None:
        ActivityRecord.objects.create(
            activity=activity, key=uuid.uuid4(), recorded_by=cast["manager"], recorded_at=clock.now(), note="演示记录"
        )
    return activity


def inspection(cast: Cast) -> dict[str, Any]:
    return {"reference": inspection_of(cast).reference}


def recorded(cast: Cast) -> dict[str, Any]:
    return {"reference": inspection_of(cast, state=ActivityState.RECORDED).reference}


def archived(cast: Cast) -> dict[str, Any]:
    return {"reference": inspection_of(cast, state=ActivityState.ARCHIVED).reference}


def demanded(cast: Cast, state: RectificationState = RectificationState.OPEN) -> Rectification:
    return make_rectification(inspection_of(cast), state=state)


def to_do(cast: Cast) -> dict[str, Any]:
    return {"pk": demanded(cast).pk}


def to_verify(cast: Cast) -> dict[str, Any]:
    return {"pk": demanded(cast, RectificationState.DONE).pk}


def visit_of(cast: Cast) -> VisitRequest:
    """The resident's request for a visit to the center, a month ahead."""
    return make_visit(cast["resident"], cast.center, clock.today() + dt.timedelta(days=30))


def visit(cast: Cast) -> dict[str, Any]:
    return {"reference": visit_of(cast).reference}


# Answered 422: it says nothing.
EMPTY_WISH: dict[str, str] = {}
DEMAND = {"key": KEY, "what": "补齐记录", "due_on": "2027-01-10", "answers_for": "支部书记"}

VISITS: tuple[Row, ...] = (
    Row("activities:visit_create", **personal()),
    Row("activities:visit_create", **personal(422), method="post", data=EMPTY_WISH),
    Row("activities:visit_list", **personal()),
    Row("activities:visit_detail", **own(inside=200), target=visit),
    Row("activities:visit_withdraw", **own(302), target=visit, method="post"),
    Row("activities:visit_queue", **workplace()),
    Row("activities:visit_decide", **management(), target=visit),
    Row(
        "activities:visit_decide",
        **management(302),
        target=visit,
        method="post",
        data={"title": "参观学习", "liaison": "前台"},
    ),
    Row("activities:visit_refuse", **management(), target=visit),
    Row("activities:visit_refuse", **management(302), target=visit, method="post", data={"reason": "Full."}),
    Row("activities:visit_phone", **management(), target=visit, method="post"),
)
INSPECTIONS: tuple[Row, ...] = (
    Row("activities:inspection_detail", **management(), target=inspection),
    # Answered 422: it says nothing.
    Row("activities:inspection_detail", **management(422), target=inspection, method="post"),
    Row("activities:rectification_create", **management(), target=inspection),
    Row("activities:rectification_create", **management(302), target=inspection, method="post", data=DEMAND),
    Row("activities:rectification_list", **workplace()),
    Row("activities:rectification_detail", **management(), target=to_do),
    Row("activities:rectification_detail", **management(302), target=to_do, method="post", data={"proof": "Done."}),
    Row("activities:rectification_verify", **management(302), target=to_verify, method="post"),
    Row("activities:rectification_send_back", **management(), target=to_verify),
    Row(
        "activities:rectification_send_back",
        **management(302),
        target=to_verify,
        method="post",
        data={"note": "Not yet."},
    ),
    Row("activities:coverage_detail", **workplace()),
)
# Those of the center itself; who administers the center above is left.
NOT_ABOVE = ("staff", "manager")
ARCHIVE: tuple[Row, ...] = (
    Row("activities:archive_create", **management(), target=recorded),
    Row(
        "activities:archive_create",
        **management(302),
        target=recorded,
        method="post",
        data={"no_photo_reason": "No camera."},
    ),
    Row("activities:archive_reopen", **management(forbidden=NOT_ABOVE), target=archived),
    Row(
        "activities:archive_reopen",
        **management(302, forbidden=NOT_ABOVE),
        target=archived,
        method="post",
        data={"reason": "Counted again."},
    ),
)

ROWS: tuple[Row, ...] = (*VISITS, *INSPECTIONS, *ARCHIVE)
