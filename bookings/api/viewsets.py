"""Spaces and their free time: public. Bookings: one's own and those of the centers one works for. The verbs are the services'."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from bookings import availability, services
from bookings.alternatives import alternatives_for
from bookings.api import filters
from bookings.api import serializers as shapes
from bookings.exceptions import SlotTaken
from bookings.models import Booking, Space
from bookings.policies import policy_of
from bookings.services import Contact
from common import clock

LONGEST_LOOK_DAYS = 31


class DaysSerializer(serializers.Serializer[Any]):
    """The days asked for, both included; at most 31. Default: the coming seven."""

    first = serializers.DateField(required=False)
    last = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        first = attrs.get("first") or clock.today()
        last = attrs.get("last") or first + dt.timedelta(days=6)
        if not 0 <= (last - first).days < LONGEST_LOOK_DAYS:
            raise serializers.ValidationError({"last": "From `first` on, at most 31 days."})
        return {"first": first, "last": last}


@extend_schema(tags=["spaces"])
class SpaceViewSet(viewsets.ReadOnlyModelViewSet[Space]):
    """Bookable spaces."""

    permission_classes = (AllowAny,)
    serializer_class = shapes.SpaceSerializer
    filterset_class = filters.SpaceFilter
    queryset = Space.objects.public().select_related("center").order_by("center__order", "id")

    @extend_schema(
        parameters=[OpenApiParameter("first", dt.date), OpenApiParameter("last", dt.date)], responses=shapes.AvailabilitySerializer, filters=False
    )
    @action(detail=True, pagination_class=None)
    def availability(self, request: Request, pk: str) -> Response:
        """When the space is open, free and taken, day by day."""
        space = self.get_object()
        asked = DaysSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        policy, _lineage = policy_of(space.pk)
        days = availability.space_days({space.pk: space.center_id}, **asked.validated_data)[space.pk]
        now = clock.now()
        body = {
            "space": space.pk,
            "longest_minutes": policy.longest_minutes,
            "turnaround_minutes": policy.turnaround_minutes,
            "confirm_mode": policy.confirm_mode,
            "days": [
                {
                    "day": day,
                    "kind": space_day.open_day.kind,
                    "reason": str(space_day.open_day.reason or ""),
                    "year_unpublished": space_day.open_day.year_unpublished,
                    "open": spans(space_day.open_day.spans),
                    "free": spans(space_day.free_spans(policy.turnaround, now)),
                    "taken": spans(space_day.taken),
                }
                for day, space_day in days.items()
            ],
        }
        return Response(shapes.AvailabilitySerializer(body).data)


def spans(pairs: Any) -> list[dict[str, dt.datetime]]:
    return [{"start": start, "end": end} for start, end in pairs]


@extend_schema(tags=["bookings"])
class BookingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Booking]):
    """Bookings that the signed-in person made or decides."""

    permission_classes = (IsAuthenticated,)
    serializer_class = shapes.BookingSerializer
    filterset_class = filters.BookingFilter
    lookup_field = "reference"
    lookup_value_regex = "[0-9A-Z]{10}"
    queryset = Booking.objects.none()

    def get_queryset(self) -> Any:
        return Booking.objects.visible_to(self.request.user).select_related("space__center").prefetch_related("events").order_by("-starts_at", "-id")

    @extend_schema(responses=shapes.BookingDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One booking with what happened to it."""
        return Response(shapes.BookingDetailSerializer(self.get_object()).data)

    @extend_schema(request=shapes.NewBookingSerializer, responses={201: shapes.BookingSerializer})
    def create(self, request: Request) -> Response:
        """Book. A slot that somebody else has gets 409 `slot_taken` with up to three `alternatives`."""
        form = shapes.NewBookingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        contact = Contact(**{"phone": request.user.phone or "", **data["contact"]})
        wish = {"space": data["space"], "start": data["starts_at"], "end": data["ends_at"], "headcount": data["headcount"]}
        try:
            booking = services.create_booking(actor=request.user, purpose=data["purpose"], contact=contact, **wish)
        except SlotTaken as error:
            error.extra["alternatives"] = [way.as_slot() for way in alternatives_for(**wish, user=request.user)]
            raise
        return Response(shapes.BookingSerializer(booking).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.ReasonSerializer, responses=shapes.BookingSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, reference: str) -> Response:
        """Take a booking back before it begins; staff say why."""
        return self._decide(request, services.cancel_booking, with_reason=True)

    @extend_schema(request=None, responses=shapes.BookingSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, reference: str) -> Response:
        """End a use that is going on."""
        return self._decide(request, services.release_early)

    @extend_schema(request=None, responses=shapes.BookingSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, reference: str) -> Response:
        """Grant a pending booking of a center one works for."""
        return self._decide(request, services.approve_booking)

    @extend_schema(request=shapes.ReasonSerializer, responses=shapes.BookingSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, reference: str) -> Response:
        """Refuse a pending booking, with a reason."""
        return self._decide(request, services.reject_booking, with_reason=True)

    def _decide(self, request: Request, verb: Callable[..., Booking], *, with_reason: bool = False) -> Response:
        booking = self.get_object()
        details = {}
        if with_reason:
            form = shapes.ReasonSerializer(data=request.data)
            form.is_valid(raise_exception=True)
            details = form.validated_data
        return Response(shapes.BookingSerializer(verb(actor=request.user, booking=booking, **details)).data)
