"""Ordering filter of lists."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request
from rest_framework.views import APIView


class StableOrdering(OrderingFilter):
    """`?ordering=-starts_at`; equals follow by primary key, so that no row is on two pages or on none.

    What can't be sorted by is refused.
    """

    ordering_description = _("Sort by this; with a minus sign before it, the other way round")  # type: ignore[assignment]

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Schema of the parameter, with the fields there are to sort by."""
        [parameter] = super().get_schema_operation_parameters(view)
        names = getattr(view, "ordering_fields", ())
        return [
            {**parameter, "schema": {"type": "string", "enum": [sign + name for name in names for sign in ("", "-")]}}
        ]

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Sequence[str] | None:
        self._refuse_unknown(request, view)
        ordering = super().get_ordering(request, queryset, view)
        return [*ordering, "pk"] if ordering else ordering

    def _refuse_unknown(self, request: Request, view: APIView) -> None:
        value = request.query_params.get(self.ordering_param)
        known = getattr(view, "ordering_fields", ())
        unknown = (
            [name for name in value.split(",") if name.strip().removeprefix("-") not in known]
            if value is not None
            else []
        )
        if unknown:
            words = gettext("“%(value)s” isn't one of the choices.") % {"value": unknown[0]}
            raise exceptions.ValidationError(
                {self.ordering_param: [exceptions.ErrorDetail(words, code="invalid_choice")]}
            )
