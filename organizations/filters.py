"""Filters of the list of organisations, for page and API alike."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from centers.selectors.near_choices import NearChoices
from common import clock
from common.forms.widgets import NamesSelect
from organizations.choices import FieldOfWork, OrganizationType
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet


class OrganizationFilter(django_filters.FilterSet):
    """Filter of organisations.

    `q`: words of the name; `under`: a center's code, for it and all below; `type`, `field`: one of the choices.
    """

    q = django_filters.CharFilter(method="filter_q", max_length=40, label=_("Name"))
    under = django_filters.ModelChoiceFilter(
        queryset=Center.objects.public(), to_field_name="code", method="filter_under", label=_("Part of the network")
    )
    type = django_filters.ChoiceFilter(choices=OrganizationType.choices, empty_label=_("All"), label=_("Type"))
    field = django_filters.ChoiceFilter(
        field_name="field_of_work", choices=FieldOfWork.choices, empty_label=_("All"), label=_("Field of work")
    )

    class Meta:
        model = Organization
        fields = ("q", "under", "type", "field")

    def filter_q(self, queryset: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
        return queryset.search(value)

    def filter_under(self, queryset: OrganizationQuerySet, name: str, value: Center | None) -> OrganizationQuerySet:
        return queryset if value is None else queryset.under([value.pk], clock.today())


class OrganizationPageFilter(OrganizationFilter):
    """The same with a select of centers by branch, as many as a list can hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.form.fields["under"]
        field.widget = NamesSelect()
        field.widget.choices = NearChoices(self.form["under"].value() or "").options(_("All"))
