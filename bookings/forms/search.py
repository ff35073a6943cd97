"""Search form: day, from, until, headcount, and near which center.

It stands in the address, so it can be shared.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bookings.choices import ConfirmMode, Equipment
from bookings.domain.rules import next_on_grid
from bookings.selectors.search.results import Filters, SearchCriteria
from bookings.values.limits import FARTHEST_DAYS, LARGEST_HEADCOUNT
from bookings.values.policy import GRID_MINUTES
from bookings.values.slot_request import SlotRequest
from bookings.values.slots import minutes_of, time_text, time_words
from centers.choices import AreaKind
from centers.selectors.near_choices import NearChoices
from common import clock
from common.forms.widgets import LongSelect, NamesSelect, Stepper

# Offered in the lists of hours; an address may name any half hour of the day.
FIRST_HOUR, LAST_HOUR = 7, 24
HOUR = dt.timedelta(hours=1)
# What most people look for, where they haven't said: ours.
USUAL_HOURS, USUAL_HEADCOUNT, MORNING, LAST_START = 2, 10, 9, 19
FILTER_CHOICES: dict[str, set[str]] = {
    "confirm": set(ConfirmMode.values),
    "equipment": set(Equipment.values),
    "area": set(AreaKind.values),
}


class HalfHourField(forms.ChoiceField):
    """A time on the half hour, as minutes after midnight; 24:00 is the end of the day."""

    default_error_messages = {"invalid_choice": _("Choose a time on the hour or half hour.")}

    def __init__(self, *, first: int, last: int, **kwargs: Any) -> None:
        """`first` and `last`: minutes after midnight of the first and last time in the list."""
        choices = [(time_text(minutes), time_words(minutes)) for minutes in range(first, last + 1, GRID_MINUTES)]
        super().__init__(choices=choices, **{"widget": LongSelect, **kwargs})

    def valid_value(self, value: Any) -> bool:
        return minutes_of(str(value)) is not None

    def clean(self, value: Any) -> Any:
        return minutes_of(super().clean(value))


class SearchForm(forms.Form):
    """Types and shape, and that the time makes sense; what can be booked is another question."""

    day = forms.DateField(
        label=_("Day"), input_formats=["%Y-%m-%d"], error_messages={"invalid": _("Choose a day of the calendar.")}
    )
    start = HalfHourField(label=_("From"), first=FIRST_HOUR * 60, last=LAST_HOUR * 60 - GRID_MINUTES)
    end = HalfHourField(label=_("Until"), first=FIRST_HOUR * 60 + GRID_MINUTES, last=LAST_HOUR * 60)
    headcount = forms.IntegerField(
        label=_("Headcount"),
        min_value=1,
        max_value=LARGEST_HEADCOUNT,
        widget=Stepper({"min": 1, "max": LARGEST_HEADCOUNT}),
    )
    near = forms.ChoiceField(
        label=_("Near"),
        required=False,
        widget=NamesSelect,
        error_messages={"invalid_choice": _("Choose a center from the list.")},
    )

    def __init__(self, query: QueryDict, places: NearChoices) -> None:
        """`query`: the address; what it leaves out takes what most people look for next."""
        self.places = places
        said = {name: value for name in self.base_fields if (value := query.get(name, "").strip())}
        for name in ("start", "end"):
            if (minutes := minutes_of(said.get(name, ""))) is not None:
                said[name] = time_text(minutes)
        super().__init__({**usual_criteria(said, clock.now()), **said})
        self.filters = filters_of(query)
        self.fields["day"].widget = forms.DateInput(
            {"type": "date", "min": clock.today().isoformat()}, format="%Y-%m-%d"
        )
        near = self.fields["near"]
        assert isinstance(near, forms.ChoiceField)  # noqa: S101 (for the type checker)
        near.choices = places.options(_("Anywhere"))
        for name in ("start", "end"):
            _offer_also(self.fields[name], self.data[name])

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day < clock.today():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        if day > clock.today() + dt.timedelta(days=FARTHEST_DAYS):
            raise forms.ValidationError(_("This day is too far ahead. Choose one within a year."))
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("start") is not None and data.get("end") is not None and data["end"] <= data["start"]:
            self.add_error("end", _("Choose a time after the start."))
        elif data.get("day") and data.get("start") is not None and _moment(data["day"], data["start"]) <= clock.now():
            self.add_error("start", _("This time has already begun. Choose a later one."))
        return data

    @property
    def day_chosen(self) -> dt.date:
        """The day of a form that nothing wrong was said to, for a picker of days."""
        return dt.date.fromisoformat(self.data["day"])

    def criteria(self) -> SearchCriteria:
        """Search criteria of a valid form."""
        data = self.cleaned_data
        chosen = self.places.chosen
        return SearchCriteria(
            SlotRequest(_moment(data["day"], data["start"]), _moment(data["day"], data["end"]), data["headcount"]),
            near=chosen.id if chosen and data["near"] else None,
            filters=self.filters,
        )

    def carried(self) -> list[tuple[str, str]]:
        """The conditions as names and values, for the filter form to send along."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]

    def carried_filters(self) -> list[tuple[str, str]]:
        """The filters as names and values, for the form of conditions to send along."""
        return [(name, value) for name in FILTER_CHOICES for value in sorted(getattr(self.filters, name))]


def usual_criteria(said: dict[str, str], now: dt.datetime) -> dict[str, str]:
    """Likely values of what people left out.

    Two hours from the next full hour, or in the morning of another day.
    """
    today = clock.local(now).date()
    soonest = -(-(clock.local(next_on_grid(now)) - clock.midnight(today)) // HOUR) * 60
    start = minutes_of(said.get("start", ""))
    day = (
        today + dt.timedelta(days=(start or 0) < soonest)
        if start is not None
        else today + dt.timedelta(days=soonest > LAST_START * 60)
    )
    said_day = said.get("day", day.isoformat())
    if start is None:
        start = (
            max(soonest, MORNING * 60) if said_day == today.isoformat() and soonest <= LAST_START * 60 else MORNING * 60
        )
    end = min(start + USUAL_HOURS * 60, 24 * 60)
    return {"day": day.isoformat(), "start": time_text(start), "end": time_text(end), "headcount": str(USUAL_HEADCOUNT)}


def filters_of(query: QueryDict) -> Filters:
    """The filters an address names; what isn't one is as if it weren't there."""
    return Filters(**{name: frozenset(query.getlist(name)) & known for name, known in FILTER_CHOICES.items()})


def _offer_also(field: forms.Field, value: str) -> None:
    """Keep what the address says among the times to choose from, be it off the list or no time at all."""
    choices: Iterable[tuple[str, str]] = field.choices  # type: ignore[attr-defined]
    if value not in dict(choices):
        minutes = minutes_of(value)
        also = (value, value if minutes is None else time_words(minutes))
        field.choices = sorted([*choices, also])  # type: ignore[attr-defined]


def _moment(day: dt.date, minutes: int) -> dt.datetime:
    return clock.midnight(day) + dt.timedelta(minutes=minutes)
