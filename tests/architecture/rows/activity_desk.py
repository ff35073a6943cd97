"""Activities as their center leads them: planning, the desk, records, photos."""

import datetime as dt
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from activities.choices import ActivityKind, ActivityState, SignUpState
from activities.models import Activity, ActivityRecord, Participant, Photo, SignUp
from common import clock
from tests.architecture.permission_table import Row, management, public, workplace
from tests.support.cast import Cast

# Planning, the desk and recording: for those who work at the center that leads it.


def led(
    cast: Cast, days: int = 2, state: ActivityState = ActivityState.PUBLISHED, attendance: int | None = None
) -> Activity:
    """An activity of the center, so many days from now."""
    start = clock.at(clock.today() + dt.timedelta(days=days), dt.time(14))
    return Activity.objects.create(
        kind=ActivityKind.ACTIVITY,
        title="演示活动",
        center=cast.center,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        state=state,
        attendance=attendance,
    )


def coming(cast: Cast) -> dict[str, Any]:
    return {"reference": led(cast).reference}


def draft(cast: Cast) -> dict[str, Any]:
    return {"reference": led(cast, state=ActivityState.DRAFT).reference}


def held(cast: Cast) -> dict[str, Any]:
    return {"reference": led(cast, days=-1).reference}


def recorded(cast: Cast) -> dict[str, Any]:
    activity = led(cast, days=-1, state=ActivityState.RECORDED, attendance=8)
    ActivityRecord.objects.create(
        activity=activity, key=uuid.uuid4(), recorded_by=cast["manager"], recorded_at=clock.now()
    )
    return {"reference": activity.reference}


def signed_up(cast: Cast) -> dict[str, Any]:
    """The resident's sign-up for an activity to come."""
    activity = led(cast)
    person = Participant.objects.create(account=cast["resident"], name="演示居民01")
    sign_up = SignUp.objects.create(activity=activity, participant=person, state=SignUpState.IN)
    return {"reference": activity.reference, "code": sign_up.code}


# The first date that the series of `coming` is offered.
DATES = {"days": "2026-12-03"}
PLAN = {
    "kind": "activity",
    "title": "演示活动",
    "day": "2026-11-30",
    "starts_at": "14:00",
    "ends_at": "16:00",
    "audience": "everyone",
    "line": "organisation",
    "format": "on_site",
}
RECORD = {"key": "5f3c1c9e-0c8a-4a53-9d0b-3f6f5f1d7a10", "attendance": "8"}
HELD = {
    **RECORD,
    "kind": "activity",
    "title": "演示活动",
    "day": "2026-11-20",
    "starts_at": "14:00",
    "ends_at": "16:00",
}

STAFF_ROWS: tuple[Row, ...] = (
    Row("activities:manage_list", **workplace()),
    Row("activities:manage_export_workbook", **workplace()),
    Row("activities:manage_export_text", **workplace()),
    Row("activities:manage_create", **workplace()),
    Row("activities:manage_create", **workplace(302), method="post", data=PLAN),
    Row("activities:manage_edit", **management(), target=coming),
    Row("activities:manage_edit", **management(302), target=coming, method="post", data=PLAN),
    Row("activities:series_create", **management(), target=coming),
    Row("activities:series_create", **management(302), target=coming, method="post", data=DATES),
    Row("activities:manage_publish", **management(302), target=draft, method="post"),
    Row("activities:manage_cancel", **management(), target=coming),
    Row("activities:manage_cancel", **management(302), target=coming, method="post", data={"reason": "Storm."}),
    Row("activities:record_held", **workplace()),
    Row("activities:record_held", **workplace(302), method="post", data=HELD),
    Row("activities:record_create", **management(), target=held),
    Row("activities:record_create", **management(302), target=held, method="post", data=RECORD),
    Row("activities:record_revise", **management(), target=recorded),
    Row(
        "activities:record_revise",
        **management(302),
        target=recorded,
        method="post",
        data={"attendance": "9", "reason": "Counted again."},
    ),
    Row("activities:desk_detail", **management(), target=coming),
    Row("activities:desk_check_in", **management(302), target=held, method="post", data={"code": "none"}),
    Row("activities:desk_check_in_undo", **management(302), target=held, method="post", data={"code": "none"}),
    Row("activities:desk_count", **management(302), target=held, method="post", data={"count": "1"}),
    Row("activities:desk_count_undo", **management(302), target=held, method="post", data={"counted": "1"}),
    Row("activities:desk_sign_up", **management(), target=coming),
    Row("activities:desk_sign_up", **management(302), target=coming, method="post", data={"name": "演示老人01"}),
    Row("activities:desk_phone", **management(), target=signed_up, method="post"),
    Row("activities:desk_remove", **management(), target=signed_up),
    Row("activities:desk_remove", **management(302), target=signed_up, method="post"),
)


def photographed(cast: Cast) -> dict[str, Any]:
    """A photo of an activity that was held; its file isn't there."""
    photo = Photo.objects.create(activity=led(cast, days=-1), key=uuid.uuid4(), width=4, height=3)
    return {"reference": photo.activity.reference, "name": photo.name}


def shown_photo(cast: Cast) -> dict[str, Any]:
    """The file of a photo that residents may see."""
    photo = Photo.objects.get(name=photographed(cast)["name"])
    Photo.objects.filter(pk=photo.pk).update(is_public=True, consent="演示同意")
    storages["photos"].save(photo.name, ContentFile(b"photo"))
    return {"name": photo.name}


PHOTO_ROWS: tuple[Row, ...] = (
    Row("activities:record_worker", **public()),
    Row("activities:photo_file", **public(), target=shown_photo),
    Row("activities:photo_list", **management(), target=held),
    Row("activities:photo_list", **management(302), target=held, method="post", data={"key": RECORD["key"]}),
    Row("activities:photo_hide", **management(302), target=photographed, method="post"),
    Row("activities:photo_show", **management(302), target=photographed, method="post", data={"consent": "Asked."}),
    Row("activities:photo_remove", **management(302), target=photographed, method="post"),
)

ROWS: tuple[Row, ...] = (*STAFF_ROWS, *PHOTO_ROWS)
