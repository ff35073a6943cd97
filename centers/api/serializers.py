"""Centers as the API tells them: public facts only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from centers.domain.hours import OpenState
from centers.models import Center


# Open state; times with their offset. Said here, since a docstring would go into the schema
# untranslated.
class OpenStateSerializer(serializers.Serializer[OpenState]):
    is_open = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True, help_text=_("When it closes, if it is open."))
    next_opening = serializers.DateTimeField(
        allow_null=True, help_text=_("When it opens next, if it is shut and does within two weeks.")
    )
    year_unpublished = serializers.BooleanField(
        source="today.year_unpublished",
        help_text=_("The year's public holidays aren't known yet; weekdays are assumed."),
    )


class CenterSerializer(serializers.ModelSerializer[Center]):
    """A center, where it stands (`parent`: the code of the one above; null at the top) and whether it is open now."""

    name_en = serializers.CharField(help_text=_("In English; blank where there is none."))
    level = serializers.CharField(source="level_id", help_text=_("Code of its level."))
    level_name = serializers.CharField(source="level.__str__")
    # The stubs take it for Field.parent.
    parent = serializers.SerializerMethodField(  # type: ignore[assignment]
        help_text=_("Code of the center it stands under; null at the top.")
    )
    open_state = serializers.SerializerMethodField()

    class Meta:
        model = Center
        fields = (
            "code", "name", "name_en", "official_name", "level", "level_name", "parent", "status", "site_kind",
            "opened_on", "closed_on",
            "address", "phone", "latitude", "longitude", "open_state",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_parent(self, center: Any) -> str | None:
        return center.parent_code  # annotated by CenterQuerySet.with_parent_code

    @extend_schema_field(OpenStateSerializer)
    def get_open_state(self, center: Center) -> Any:
        return OpenStateSerializer(self.context["states"][center.pk], context=self.context).data
