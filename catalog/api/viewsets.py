"""Services: list and one. Public, read only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny

from catalog.api.serializers import ServiceSerializer
from catalog.domain.offers import Offer, offers_at
from catalog.filters import ServiceFilter
from catalog.models import Service
from centers.models import Center
from common.api.filters import StrictFilters
from common.api.ordering import StableOrdering

CENTER = OpenApiParameter("center", str, description=_("Code of a center: the service as it does it."))


@extend_schema_view(
    list=extend_schema(
        summary=_("Services"),
        description=_("What can be done at the centers, by function; with `center`, what that one offers."),
    ),
    retrieve=extend_schema(
        summary=_("One service"),
        description=_("Whom it is for, where it is, what to bring."),
        parameters=[OpenApiParameter("id", int, OpenApiParameter.PATH, description=_("The service's `id`.")), CENTER],
    ),
)
@extend_schema(tags=["services"])
class ServiceViewSet(viewsets.ReadOnlyModelViewSet[Service]):
    """Services that are offered."""

    permission_classes = (AllowAny,)
    filter_backends = (StrictFilters, StableOrdering)
    filterset_class = ServiceFilter
    ordering_fields = ("title", "updated_at")
    queryset = Service.objects.offered().select_related("center").in_order()

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Serializer of offers: the services of the page in the words of the center asked for, loaded at once."""
        context = dict(self.get_serializer_context())
        if not args:
            return ServiceSerializer(**{**kwargs, "context": context})
        offers = self._offers()

        def offer(service: Service) -> Offer:
            return offers.get(service.pk) or Offer(service)

        told: Any = [offer(one) for one in args[0]] if isinstance(args[0], list) else offer(args[0])
        return ServiceSerializer(told, **{**kwargs, "context": context})

    def _offers(self) -> dict[int, Offer]:
        """Services of the center asked for, whose code has passed the filter, by id."""
        center = Center.objects.filter(code=self.request.query_params.get("center", "")).first()
        return {one.service.pk: one for one in offers_at(center)} if center else {}
