"""The week of a center as a form: for each kind of day up to two stretches of opening."""

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from centers.choices import DayKind
from centers.values.opening import END_OF_DAY, TimeSpan, closing_text, span_on
from common import clock
from common.forms.versions import VersionedForm

STRETCHES = (1, 2)
TYPED = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?")


class TimeField(forms.Field):
    """A time of day as people type it: 8:30, 08:30, 830, 8. One that closes (`is_end`) may be 24:00.

    A control of text: those for a time end at 23:59.
    """

    def __init__(self, label: str, *, is_end: bool = False) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 8}
        super().__init__(label=label, required=False, widget=forms.TextInput(attrs))
        self.is_end = is_end

    def to_python(self, value: Any) -> dt.time | None:
        """Time of the text; END_OF_DAY for 24:00; None for nothing."""
        text = unicodedata.normalize("NFKC", value or "").strip()
        if not text:
            return None
        typed = TYPED.fullmatch(text)
        hour, minute = (int(typed[1]), int(typed[2] or 0)) if typed else (99, 0)
        if self.is_end and (hour, minute) == (24, 0):
            return END_OF_DAY
        if hour > 23 or minute > 59:
            raise forms.ValidationError(_("Enter a time like 8:30."), code="invalid")
        return dt.time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        """Text of the field: a stored time as text, typed text unchanged."""
        if not isinstance(value, dt.time):
            return value
        return closing_text(value) if self.is_end else f"{value:%H:%M}"


def read_stretches(form: forms.Form, prefix: str) -> list[TimeSpan]:
    """The stretches typed under `prefix`, with an error on the field that is missing or backwards."""
    found: list[TimeSpan] = []
    for number in STRETCHES:
        names = [f"{prefix}_{end}_{number}" for end in ("opens", "closes")]
        opens, closes = (form.cleaned_data.get(name) for name in names)
        if opens is not None and closes is not None:
            starts, ends = span_on(clock.today(), (opens, closes))
            if starts < ends:
                found.append((opens, closes))
            else:
                form.add_error(names[1], _("Closing must be after opening."))
        elif opens is not None and names[1] not in form.errors:
            form.add_error(names[1], _("Say when it closes."))
        elif closes is not None and names[0] not in form.errors:
            form.add_error(names[0], _("Say when it opens."))
    return found


@dataclasses.dataclass(frozen=True)
class Line:
    """Fields of one kind of day, for the template."""

    kind: DayKind
    stretches: list[tuple[forms.BoundField, forms.BoundField]]

    @property
    def fields(self) -> list[forms.BoundField]:
        return [field for pair in self.stretches for field in pair]


class WeeklyHoursForm(VersionedForm, forms.Form):
    """Seven weekdays, public holidays and make-up workdays.

    A line left empty means shut, or for make-up workdays Monday's hours.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.week: dict[DayKind, list[TimeSpan]] = {}
        super().__init__(*args, **kwargs)
        for kind in DayKind:
            for number in STRETCHES:
                words = {"day": kind.label, "number": number}
                self.fields[f"{kind}_opens_{number}"] = TimeField(_("%(day)s, opens (%(number)s)") % words)
                self.fields[f"{kind}_closes_{number}"] = TimeField(
                    _("%(day)s, closes (%(number)s)") % words, is_end=True
                )

    @staticmethod
    def initial_of(rows: Iterable[Any]) -> dict[str, dt.time]:
        """Initial data of the form for the WeeklyHours of a center, in order."""
        initial: dict[str, dt.time] = {}
        for row in rows:
            number = 1 if f"{row.day_kind}_opens_1" not in initial else 2
            initial[f"{row.day_kind}_opens_{number}"], initial[f"{row.day_kind}_closes_{number}"] = (
                row.opens,
                row.closes,
            )
        return initial

    @property
    def inherits(self) -> bool:
        """Whether the button was pressed that gives the center's own week up, whatever stands in the fields."""
        return self.is_bound and "inherit" in self.data

    def clean(self) -> dict[str, Any]:
        if self.inherits:
            self.errors.clear()
            return self.cleaned_data
        self.week = {kind: stretches for kind in DayKind if (stretches := read_stretches(self, kind))}
        return self.cleaned_data

    def lines(self) -> list[Line]:
        return [
            Line(kind, [(self[f"{kind}_opens_{n}"], self[f"{kind}_closes_{n}"]) for n in STRETCHES]) for kind in DayKind
        ]
