"""Metrics: list and one by its code. Public, read only."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from stats.api.serializers import MetricSerializer
from stats.domain import metrics as registry


@extend_schema(tags=["metrics"])
class MetricViewSet(viewsets.GenericViewSet[Any]):
    """Everything that is counted, with its definition."""

    permission_classes = (AllowAny,)
    serializer_class = MetricSerializer
    filter_backends = ()
    lookup_field = "code"
    lookup_value_regex = r"[^/\x00]+"

    @extend_schema(
        summary=_("Metrics"),
        description=_("What is counted, in which unit, by which definition; by area."),
        responses=MetricSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(registry.all_metrics())
        return self.get_paginated_response(MetricSerializer(page, many=True).data)

    @extend_schema(
        summary=_("One metric"),
        description=_("The same of one metric."),
        parameters=[OpenApiParameter("code", str, OpenApiParameter.PATH, description=_("The metric's code."))],
    )
    def retrieve(self, request: Request, code: str) -> Response:
        metric = registry.find(code)
        if metric is None:
            raise Http404
        return Response(MetricSerializer(metric).data)
