"""Details of one kind of activity, as forms, pages and lists show them."""

import dataclasses
import datetime as dt
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from activities.choices import ActivityKind
from activities.domain.inspectable import inspectable
from activities.models import Activity, InspectionDetail, ReceptionDetail, TrainingDetail
from centers.models import Center
from common import clock
from common.words.times import date_words

DETAIL_OF = {
    ActivityKind.TRAINING: "training",
    ActivityKind.RECEPTION: "reception",
    ActivityKind.INSPECTION: "inspection",
}
# Inspections of so long ago may still be entered, of organisations that were dissolved since.
YEAR = dt.timedelta(days=366)


@dataclasses.dataclass(frozen=True)
class Fact:
    """Fact of a detail: what it is called, and what it says. `url`: the page about it."""

    label: Promise | str
    value: str
    url: str = ""


def detail_row(activity: Activity) -> TrainingDetail | ReceptionDetail | InspectionDetail | None:
    """The detail of an activity's kind; None where it has none. One query at most."""
    name = DETAIL_OF.get(ActivityKind(activity.kind))
    return getattr(activity, name, None) if name else None


def detail_facts(activity: Activity) -> list[Fact]:
    """Facts of the detail, those that were given, for those who work at the center. Two queries at most."""
    row = detail_row(activity)
    if isinstance(row, TrainingDetail):
        return training_facts(row)
    if isinstance(row, InspectionDetail):
        organization = row.organization
        return [Fact(_("Organisation inspected"), organization.shown_name, organization.get_absolute_url())]
    if isinstance(row, ReceptionDetail):
        asked = date_words(row.asked_on) if row.asked_on else ""
        return _given(
            Fact(_("Visiting body"), row.visiting_body),
            Fact(_("Its level"), row.get_level_display()),
            Fact(_("Who looks after them"), row.liaison),
            Fact(_("Route"), row.route),
            Fact(_("Asked for on"), asked),
            Fact(_("Why at short notice"), row.short_notice_reason),
        )
    return []


def public_facts(activity: Activity) -> list[Fact]:
    """Facts of the detail that residents see: those of trainings alone. One query at most."""
    row = detail_row(activity)
    return training_facts(row) if isinstance(row, TrainingDetail) else []


def training_facts(training: TrainingDetail) -> list[Fact]:
    """Facts of a training."""
    hours = "" if training.hours is None else hours_words(training.hours)
    return _given(
        Fact(_("Form of training"), training.get_form_display() if training.form else ""),
        Fact(_("Training hours"), hours),
        Fact(_("Training series"), training.track),
    )


def hours_words(hours: Any) -> str:
    """1.5, without a zero behind the point."""
    return f"{hours:.1f}".removesuffix(".0")


def organization_choices(center: Center, *, is_planned: bool = True) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices of the organisations that `center` may inspect, by the center that they stand under. Two queries.

    `is_planned`: those active today; else those of the year past as well.
    """
    today = clock.today()
    found = inspectable(center.pk, today if is_planned else today - YEAR, today)
    ordered = found.with_center(today).in_register_order(today)
    return [
        (place.shown_short_name, [(one.pk, one.shown_name) for one in ones])
        for place, ones in groupby(ordered, key=lambda one: one.center)
    ]


def _given(*facts: Fact) -> list[Fact]:
    return [fact for fact in facts if fact.value]
