"""Metrics and figures as the API tells them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from centers.models import Center
from stats.choices import Unit
from stats.selectors.given import GivenFigure, GivenFigures


class MetricSerializer(serializers.Serializer[Any]):
    """Metric: what is counted, in which unit, by which definition."""

    code = serializers.CharField()
    name = serializers.CharField()
    area = serializers.CharField(source="area.code", help_text=_("Group of metrics that pages show together."))
    unit = serializers.ChoiceField(choices=Unit.choices)
    definition = serializers.CharField()
    basis = serializers.CharField(help_text=_("Where the definition comes from."))
    version = serializers.IntegerField(help_text=_("Grows when the definition changes."))
    is_additive = serializers.BooleanField(
        help_text=_("Whether months and centers can be added up. What can't is counted anew for each.")
    )
    is_open = serializers.BooleanField(help_text=_("Whether visitors are given its figures."))


class FigureSerializer(serializers.Serializer[GivenFigure]):
    """Figure of one metric at the center."""

    metric = serializers.CharField(source="metric.code")
    unit = serializers.ChoiceField(choices=Unit.choices, source="metric.unit")
    value = serializers.FloatField(
        allow_null=True, help_text=_("Null where nothing can be said, which isn't the same as 0.")
    )


class CenterFiguresSerializer(serializers.ModelSerializer[Center]):
    """Figures of a center with all that stood below it, in one period."""

    center = serializers.CharField(source="code", help_text=_("The center's code."))
    center_name = serializers.CharField(source="name")
    center_name_en = serializers.CharField(source="name_en")
    period = serializers.SerializerMethodField(help_text=_("As it was asked for."))
    counted_at = serializers.SerializerMethodField(
        help_text=_("When its latest month was last counted; null if it never was.")
    )
    figures = serializers.SerializerMethodField()

    class Meta:
        model = Center
        fields = ("center", "center_name", "center_name_en", "period", "counted_at", "figures")

    @property
    def _given(self) -> GivenFigures:
        given: GivenFigures = self.context["given"]
        return given

    @extend_schema_field(serializers.CharField())
    def get_period(self, _center: Any) -> str:
        return str(self._given.period)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_counted_at(self, _center: Any) -> Any:
        return self._given.counted_at

    @extend_schema_field(FigureSerializer(many=True))
    def get_figures(self, center: Any) -> Any:
        figures: Any = self._given.of(center.pk)
        return FigureSerializer(figures, many=True).data
