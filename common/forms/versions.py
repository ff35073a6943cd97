"""Optimistic concurrency check for forms that edit.

What was changed by somebody else meanwhile isn't overwritten unseen.

The form carries a version of what it showed, field by field. A submission whose version isn't that of the values as
they now stand is refused (`StaleForm`, 409) with words on what changed; what was typed is kept, under the new version,
so that sending it again is a decision.
"""

import hashlib
import json
from typing import Any

from django import forms
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from common.errors import StaleForm

FIELD = "version"
DIGITS = 6
BETWEEN = "."


class VersionedForm(forms.BaseForm):
    """Mixin, before `Form` or `ModelForm`: adds the hidden field `version` and the check.

    The template has to render the field.

    Initial values (or the instance) must be read anew for each request, and under a lock for one that saves
    (`common.http.forms.one_at_a_time`). A submission without a version isn't checked.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[FIELD] = forms.CharField(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        return self.current_version() if field_name == FIELD else super().get_initial_for_field(field, field_name)

    def current_version(self) -> str:
        """The version of the values as they stand: a short hash a field."""
        return BETWEEN.join(_hash(self._shown(name)) for name in self._versioned)

    def full_clean(self) -> None:
        super().full_clean()
        changed = self._changed_meanwhile()
        if not changed:
            return
        words = StaleForm(changes=_("; ").join(self._now_words(name) for name in changed))
        self.add_error(None, str(words))
        self.refusal = words
        # Shown again, the form carries the new version.
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix(FIELD)] = self.current_version()
        self.data = data

    @property
    def _versioned(self) -> list[str]:
        return [name for name in self.fields if name != FIELD]

    def _shown(self, name: str) -> Any:
        field = self.fields[name]
        return field.prepare_value(self.get_initial_for_field(field, name))

    def _changed_meanwhile(self) -> list[str]:
        sent = self.data.get(self.add_prefix(FIELD)) if self.is_bound else None
        if not sent:
            return []
        before, now = sent.split(BETWEEN), self.current_version().split(BETWEEN)
        if len(before) != len(now):
            return self._versioned
        return [name for name, old, new in zip(self._versioned, before, now, strict=True) if old != new]

    def _now_words(self, name: str) -> str:
        """Phone: 0573-85000000."""
        return _("{label}: {value}").format(label=self.fields[name].label, value=self._in_words(name) or _("blank"))

    def _in_words(self, name: str) -> str:
        shown, field = self._shown(name), self.fields[name]
        if isinstance(shown, bool):
            return _("yes") if shown else _("no")
        if isinstance(field, forms.ChoiceField):
            options: Any = flatten_choices(field.widget.choices)
            labels = {str(value): str(label) for value, label in options}
            chosen = shown if isinstance(shown, list | tuple) else [shown]
            return _(", ").join(labels.get(str(value), str(value)) for value in chosen if value not in (None, ""))
        return "" if shown is None else str(shown)


def _hash(shown: Any) -> str:
    value = "" if shown is None else shown
    text = json.dumps(sorted(map(str, value)) if isinstance(value, list | tuple) else str(value))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
