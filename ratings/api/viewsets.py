"""Satisfaction with centers: list and one by its code. Public, read only; a rating is given on its page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny

from centers.models import Center
from common.api.ordering import StableOrdering
from ratings.api.serializers import SatisfactionSerializer
from ratings.selectors.published import published


@extend_schema_view(
    list=extend_schema(
        summary=_("Satisfaction with the centers"),
        description=_("The share of those who were satisfied, of the last twelve months, once 20 have rated."),
    ),
    retrieve=extend_schema(
        summary=_("Satisfaction with one center"),
        description=_("The same of one center. Comments are never published."),
        parameters=[OpenApiParameter("code", str, OpenApiParameter.PATH, description=_("The center's code."))],
    ),
)
@extend_schema(tags=["satisfaction"])
class SatisfactionViewSet(viewsets.ReadOnlyModelViewSet[Center]):
    """Published satisfaction of the network's centers, in the register's order."""

    serializer_class = SatisfactionSerializer
    permission_classes = (AllowAny,)
    filter_backends = (StableOrdering,)
    ordering_fields = ("order", "code", "name")
    lookup_field = "code"
    lookup_value_regex = r"[^/\x00]+"
    queryset = Center.objects.public().in_register_order()

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Serializer with the satisfaction of all centers of the page, loaded at once."""
        context = dict(self.get_serializer_context())
        shown = args[0] if args else []
        centers = shown if isinstance(shown, list) else [shown] if isinstance(shown, Center) else []
        context["published"] = published([center.pk for center in centers])
        return SatisfactionSerializer(*args, **{**kwargs, "context": context})
