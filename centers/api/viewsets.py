"""Centers: list and one by its code. Public, read only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny

from centers.api.filters import CenterApiFilter
from centers.api.serializers import CenterSerializer
from centers.domain import hours
from centers.models import Center
from centers.querysets import CenterQuerySet
from common import clock
from common.api.filters import StrictFilters
from common.api.ordering import StableOrdering


@extend_schema_view(
    list=extend_schema(summary=_("Centers"), description=_("The network's centers, in the order of the register.")),
    retrieve=extend_schema(
        summary=_("One center"),
        description=_("What is public about it, and whether it is open now."),
        parameters=[OpenApiParameter("code", str, OpenApiParameter.PATH, description=_("The center's code."))],
    ),
)
@extend_schema(tags=["centers"])
class CenterViewSet(viewsets.ReadOnlyModelViewSet[Center]):
    """The network's centers in the register's order.

    `q` searches names, `under` takes a code, `open_now` the present moment.
    """

    serializer_class = CenterSerializer
    permission_classes = (AllowAny,)
    filter_backends = (StrictFilters, StableOrdering)
    filterset_class = CenterApiFilter
    ordering_fields = ("order", "code", "name")
    lookup_field = "code"
    lookup_value_regex = r"[^/\x00]+"

    def get_queryset(self) -> CenterQuerySet:
        return Center.objects.public().with_parent_code(clock.today()).select_related("level").in_register_order()

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Serializer with the open states of all centers of the page, loaded at once."""
        context = dict(self.get_serializer_context())
        shown = args[0] if args else []
        centers = shown if isinstance(shown, list) else [shown] if isinstance(shown, Center) else []
        context["states"] = hours.open_state([center.pk for center in centers]) if centers else {}
        return CenterSerializer(*args, **{**kwargs, "context": context})
