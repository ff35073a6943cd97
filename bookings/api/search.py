"""Free spaces of all centers at one time: the search of the pages, with the same form and the same answer."""

import datetime as dt
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.space_serializers import FoundSerializer, FreeSpaceSerializer, SearchedSerializer
from bookings.choices import ConfirmMode, Equipment
from bookings.domain.snapshot import Snapshot
from bookings.forms.search import FILTER_CHOICES, SearchForm
from bookings.selectors.search.alternatives import alternatives_to
from bookings.selectors.search.results import SearchCriteria, find
from bookings.values.limits import LARGEST_HEADCOUNT
from centers.choices import AreaKind
from centers.selectors.near_choices import NearChoices
from common import clock
from common.api.filters import refuse_blank

TIME_PATTERN = r"^([01]?\d|2[0-3]):(00|30)$|^24:00$"


def _several(words: Any, choices: type[models.TextChoices]) -> str:
    """The description of a parameter that takes several of `choices`, in the form of the document's other lists."""
    return "\n".join([f"{words}\n", *(f"* `{value}` - {label}" for value, label in choices.choices)])


def filter_by(name: str, words: Any, choices: type[models.TextChoices]) -> OpenApiParameter:
    return OpenApiParameter(name, str, many=True, enum=choices.values, description=lazy(_several, str)(words, choices))


ASKED = [
    OpenApiParameter("day", dt.date, description=_("Day")),
    OpenApiParameter(
        "start",
        {"type": "string", "pattern": TIME_PATTERN},
        description=_("From, on the hour or half hour of a Shanghai clock"),
    ),
    OpenApiParameter(
        "end",
        {"type": "string", "pattern": TIME_PATTERN},
        description=_("Until, on the hour or half hour of a Shanghai clock"),
    ),
    OpenApiParameter(
        "headcount", {"type": "integer", "minimum": 1, "maximum": LARGEST_HEADCOUNT}, description=_("Headcount")
    ),
    OpenApiParameter("near", str, description=_("Code of the center to search from; left out, the register's order")),
    filter_by("confirm", _("How a booking is confirmed; repeated for any of several"), ConfirmMode),
    filter_by("equipment", _("Repeated for each thing needed"), Equipment),
    filter_by("area", _("Functional area; repeated for any of several"), AreaKind),
]


class AvailabilityViewSet(viewsets.GenericViewSet[Any]):
    """Free spaces at a time."""

    permission_classes = (AllowAny,)
    filter_backends = ()

    @extend_schema(
        tags=["spaces"],
        summary=_("Free spaces at one time"),
        description=_(
            "Searches all centers for spaces that can be booked then, the nearest first; says why "
            "others aren't offered, "
            "and what else there is. What is left out takes what most people look for next."
        ),
        parameters=ASKED,
        responses=forced_singular_serializer(FoundSerializer),
    )
    def list(self, request: Request) -> Response:
        """Free spaces of a slot, nearest first. At most 16 queries for any number of centers, spaces and bookings."""
        refuse_blank(request, [*SearchForm.base_fields, *FILTER_CHOICES])
        result = find(criteria_of(request.query_params))
        answer = self.get_paginated_response(FreeSpaceSerializer(self.paginate_queryset(result.free), many=True).data)
        said = {
            "starts_at": clock.local(result.criteria.request.starts_at),
            "ends_at": clock.local(result.criteria.request.ends_at),
            "excluded": [{"reason": reason, "count": count} for reason, count in result.excluded.items()],
            "alternatives": alternatives_to(result),
        }
        answer.data |= SearchedSerializer(said, context=self.get_serializer_context()).data
        return answer


def criteria_of(query: QueryDict) -> SearchCriteria:
    """Query of a search, read from the address.

    Raises ValidationError with the words of the page's form, and for a filter that there isn't.
    """
    problems: dict[str, Any] = {}
    for name, known in FILTER_CHOICES.items():
        if unknown := sorted(set(query.getlist(name)) - known):
            detail = _("“%(value)s” isn't one of the choices.") % {"value": unknown[0]}
            problems[name] = [exceptions.ErrorDetail(detail, code="invalid_choice")]
    form = SearchForm(query, NearChoices(query.get("near", ""), Snapshot.take()))
    for name, errors in form.errors.as_data().items():
        problems[name] = [
            exceptions.ErrorDetail(words, code=error.code or "invalid") for error in errors for words in error.messages
        ]
    if problems:
        raise exceptions.ValidationError(problems)
    return form.criteria()
