"""The week of a center as a form: for each kind of day up to two stretches of opening."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from centers.choices import DayKind

STRETCHES = (1, 2)
Times = tuple[dt.time, dt.time]


def time_field(label: str) -> forms.TimeField:
    """A time as browsers ask for it, hours and minutes."""
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"))


def read_stretches(form: forms.Form, prefix: str) -> list[Times]:
    """The stretches typed under `prefix`, with an error on the field that is missing or backwards."""
    found: list[Times] = []
    for number in STRETCHES:
        opens, closes = (form.cleaned_data.get(f"{prefix}_{end}_{number}") for end in ("opens", "closes"))
        if opens and closes and opens < closes:
            found.append((opens, closes))
        elif opens and closes:
            form.add_error(f"{prefix}_closes_{number}", _("Closing must be after opening."))
        elif opens:
            form.add_error(f"{prefix}_closes_{number}", _("Say when it closes."))
        elif closes:
            form.add_error(f"{prefix}_opens_{number}", _("Say when it opens."))
    return found


@dataclasses.dataclass(frozen=True)
class Line:
    """One kind of day with its fields, for the template."""

    kind: DayKind
    stretches: list[tuple[forms.BoundField, forms.BoundField]]

    @property
    def fields(self) -> list[forms.BoundField]:
        return [field for pair in self.stretches for field in pair]


class WeeklyHoursForm(forms.Form):
    """Seven weekdays, public holidays and make-up workdays. A line left empty means shut, or for make-up workdays Monday's hours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in DayKind:
            for number in STRETCHES:
                words = {"day": kind.label, "number": number}
                self.fields[f"{kind}_opens_{number}"] = time_field(_("%(day)s, opens (%(number)s)") % words)
                self.fields[f"{kind}_closes_{number}"] = time_field(_("%(day)s, closes (%(number)s)") % words)

    @staticmethod
    def initial_of(rows: Iterable[Any]) -> dict[str, dt.time]:
        """What to show for the rows of WeeklyHours a center has, in order."""
        initial: dict[str, dt.time] = {}
        for row in rows:
            number = 1 if f"{row.day_kind}_opens_1" not in initial else 2
            initial[f"{row.day_kind}_opens_{number}"], initial[f"{row.day_kind}_closes_{number}"] = row.opens, row.closes
        return initial

    def clean(self) -> dict[str, Any]:
        self.week = {kind: stretches for kind in DayKind if (stretches := read_stretches(self, kind))}
        return self.cleaned_data

    def lines(self) -> list[Line]:
        return [Line(kind, [(self[f"{kind}_opens_{n}"], self[f"{kind}_closes_{n}"]) for n in STRETCHES]) for kind in DayKind]
