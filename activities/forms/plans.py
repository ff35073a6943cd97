"""Forms of an activity's plan. Types and shape; what may be planned is the service's business."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.choices import ActivityFormat, ActivityKind, Audience, MicroFormat, WorkLine
from activities.exceptions import CancelReasonMissing
from activities.forms.details import DETAIL_FIELDS, DetailFields, initial_detail
from activities.models import Activity, Campaign, Theme
from activities.values.ages import OLDEST
from activities.values.plans import PLAN_FIELDS, ActivityPlan
from bookings.values.limits import LARGEST_HEADCOUNT
from centers.models import Center
from common import clock
from common.forms.fields import TextField
from common.forms.validators import within_bounds
from common.forms.versions import VersionedForm
from common.forms.widgets import Stepper
from common.words.names import zh

DAY = dt.timedelta(days=1)
TAGS = ("theme", "campaign")
# In the order they are asked: the first stand open, the others fold.
FIRST = ("kind", "title", "day", "starts_at", "ends_at", "place", "capacity", "space", "reach")


def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=[within_bounds], **more)


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, validators=[within_bounds], required=False, **more)


class WhenForm(forms.Form):
    """Day and hours: an end at 0:00 is the end of the day."""

    day = day_field(_("Day"))
    starts_at = time_field(_("From"))
    ends_at = time_field(_("Until"))
    last_day = day_field(_("Last day"), required=False, help_text=_("Only if it goes on for several days."))

    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """Start and end of the clean data."""
        data = self.cleaned_data
        last = data.get("last_day") or data["day"]
        if data["ends_at"] == dt.time.min:
            last += DAY
        return clock.at(data["day"], data["starts_at"]), clock.at(last, data["ends_at"])

    @staticmethod
    def initial_when(starts_at: dt.datetime, ends_at: dt.datetime) -> dict[str, Any]:
        """Initial data of day and hours."""
        start, end = clock.local(starts_at), clock.local(ends_at)
        last = end.date() - DAY if end.time() == dt.time.min else end.date()
        return {
            "day": start.date(),
            "starts_at": start.time(),
            "ends_at": end.time(),
            "last_day": last if last != start.date() else None,
        }


class TagChoice(forms.ModelChoiceField):
    """Themes or campaigns by name in the language of the page; marked where it stays Chinese in an English one."""

    def label_from_instance(self, obj: Any) -> str:
        return zh(obj.shown_name)


class HostChoices(forms.ModelMultipleChoiceField):
    """Centers by name in the language of the page; marked where it stays Chinese in an English one."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return zh(obj.shown_short_name)


class PlanForm(DetailFields, WhenForm):
    """Plan of an activity."""

    # Nothing is found before an inspection was held.
    findings = None  # type: ignore[assignment]  # Django's own way to leave out a field
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices, initial=ActivityKind.ACTIVITY)
    title = TextField(label=_("Title"), max_length=60)
    place = TextField(label=_("Place"), max_length=80, required=False)
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=LARGEST_HEADCOUNT,
        required=False,
        widget=Stepper(),
        help_text=_("Left blank, as many as like may come."),
    )
    takes_sign_ups = forms.BooleanField(label=_("Residents sign up"), required=False, initial=True)
    is_listed = forms.BooleanField(
        label=_("Shown to residents"),
        required=False,
        initial=True,
        help_text=_("Study visits and inspections never are."),
    )
    summary = TextField(label=_("What happens"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4}))
    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices, initial=Audience.EVERYONE)
    min_age = forms.IntegerField(label=_("From age"), min_value=0, max_value=OLDEST, required=False)
    max_age = forms.IntegerField(label=_("Up to age"), min_value=0, max_value=OLDEST, required=False)
    sign_up_opens_at = moment_field(_("Sign-up opens"), help_text=_("Left blank, at once."))
    sign_up_closes_at = moment_field(_("Sign-up closes"), help_text=_("Left blank, when it begins."))
    line = forms.ChoiceField(label=_("Line of work"), choices=WorkLine.choices, initial=WorkLine.ORGANISATION)
    theme = TagChoice(label=_("Theme"), queryset=Theme.objects.none(), required=False, empty_label=_("None"))
    campaign = TagChoice(label=_("Campaign"), queryset=Campaign.objects.none(), required=False, empty_label=_("None"))
    format = forms.ChoiceField(label=_("Format"), choices=ActivityFormat.choices, initial=ActivityFormat.ON_SITE)
    micro_format = forms.ChoiceField(
        label=_("Micro format"), choices=[("", _("None")), *MicroFormat.choices], required=False
    )
    online_url = forms.URLField(label=_("Link for those who join online"), required=False, assume_scheme="https")
    contact_post = TextField(label=_("Service post to ask"), max_length=40, required=False)
    co_hosts = HostChoices(
        label=_("Hosted with"),
        queryset=Center.objects.none(),
        required=False,
        to_field_name="code",
        help_text=_("It counts once, at the center that leads it."),
    )

    def __init__(self, *args: Any, near: Sequence[Center] = (), **kwargs: Any) -> None:
        """`near`: the centers that may host it as well."""
        super().__init__(*args, **kwargs)
        hosts = self.fields["co_hosts"]
        hosts.queryset = Center.objects.filter(pk__in=[center.pk for center in near])  # type: ignore[attr-defined]
        if not near:
            del self.fields["co_hosts"]
        # What it has stays choosable, though nothing new can be entered under it any more.
        open_now = {"theme": Theme.objects.choosable(), "campaign": Campaign.objects.open_on(clock.today())}
        for name, found in open_now.items():
            kept = found.model._default_manager.filter(pk=self.initial.get(name) or 0)
            self.fields[name].queryset = (found | kept).distinct()  # type: ignore[attr-defined]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that stand open."""
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields that fold."""
        return [field for field in self.visible_fields() if field.name not in DETAIL_FIELDS.union(FIRST)]

    @property
    def has_more_errors(self) -> bool:
        """Whether something is wrong in what folds, so that it has to stand open."""
        return any(field.errors for field in self.more_fields)

    def plan(self) -> ActivityPlan:
        """The plan of the clean data."""
        starts_at, ends_at = self.span()
        said = {name: self.cleaned_data[name] for name in PLAN_FIELDS if name in self.cleaned_data}
        tags = {f"{name}_id": tag.pk for name in TAGS if (tag := self.cleaned_data.get(name))}
        times = {"starts_at": starts_at, "ends_at": ends_at}
        return ActivityPlan(**{**said, **tags, **times, "detail": self.detail()})

    @staticmethod
    def initial_of(activity: Activity) -> dict[str, Any]:
        """Initial data of the form for an existing activity. Two queries at most."""
        values = {name: getattr(activity, name) for name in PLAN_FIELDS}
        hosts = list(activity.co_hosts.values_list("code", flat=True))
        values |= {name: values.pop(f"{name}_id") for name in TAGS}
        when = WhenForm.initial_when(activity.starts_at, activity.ends_at)
        return {**values, **when, "co_hosts": hosts, **initial_detail(activity)}


class NewPlanForm(PlanForm):
    """Plan of a new activity, with the key that the form has from the moment it is first shown."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())


class EditPlanForm(VersionedForm, PlanForm):
    """Plan of an activity there is."""


class CancelForm(forms.Form):
    """Why an activity is called off: everybody who signed up reads it."""

    reason = TextField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": CancelReasonMissing.message},
        help_text=_("Everybody who signed up reads this."),
    )
