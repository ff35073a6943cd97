"""Spaces and their free time. Public."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.filters import SpaceFilter
from bookings.api.space_serializers import SpaceDaysSerializer, SpaceSerializer
from bookings.domain.facts import facts_by_day
from bookings.domain.rules import free_spans
from bookings.domain.snapshot import Snapshot
from bookings.models import Space
from bookings.values.limits import FARTHEST_DAYS
from bookings.values.space_facts import SpaceFacts
from common import clock
from common.api.filters import StrictFilters
from common.api.ordering import StableOrdering
from common.intervals import Span, overlaps

LONGEST_LOOK_DAYS = 31
# As far as any policy lets people book, and as far back as a look at last month needs.
AHEAD = BACK = dt.timedelta(days=FARTHEST_DAYS)
USUAL = dt.timedelta(days=6)

SPACE_ID = OpenApiParameter("id", int, OpenApiParameter.PATH, description=_("The space's `id`."))


class DaysSerializer(serializers.Serializer[Any]):
    """The days asked for, both included; the coming seven where nothing is said."""

    first = serializers.DateField(required=False)
    last = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        today = clock.today()
        first = attrs.get("first") or today
        if not today - BACK <= first <= today + AHEAD:
            raise serializers.ValidationError({"first": _("Choose a day within a year of today.")}, code="out_of_range")
        last = attrs.get("last") or first + USUAL
        if not 0 <= (last - first).days < LONGEST_LOOK_DAYS:
            raise serializers.ValidationError(
                {"last": _("Choose at most 31 days, the last not before the first.")}, code="out_of_range"
            )
        return {"first": first, "last": last}


@extend_schema_view(
    list=extend_schema(
        summary=_("Spaces"), description=_("All spaces that can be booked, in the order of the register.")
    ),
    retrieve=extend_schema(
        summary=_("One space"), description=_("What it is, where it is and for how many people."), parameters=[SPACE_ID]
    ),
)
@extend_schema(tags=["spaces"])
class SpaceViewSet(viewsets.ReadOnlyModelViewSet[Space]):
    """Bookable spaces."""

    permission_classes = (AllowAny,)
    serializer_class = SpaceSerializer
    filter_backends = (StrictFilters, StableOrdering)
    filterset_class = SpaceFilter
    ordering_fields = ("name", "capacity")
    queryset = Space.objects.public().select_related("center").order_by("center__order", "id")

    @extend_schema(
        summary=_("Free time of one space"),
        description=_(
            "Day by day: when the space is open, free and taken, and the policy that holds then. At most 31 days; "
            "the coming seven where none are named."
        ),
        parameters=[
            SPACE_ID,
            OpenApiParameter("first", dt.date, description=_("First day")),
            OpenApiParameter("last", dt.date, description=_("Last day, included")),
        ],
        responses=SpaceDaysSerializer,
        filters=False,
    )
    @action(detail=True, pagination_class=None, filter_backends=())
    def availability(self, request: Request, pk: str) -> Response:
        """Opening, free and taken time of the space, day by day."""
        space = self.get_object()
        asked = DaysSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        days = facts_by_day([space], **asked.validated_data, snapshot=Snapshot.take())[space.pk]
        body = {"space": space.pk, "days": [told(day, facts) for day, facts in days.items()]}
        return Response(SpaceDaysSerializer(body).data)


def told(day: dt.date, facts: SpaceFacts) -> dict[str, Any]:
    """One day as `DaySerializer` tells it."""
    open_day = facts.open_day
    whole = (clock.midnight(day), clock.midnight(day + dt.timedelta(days=1)))
    return {
        "day": day,
        "kind": open_day.kind,
        "reason": str(open_day.reason or ""),
        "year_unpublished": open_day.year_unpublished,
        "longest_minutes": facts.policy.longest_minutes,
        "turnaround_minutes": facts.policy.turnaround_minutes,
        "confirm_mode": facts.policy.confirm_mode,
        "open": spans(open_day.spans),
        "free": spans(free_spans(day, facts)),
        "taken": spans(span for span in facts.taken if overlaps(span, whole)),
    }


def spans(pairs: Iterable[Span]) -> list[dict[str, dt.datetime]]:
    return [{"start": start, "end": end} for start, end in pairs]
