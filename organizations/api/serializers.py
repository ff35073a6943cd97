"""Organisations as the API tells them: public facts only, nothing of a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from organizations.models import Organization


class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    """An organisation, the center it stands under today, and the Party organisation above it (null where none is)."""

    name_en = serializers.CharField(help_text=_("In English; blank where there is none."))
    center = serializers.CharField(source="center.code", help_text=_("Code of its center."))
    center_name = serializers.CharField(source="center.name")
    center_name_en = serializers.CharField(source="center.name_en")
    # The stubs take it for Field.parent.
    parent: Any = serializers.IntegerField(
        source="parent_id", allow_null=True, help_text=_("The `id` of the Party organisation above.")
    )
    dissolved_on = serializers.DateField(
        allow_null=True, help_text=_("The first day it no longer exists; null without an end.")
    )

    class Meta:
        model = Organization
        fields = (
            "id", "name", "short_name", "name_en", "type", "field_of_work", "center", "center_name", "center_name_en",
            "parent", "founded_on", "dissolved_on",
        )  # fmt: skip
