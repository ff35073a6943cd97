"""Organisations: list and one by its id. Public, read only."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny

from common import clock
from common.api.filters import StrictFilters
from common.api.ordering import StableOrdering
from organizations.api.filters import OrganizationApiFilter
from organizations.api.serializers import OrganizationSerializer
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet


@extend_schema_view(
    list=extend_schema(
        summary=_("Organisations"),
        description=_(
            "Organisations of the public centers, in the order of the register; those to come and dissolved ones too."
        ),
    ),
    retrieve=extend_schema(
        summary=_("One organisation"),
        description=_("What is public about it, and where it stands."),
        parameters=[OpenApiParameter("id", int, OpenApiParameter.PATH, description=_("The organisation's `id`."))],
    ),
)
@extend_schema(tags=["organizations"])
class OrganizationViewSet(viewsets.ReadOnlyModelViewSet[Organization]):
    """Organisations in the register's order."""

    permission_classes = (AllowAny,)
    serializer_class = OrganizationSerializer
    filter_backends = (StrictFilters, StableOrdering)
    filterset_class = OrganizationApiFilter
    ordering_fields = ("name", "founded_on")
    queryset = Organization.objects.none()

    def get_queryset(self) -> OrganizationQuerySet:
        today = clock.today()
        return Organization.objects.visible_to(self.request.user).in_register_order(today).with_center(today)
