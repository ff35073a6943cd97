"""People of one account: those whom it can sign up."""

from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from activities import exceptions as refused
from activities.api.sign_up_serializers import ParticipantSerializer
from activities.models import Participant
from activities.querysets import ParticipantQuerySet
from activities.services.participants import add_person, change_person, remove_person
from activities.values.people import Person
from common.api.idempotency import IDEMPOTENCY_KEY, KeyInvalid, KeyReused, idempotent
from common.api.schema import refusals

ID = OpenApiParameter("id", int, OpenApiParameter.PATH, description=_("The person's `id`."))


@extend_schema_view(
    list=extend_schema(
        summary=_("One's own people"), description=_("The holder of the account, and the family they sign up.")
    ),
    retrieve=extend_schema(
        parameters=[ID], summary=_("One person"), description=_("Somebody else's people aren't found.")
    ),
    create=extend_schema(
        summary=_("Add a person"),
        description=_("Somebody who can be signed up from now on."),
        parameters=[IDEMPOTENCY_KEY],
        responses={201: ParticipantSerializer, **refusals(refused.PersonKnown, KeyInvalid, KeyReused)},
    ),
    partial_update=extend_schema(
        parameters=[ID],
        summary=_("Correct a person"),
        description=_(
            "What is left out stays. A date of birth that an activity asked for stays as long as its sign-up."
        ),
        responses={
            200: ParticipantSerializer,
            **refusals(refused.ActivityNotAllowed, refused.PersonKnown, refused.BirthDateInUse),
        },
    ),
    destroy=extend_schema(
        parameters=[ID],
        summary=_("Remove a person"),
        description=_("Whatever says who it was goes; sign-ups of the past stay without a name."),
        responses={204: None, **refusals(refused.ActivityNotAllowed, refused.PersonSignedUp)},
    ),
)
@extend_schema(tags=["participants"])
class ParticipantViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Participant]):
    """People of the signed-in account, in the order they were added."""

    permission_classes = (IsAuthenticated,)
    serializer_class = ParticipantSerializer
    filter_backends = ()
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Participant.objects.none()

    def get_queryset(self) -> ParticipantQuerySet:
        return Participant.objects.of_account(self.request.user)

    @idempotent
    def create(self, request: Request) -> Response:
        form = ParticipantSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = add_person(actor=cast(User, request.user), person=Person(**form.validated_data))
        return Response(ParticipantSerializer(made).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, pk: str) -> Response:
        participant = self.get_object()
        form = ParticipantSerializer(participant, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        known = {name: getattr(participant, name) for name in ("name", "relation", "birth_date")}
        person = Person(**known | form.validated_data)
        changed = change_person(actor=cast(User, request.user), participant=participant, person=person)
        return Response(ParticipantSerializer(changed).data)

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        remove_person(actor=cast(User, request.user), participant=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
