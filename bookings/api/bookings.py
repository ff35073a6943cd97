"""Bookings: one's own and those of the centers one works for. The verbs are the services'."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from bookings import exceptions as refused
from bookings.api.booking_serializers import (
    BookingDetailSerializer,
    BookingSerializer,
    NewBookingSerializer,
    ReasonSerializer,
    SlotTakenSerializer,
)
from bookings.api.filters import BookingFilter
from bookings.api.space_serializers import AlternativeSerializer
from bookings.domain.rules import RULES, RULES_OF_USE
from bookings.models import Booking
from bookings.querysets import BookingQuerySet
from bookings.selectors.booking import same_booking
from bookings.selectors.search.alternatives import alternatives_for
from bookings.services.booking import (
    Contact,
    approve_booking,
    cancel_booking,
    create_booking,
    reject_booking,
    release_early,
)
from bookings.values.slot_request import SlotRequest
from common.api.filters import StrictFilters
from common.api.idempotency import IDEMPOTENCY_KEY, KeyInvalid, KeyReused, idempotent
from common.api.ordering import StableOrdering
from common.api.schema import refusals
from common.errors import DomainError

TO_BOOK: tuple[type[DomainError], ...] = (refused.NotAllowed, *(rule.error for rule in RULES), refused.OverQuota)
TO_DECIDE = (refused.NotAllowed, refused.OwnRequest, refused.AlreadyDecided, refused.TooLateToDecide)
# A center that is shut by then is told to staff in words of their own.
OF_USE: tuple[type[DomainError], ...] = tuple(
    refused.OpenNoMore if rule.error is refused.CenterShut else rule.error for rule in RULES_OF_USE
)

REFERENCE = OpenApiParameter("reference", str, OpenApiParameter.PATH, description=_("The booking's number."))


@extend_schema_view(
    list=extend_schema(
        summary=_("Bookings"),
        description=_(
            "One's own, and for staff those of the centers they work for and of all below them; the latest first. "
            "New bookings shift the pages: to walk through all of them, sort by `created_at`, where they come last."
        ),
    ),
    retrieve=extend_schema(
        parameters=[REFERENCE],
        summary=_("One booking"),
        description=_("With what happened to it. A booking of somebody else isn't found."),
        responses=BookingDetailSerializer,
    ),
    create=extend_schema(
        summary=_("Book a space"),
        description=_(
            "Confirmed at once or pending, as the space's policy says. A slot that somebody else has "
            "comes back with up "
            "to three others, one that is one's own already with its booking's number."
        ),
        parameters=[IDEMPOTENCY_KEY],
        request=NewBookingSerializer,
        responses={201: BookingSerializer, **refusals(*TO_BOOK, KeyInvalid, KeyReused, shape=SlotTakenSerializer)},
    ),
    cancel=extend_schema(
        parameters=[REFERENCE],
        summary=_("Cancel a booking"),
        description=_("Before it begins; its time is free at once. Staff say why."),
        request=ReasonSerializer,
        responses={
            200: BookingSerializer,
            **refusals(refused.NotAllowed, refused.NotCancellable, refused.ReasonMissing),
        },
    ),
    release=extend_schema(
        parameters=[REFERENCE],
        summary=_("End a use early"),
        description=_("While it is going on; the rest of it is free for others after the turnaround. Staff say why."),
        request=ReasonSerializer,
        responses={200: BookingSerializer, **refusals(refused.NotAllowed, refused.NotInUse, refused.ReasonMissing)},
    ),
    approve=extend_schema(
        parameters=[REFERENCE],
        summary=_("Approve a booking"),
        description=_("For those who work for its center: grants a pending booking."),
        request=None,
        responses={200: BookingSerializer, **refusals(*TO_DECIDE, *OF_USE)},
    ),
    reject=extend_schema(
        parameters=[REFERENCE],
        summary=_("Reject a booking"),
        description=_("For those who work for its center: refuses a pending booking, with the reason."),
        request=ReasonSerializer,
        responses={200: BookingSerializer, **refusals(*TO_DECIDE, refused.ReasonMissing)},
    ),
)
@extend_schema(tags=["bookings"])
class BookingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Booking]):
    """Bookings that the signed-in person made or decides."""

    permission_classes = (IsAuthenticated,)
    serializer_class = BookingSerializer
    filter_backends = (StrictFilters, StableOrdering)
    filterset_class = BookingFilter
    ordering_fields = ("starts_at", "created_at")
    lookup_field = "reference"
    lookup_value_regex = "[0-9A-Z]{10}"
    queryset = Booking.objects.none()

    def get_queryset(self) -> BookingQuerySet:
        visible = Booking.objects.visible_to(self.request.user).select_related("space__center")
        return visible.order_by("-starts_at", "-id") if self.action == "list" else visible

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(BookingDetailSerializer(self.get_object()).data)

    @idempotent
    def create(self, request: Request) -> Response:
        form = NewBookingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        actor, space = cast(User, request.user), data["space"]
        contact = Contact(**{"phone": actor.phone or "", **data["contact"]})
        wanted = SlotRequest(data["starts_at"], data["ends_at"], data["headcount"], space.pk, actor.pk)
        try:
            booking = create_booking(actor=actor, request=wanted, purpose=data["purpose"], contact=contact)
        except refused.SlotTaken as error:
            if own := same_booking(actor, wanted):
                error.extra["own_booking"] = own.reference
                raise
            ways = alternatives_for(wanted, space=space, user=actor)
            error.extra["alternatives"] = AlternativeSerializer(ways, many=True, context={"request": request}).data
            raise
        booking.space = space
        return Response(BookingSerializer(booking).data, status=status.HTTP_201_CREATED)

    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, reference: str) -> Response:
        return self._move(cancel_booking, ReasonSerializer)

    @action(detail=True, methods=["post"])
    def release(self, request: Request, reference: str) -> Response:
        return self._move(release_early, ReasonSerializer)

    @action(detail=True, methods=["post"])
    def approve(self, request: Request, reference: str) -> Response:
        return self._move(approve_booking)

    @action(detail=True, methods=["post"])
    def reject(self, request: Request, reference: str) -> Response:
        return self._move(reject_booking, ReasonSerializer)

    def _move(self, verb: Callable[..., Booking], shape: type[ReasonSerializer] | None = None) -> Response:
        """Let the service do it to a booking that this person may see.

        All others aren't found, whatever the body says.
        """
        booking = self.get_object()
        details = {}
        if shape:
            form = shape(data=self.request.data)
            form.is_valid(raise_exception=True)
            details = form.validated_data
        return Response(BookingSerializer(verb(actor=self.request.user, booking=booking, **details)).data)
