"""Sign-ups of the people of one account. The verbs are the services'."""

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
from activities import exceptions as refused
from activities.api.filters import SignUpFilter
from activities.api.sign_up_serializers import (
    NewSignUpsSerializer,
    PersonSerializer,
    SignUpSerializer,
    SignUpsSerializer,
)
from activities.domain.rules import ENTRY, WINDOW, Entry
from activities.models import SignUp
from activities.querysets import SignUpQuerySet
from activities.services.sign_ups import accept_offer, decline_offer, leave, sign_up
from common.api.filters import StrictFilters
from common.api.idempotency import IDEMPOTENCY_KEY, KeyInvalid, KeyReused, idempotent
from common.api.ordering import StableOrdering
from common.api.schema import refusals
from common.errors import DomainError

TO_SIGN_UP: tuple[type[DomainError], ...] = (
    refused.ActivityNotAllowed,
    *(rule.error for rule in WINDOW),
    *(rule.error for rule in ENTRY),
    refused.NobodyChosen,
    refused.AlreadyIn,
    refused.SamePersonElsewhere,
    refused.TooFewPlaces,
)
# Refusals about all who were named together; those about one person say which.
OF_ALL = (refused.NobodyChosen, refused.TooFewPlaces)

CODE = OpenApiParameter("code", str, OpenApiParameter.PATH, description=_("The sign-up's code."))


@extend_schema_view(
    list=extend_schema(
        summary=_("One's own sign-ups"), description=_("Those of all people of the account, the latest first.")
    ),
    retrieve=extend_schema(
        parameters=[CODE],
        summary=_("One sign-up"),
        description=_("With the place in the waitlist or the offer. A sign-up of somebody else's people isn't found."),
    ),
    create=extend_schema(
        summary=_("Sign up"),
        description=_(
            "All people named get places, or all wait where none is free. Where only some would get one, it is "
            "refused: choose fewer. A refusal about one person names them by their place in `people`."
        ),
        parameters=[IDEMPOTENCY_KEY],
        request=NewSignUpsSerializer,
        responses={201: SignUpsSerializer, **refusals(*TO_SIGN_UP, KeyInvalid, KeyReused)},
    ),
    leave=extend_schema(
        parameters=[CODE],
        summary=_("Cancel a sign-up"),
        description=_("Before the activity begins. The place goes to the next who waits."),
        request=None,
        responses={
            200: SignUpSerializer,
            **refusals(refused.ActivityNotAllowed, refused.SignUpOver, refused.ActivityBegun),
        },
    ),
    accept=extend_schema(
        parameters=[CODE],
        summary=_("Accept an offered place"),
        description=_("While the offer stands. Sent again, it answers alike."),
        request=None,
        responses={200: SignUpSerializer, **refusals(refused.ActivityNotAllowed, refused.OfferGone)},
    ),
    decline=extend_schema(
        parameters=[CODE],
        summary=_("Decline an offered place"),
        description=_("The place is offered to the next who waits. Sent again, it answers alike."),
        request=None,
        responses={200: SignUpSerializer, **refusals(refused.ActivityNotAllowed, refused.OfferGone)},
    ),
)
@extend_schema(tags=["sign-ups"])
class SignUpViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[SignUp]):
    """Sign-ups of the signed-in person and of their family."""

    permission_classes = (IsAuthenticated,)
    serializer_class = SignUpSerializer
    filter_backends = (StrictFilters, StableOrdering)
    filterset_class = SignUpFilter
    ordering_fields = ("created_at",)
    lookup_field = "code"
    lookup_value_regex = "[0-9A-Z]{10}"
    queryset = SignUp.objects.none()

    def get_queryset(self) -> SignUpQuerySet:
        own = SignUp.objects.own(self.request.user).with_position().select_related("activity__center", "participant")
        return own.order_by("-id")

    @idempotent
    def create(self, request: Request) -> Response:
        form = NewSignUpsSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        people = form.validated_data["people"]
        actor = cast(User, request.user)
        try:
            made = sign_up(
                actor=actor, activity=form.validated_data["activity"], entries=[Entry(**person) for person in people]
            )
        except refused.SignUpError as error:
            error.field = _request_field(error)
            raise
        rows = self.get_queryset().filter(pk__in=[row.pk for row in made]).order_by("id")
        return Response(SignUpsSerializer({"sign_ups": rows}).data, status=status.HTTP_201_CREATED)

    @action(detail=True, methods=["post"])
    def leave(self, request: Request, code: str) -> Response:
        return self._move(leave)

    @action(detail=True, methods=["post"])
    def accept(self, request: Request, code: str) -> Response:
        return self._move(accept_offer)

    @action(detail=True, methods=["post"])
    def decline(self, request: Request, code: str) -> Response:
        return self._move(decline_offer)

    def _move(self, verb: Callable[..., Any]) -> Response:
        """Let the service do it to one's own sign-up; any other isn't found."""
        verb(actor=self.request.user, sign_up=self.get_object())
        return Response(SignUpSerializer(self.get_object()).data)


def _request_field(error: refused.SignUpError) -> str | None:
    """Field of the request that a refusal is about: a person, or what was said of them; None for the activity."""
    if error.position is None:
        return "people" if isinstance(error, OF_ALL) else None
    said = error.field if error.field in PersonSerializer().fields else "participant"
    return f"people.{error.position}.{said}"
