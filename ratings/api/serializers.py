"""Satisfaction with centers as the API tells it: what is published, and nothing of a single rating."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from centers.models import Center
from ratings.selectors.published import Satisfaction


class SatisfactionSerializer(serializers.ModelSerializer[Center]):
    """Satisfaction with a center in the last twelve months; null while there are fewer than 20 ratings."""

    center = serializers.CharField(source="code", help_text=_("The center's code."))
    center_name = serializers.CharField(source="name")
    center_name_en = serializers.CharField(source="name_en")
    answers = serializers.SerializerMethodField(help_text=_("How many rated it; null while they are too few."))
    satisfied = serializers.SerializerMethodField(help_text=_("How many of them said satisfied or very satisfied."))
    percent = serializers.SerializerMethodField(help_text=_("Their share in per cent, to one decimal."))

    class Meta:
        model = Center
        fields = ("center", "center_name", "center_name_en", "answers", "satisfied", "percent")

    def _of(self, center: Center) -> Satisfaction | None:
        found: Satisfaction = self.context["published"][center.pk]
        return found if found.is_published else None

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_answers(self, center: Any) -> int | None:
        found = self._of(center)
        return found.answers if found else None

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_satisfied(self, center: Any) -> int | None:
        found = self._of(center)
        return found.satisfied if found else None

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_percent(self, center: Any) -> float | None:
        found = self._of(center)
        return found.percent if found else None
