"""Choice of a public center, by its code."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from common.forms.widgets import NamesSelect


class CenterField(django_filters.fields.ModelChoiceField):
    """Select of centers by their short names in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_short_name)


class PlaceForm(forms.Form):
    """Center whose words a service's page shows; a code that says nothing counts as none."""

    center = CenterField(
        label=_("At which center"),
        queryset=Center.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Choose a center"),
        widget=NamesSelect,
    )

    def __init__(self, *args: Any, centers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center"].queryset = centers  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def chosen(self) -> Center | None:
        """The center, where the address names one."""
        self.full_clean()
        return self.cleaned_data.get("center")
