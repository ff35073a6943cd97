"""Activities: list and one by its number. Public, read only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny

from activities.api.activity_serializers import ActivitySerializer
from activities.api.filters import ActivityFilter
from activities.models import Activity
from common.api.filters import StrictFilters
from common.api.ordering import StableOrdering

REFERENCE = OpenApiParameter("reference", str, OpenApiParameter.PATH, description=_("The activity's number."))


@extend_schema_view(
    list=extend_schema(
        summary=_("Activities"),
        description=_(
            "What centers offer residents, in the order of the start, from today on unless `first` names another day. "
            "What was called off stays in the list and says so."
        ),
    ),
    retrieve=extend_schema(
        summary=_("One activity"),
        description=_("When and where it is, for whom, and how many places are left."),
        parameters=[REFERENCE],
    ),
)
@extend_schema(tags=["activities"])
class ActivityViewSet(viewsets.ReadOnlyModelViewSet[Activity]):
    """Activities that residents may see."""

    permission_classes = (AllowAny,)
    serializer_class = ActivitySerializer
    filter_backends = (StrictFilters, StableOrdering)
    filterset_class = ActivityFilter
    ordering_fields = ("starts_at", "ends_at", "title")
    lookup_field = "reference"
    lookup_value_regex = "[0-9A-Z]{10}"
    queryset = (
        Activity.objects.public()
        .select_related("center", "booking", "theme", "campaign", "training")
        .prefetch_related("co_hosts")
    )

    def filter_queryset(self, queryset: Any) -> Any:
        """The filters are the list's: an activity that is over is found by its number."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset
