"""Rows of details, study visits and rectifications that a constraint or trigger refuses, by its name."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from activities.choices import ActivityKind, VisitorLevel, VisitState
from activities.models import (
    Activity,
    InspectionDetail,
    ReceptionDetail,
    Rectification,
    TrainingDetail,
    VisitRequest,
)
from activities.models.triggers import DETAIL_OF_ITS_KIND
from tests.factories.activities import make_activity
from tests.factories.bookings import slot
from tests.factories.kinds import make_inspection
from tests.factories.organizations import make_organization

Rows = Iterable[models.Model] | Callable[[], Any]


def training(world: Any, **fields: Any) -> Rows:
    return [TrainingDetail(activity=make_activity(world.center, kind=ActivityKind.TRAINING), **fields)]


def reception(world: Any, **fields: Any) -> Rows:
    here = make_activity(world.center, kind=ActivityKind.RECEPTION)
    said = {"visiting_body": "演示单位", "level": VisitorLevel.TOWN, **fields}
    return [ReceptionDetail(activity=here, **said)]


def visit(world: Any, **fields: Any) -> Rows:
    starts_at, ends_at = slot(9, 11)
    said = {
        "visiting_body": "演示单位",
        "level": VisitorLevel.TOWN,
        "people": 9,
        "contact_name": "演示联系人01",
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    return [VisitRequest(center=world.center, asker=world.user, **{**said, **fields})]


def rectification(world: Any, **fields: Any) -> Rows:
    held = make_inspection(world.center, make_organization(world.center))
    said = {"what": "补齐记录", "due_on": "2026-12-01", "answers_for": "支部书记", "key": uuid.uuid4()}
    return [Rectification(inspection_id=held.pk, **{**said, **fields})]


def detail_of_another_kind(model: type[models.Model], **fields: Any) -> Callable[[Any], Rows]:
    def rows(world: Any) -> Rows:
        more = {"organization": make_organization(world.center)} if model is InspectionDetail else {}
        return [model(activity=make_activity(world.center), **fields, **more)]

    return rows


def kind_changed_under_its_detail(world: Any) -> Rows:
    held = make_inspection(world.center, make_organization(world.center))
    return lambda: Activity.objects.filter(pk=held.pk).update(kind=ActivityKind.RECEPTION)


MOMENT = slot(9, 11)[0]
REFUSED: dict[str, Callable[[Any], Rows]] = {
    "training_form_known": lambda world: training(world, form="dance"),
    "training_hours_positive": lambda world: training(world, hours=0),
    "reception_level_known": lambda world: reception(world, level="galaxy"),
    "visit_state_known": lambda world: visit(world, state="lost", decided_at=MOMENT),
    "visit_level_known": lambda world: visit(world, level="galaxy"),
    "visit_ends_after_start": lambda world: visit(world, ends_at=MOMENT),
    "visit_people_positive": lambda world: visit(world, people=0),
    "visit_confirmed_has_activity": lambda world: visit(world, state=VisitState.CONFIRMED, decided_at=MOMENT),
    "visit_decided_has_date": lambda world: visit(world, state=VisitState.WITHDRAWN),
    "visit_refused_has_reason": lambda world: visit(world, state=VisitState.REFUSED, decided_at=MOMENT),
    "rectification_state_known": lambda world: rectification(world, state="lost", proof="x", done_at=MOMENT),
    "rectification_done_has_proof": lambda world: rectification(world, state="done", done_at=MOMENT),
    "rectification_verified_has_date": lambda world: rectification(
        world, state="verified", proof="已补齐", done_at=MOMENT
    ),
}
TRIGGERED: dict[str, tuple[str, Callable[[Any], Rows]]] = {
    "TrainingDetail.of_its_kind": (DETAIL_OF_ITS_KIND, detail_of_another_kind(TrainingDetail)),
    "ReceptionDetail.of_its_kind": (
        DETAIL_OF_ITS_KIND,
        detail_of_another_kind(ReceptionDetail, visiting_body="演示单位", level=VisitorLevel.TOWN),
    ),
    "InspectionDetail.of_its_kind": (DETAIL_OF_ITS_KIND, detail_of_another_kind(InspectionDetail)),
    "Activity.kind_keeps_detail": (DETAIL_OF_ITS_KIND, kind_changed_under_its_detail),
}
