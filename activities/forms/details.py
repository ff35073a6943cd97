"""Fields of a plan that one kind of activity has alone.

All of them stand in the form; the page shows those of the kind that is chosen (kind-fields.css), and the form reads
those alone. So the kind can be changed without a script, and what was typed stays.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.choices import ActivityKind, TrainingForm, VisitorLevel
from activities.exceptions import OrganizationMissing, VisitorsMissing
from activities.models import Activity
from activities.selectors.details import detail_row
from activities.values.details import Detail, InspectionPlan, ReceptionPlan, TrainingPlan
from activities.values.visits import NOTICE_WORKDAYS
from common import clock
from common.forms.fields import TextField
from common.forms.validators import within_bounds
from common.forms.widgets import NamesSelect

FIELDS: dict[ActivityKind, tuple[str, ...]] = {
    ActivityKind.TRAINING: ("training_form", "hours", "track"),
    ActivityKind.RECEPTION: ("visiting_body", "level", "liaison", "route", "asked_on", "short_notice_reason"),
    ActivityKind.INSPECTION: ("organization", "findings"),
}
DETAIL_FIELDS = frozenset(name for names in FIELDS.values() for name in names)
LEGENDS: dict[ActivityKind, Promise] = {
    ActivityKind.TRAINING: _("About the training"),
    ActivityKind.RECEPTION: _("About the visitors"),
    ActivityKind.INSPECTION: _("About the inspection"),
}


def today_or_before(day: dt.date) -> None:
    """Validator of days that are past or present."""
    if day > clock.today():
        raise forms.ValidationError(_("This day is still to come."))


@dataclasses.dataclass(frozen=True)
class KindFields:
    """Fields of one kind, under their heading."""

    kind: str
    legend: Promise
    fields: list[forms.BoundField]


class DetailFields(forms.Form):
    """Fields of all kinds; `detail` is made of those of the chosen one."""

    training_form = forms.ChoiceField(
        label=_("Form of training"), choices=[("", _("None of these")), *TrainingForm.choices], required=False
    )
    hours = forms.DecimalField(
        label=_("Training hours"), min_value=0.5, max_value=200, decimal_places=1, max_digits=4, required=False
    )
    track = TextField(label=_("Training series"), max_length=40, required=False)
    # What a kind can't do without is required where that kind is chosen (see `clean`).
    visiting_body = TextField(
        label=_("Visiting body"), max_length=60, error_messages={"required": VisitorsMissing.message}
    )
    level = forms.ChoiceField(label=_("Its level"), choices=[("", _("Choose one")), *VisitorLevel.choices])
    liaison = TextField(
        label=_("Who looks after them"), max_length=40, required=False, help_text=_("One person of the center.")
    )
    route = TextField(label=_("Route"), max_length=200, required=False, help_text=_("What they are shown, in order."))
    asked_on = forms.DateField(
        label=_("Asked for on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=[within_bounds, today_or_before],
        required=False,
        help_text=_("Left blank, today."),
    )
    short_notice_reason = TextField(label=_("Why at short notice"), max_length=100, required=False)
    organization = forms.TypedChoiceField(
        label=_("Organisation inspected"),
        coerce=int,
        widget=NamesSelect,
        error_messages={"required": OrganizationMissing.message},
    )
    findings = TextField(label=_("Findings"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, organizations: Sequence[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        """`organizations`: choices of those that may be inspected, by center."""
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = [("", _("Choose one")), *organizations]  # type: ignore[attr-defined]
        if "short_notice_reason" in self.fields:
            self.fields["short_notice_reason"].help_text = _(
                "Visits are asked for %(n)s working days ahead. Only if this one was asked for later."
            ) % {"n": NOTICE_WORKDAYS}

    def clean(self) -> dict[str, Any]:
        """Leave aside what was typed, or left blank, for another kind than the chosen one: it is no mistake."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind = data.get("kind")
        for name in DETAIL_FIELDS - set(FIELDS.get(ActivityKind(kind), ()) if kind else ()):
            self.errors.pop(name, None)
        return data

    @property
    def kind_fields(self) -> list[KindFields]:
        """The fields of each kind that has some."""
        return [
            KindFields(kind.value, LEGENDS[kind], [self[name] for name in names if name in self.fields])
            for kind, names in FIELDS.items()
        ]

    def detail(self) -> Detail | None:
        """The detail of the clean data; None for a kind that has none."""
        data = self.cleaned_data
        if data["kind"] == ActivityKind.TRAINING:
            return TrainingPlan(data["track"], data["hours"], data["training_form"])
        if data["kind"] == ActivityKind.RECEPTION:
            return ReceptionPlan(
                visiting_body=data["visiting_body"],
                level=data["level"],
                liaison=data["liaison"],
                route=data["route"],
                asked_on=data.get("asked_on") or clock.today(),
                short_notice_reason=data.get("short_notice_reason", ""),
            )
        if data["kind"] == ActivityKind.INSPECTION:
            return InspectionPlan(data["organization"], data.get("findings"))
        return None


def initial_detail(activity: Activity) -> dict[str, Any]:
    """Initial data of the fields for an existing activity. One query at most."""
    row = detail_row(activity)
    if row is None:
        return {}
    names = {"training_form": "form", "organization": "organization_id"}
    return {name: getattr(row, names.get(name, name)) for name in FIELDS[ActivityKind(activity.kind)]}


def copied_detail(activity: Activity) -> dict[str, Any]:
    """The same for a copy: not who came that day, nor what was found, nor how it was asked for."""
    of_that_day = {"visiting_body", "level", "asked_on", "short_notice_reason", "findings"}
    return {name: value for name, value in initial_detail(activity).items() if name not in of_that_day}
