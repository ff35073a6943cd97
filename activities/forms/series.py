"""Forms of series: the rule and for how long, the dates to hold, and which dates a change is meant for."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.choices import SeriesReach, SeriesRule
from activities.exceptions import NoDates
from activities.forms.plans import CancelForm, EditPlanForm, day_field
from activities.selectors.series import DateOption
from activities.values.repeats import LONGEST_SERIES
from bookings.models import Space
from common.forms.widgets import Stepper
from common.words.names import zh

USUAL_TIMES = 8


class RoomChoice(forms.ModelChoiceField):
    """Rooms by name in the language of the page; marked where it stays Chinese in an English one."""

    def label_from_instance(self, obj: Any) -> str:
        return zh(obj.shown_name)


def reach_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Which dates"), choices=SeriesReach.choices, initial=SeriesReach.THIS, widget=forms.RadioSelect
    )


class RepeatQuery(forms.Form):
    """Query of the dates to look at: the rule, for how long, in which room."""

    rule = forms.ChoiceField(label=_("How often"), choices=SeriesRule.choices, initial=SeriesRule.WEEKLY)
    times = forms.IntegerField(
        label=_("How many times more"),
        min_value=1,
        max_value=LONGEST_SERIES - 1,
        required=False,
        initial=USUAL_TIMES,
        widget=Stepper(),
    )
    until = day_field(_("Or until"), required=False)
    space = RoomChoice(
        label=_("Book a room for each date"),
        queryset=Space.objects.none(),
        required=False,
        empty_label=_("Without a room"),
    )

    def __init__(self, *args: Any, rooms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = rooms  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Rule, `times`, `until` and `space` that are asked for; those that the form begins with where nothing is."""
        if not self.is_bound:
            names = ("rule", "times", "until", "space")
            return {name: self.get_initial_for_field(self.fields[name], name) for name in names}
        data = self.cleaned_data if self.is_valid() else {}
        return {
            "rule": data.get("rule", SeriesRule.WEEKLY),
            "times": data.get("times") or USUAL_TIMES,
            "until": data.get("until"),
            "space": data.get("space"),
        }


class DatesForm(forms.Form):
    """The dates that are ticked. Those offered are accepted, also where they are planned by now."""

    days = forms.TypedMultipleChoiceField(
        label=_("Dates"), coerce=dt.date.fromisoformat, error_messages={"required": NoDates.message}
    )

    def __init__(self, *args: Any, options: Sequence[DateOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = options
        self.fields["days"].choices = [(f"{option.day}", option.words) for option in options]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[str]:
        """The dates that are ticked: as sent, else as offered."""
        if self.is_bound:
            return {str(value) for value in self["days"].data or ()}
        return {f"{option.day}" for option in self.options if option.is_ticked}


class EditDateForm(EditPlanForm):
    """Plan of an activity there is: with a room, another one can be chosen; in a series, all later dates be meant."""

    def __init__(self, *args: Any, rooms: Any, has_later: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rooms is not None:
            self.fields["space"] = RoomChoice(
                label=_("Room"),
                queryset=rooms,
                required=False,
                empty_label=None,
                help_text=_("Its booking moves along, if the room is free at that time."),
            )
        if has_later:
            self.fields["reach"] = reach_field()

    @property
    def date_fields(self) -> list[forms.BoundField]:
        """The fields of room and reach, if there are any."""
        return [self[name] for name in ("space", "reach") if name in self.fields]


class CancelDateForm(CancelForm):
    """Why an activity is called off; in a series, also all later dates."""

    def __init__(self, *args: Any, has_later: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_later:
            self.fields["reach"] = reach_field()
