"""Details of a plan that one kind of activity has alone."""

import dataclasses
import datetime as dt
from decimal import Decimal

from activities.choices import ActivityKind


@dataclasses.dataclass(frozen=True)
class TrainingPlan:
    """Detail of a training."""

    track: str = ""
    hours: Decimal | None = None
    form: str = ""


@dataclasses.dataclass(frozen=True)
class ReceptionPlan:
    """Detail of a study visit. `asked_on`: the day on which the visitors asked, from which the notice is counted."""

    visiting_body: str
    level: str
    liaison: str = ""
    route: str = ""
    asked_on: dt.date | None = None
    short_notice_reason: str = ""


@dataclasses.dataclass(frozen=True)
class InspectionPlan:
    """Detail of a guidance inspection. `findings`: None leaves what was written of them."""

    organization_id: int
    findings: str | None = None


Detail = TrainingPlan | ReceptionPlan | InspectionPlan
KINDS: dict[type, ActivityKind] = {
    TrainingPlan: ActivityKind.TRAINING,
    ReceptionPlan: ActivityKind.RECEPTION,
    InspectionPlan: ActivityKind.INSPECTION,
}


def detail_of_kind(detail: Detail | None, kind: str) -> Detail | None:
    """The detail if it is one of this kind's; None else, so that what was typed for another kind is left aside."""
    return detail if detail is not None and KINDS[type(detail)] == kind else None
