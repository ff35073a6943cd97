"""Figures of centers: read only. Visitors get the open ones of the whole network."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny

from centers.models import Center
from common import clock
from common.api.filters import StrictFilters
from common.api.ordering import StableOrdering
from common.months import Month
from stats.api.filters import FigureFilter
from stats.api.serializers import CenterFiguresSerializer
from stats.choices import PeriodKind
from stats.domain import metrics as registry
from stats.selectors.given import GivenFigures, centers_given, figures_given
from stats.values.periods import Period


@extend_schema_view(
    list=extend_schema(
        summary=_("Figures of centers in a period"),
        description=_(
            "Each center with all that stood below it. Visitors get the open figures of the whole network; who works "
            "at a center gets all figures of it and of those below."
        ),
    ),
    retrieve=extend_schema(
        summary=_("Figures of one center"),
        description=_("The same of one center, chosen by the same parameters."),
        parameters=[
            OpenApiParameter("code", str, OpenApiParameter.PATH, description=_("The center's code.")),
            OpenApiParameter("period", str, description=_("As in the list.")),
            OpenApiParameter("metric", str, many=True, description=_("As in the list.")),
        ],
    ),
)
@extend_schema(tags=["figures"])
class FigureViewSet(viewsets.ReadOnlyModelViewSet[Center]):
    """Figures as the last closing left them, in the register's order of the centers."""

    serializer_class = CenterFiguresSerializer
    permission_classes = (AllowAny,)
    filter_backends = (StrictFilters, StableOrdering)
    filterset_class = FigureFilter
    ordering_fields = ("order", "code", "name")
    lookup_field = "code"
    lookup_value_regex = r"[^/\x00]+"
    queryset = Center.objects.none()

    def get_queryset(self) -> Any:
        return centers_given(self.request.user)

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Serializer with the figures of all centers of the page, loaded at once."""
        context = dict(self.get_serializer_context())
        shown = args[0] if args else []
        centers = shown if isinstance(shown, list) else [shown] if isinstance(shown, Center) else []
        if centers:
            context["given"] = self._given(centers)
        return CenterFiguresSerializer(*args, **{**kwargs, "context": context})

    def _given(self, centers: list[Center]) -> GivenFigures:
        """Figures of these centers, of the period and the metrics that are asked for."""
        asked = self._asked()
        codes = asked.get("metric") or []
        metrics = [metric for metric in registry.all_metrics() if not codes or metric.code in codes]
        period = asked.get("period") or Period(PeriodKind.MONTH, Month.of(clock.today()))
        return figures_given(self.request.user, [center.pk for center in centers], metrics, period)

    def _asked(self) -> dict[str, Any]:
        """Parameters of the request, which were found to make sense when the centers were chosen."""
        form = FigureFilter(self.request.query_params, queryset=Center.objects.none()).form
        return form.cleaned_data if form.is_valid() else {}
