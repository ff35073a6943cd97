"""Services as the API tells them, in the words of the center asked for."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.choices import Audience, Channel, Function, Group
from catalog.domain.offers import Offer


class ServiceSerializer(serializers.Serializer[Offer]):
    """A service; with `center` in the query, as that center does it."""

    id = serializers.IntegerField(source="service.pk")
    function = serializers.ChoiceField(choices=Function.choices)
    title = serializers.CharField()
    title_en = serializers.CharField(help_text=_("In English; blank where there is none."))
    summary = serializers.CharField(help_text=_("What it is, in one line; blank where nobody said."))
    audience = serializers.ListField(
        source="service.audience",
        child=serializers.ChoiceField(choices=Audience.choices),
        help_text=_("Whom it is for"),
    )
    groups = serializers.ListField(
        source="service.groups", child=serializers.ChoiceField(choices=Group.choices), help_text=_("Specially for")
    )
    channels = serializers.ListField(
        source="service.channels", child=serializers.ChoiceField(choices=Channel.choices), help_text=_("Channels")
    )
    place = serializers.CharField(help_text=_("Where; blank where nobody said."))
    minutes = serializers.IntegerField(allow_null=True, help_text=_("Duration, minutes"))
    process = serializers.CharField(help_text=_("How it is done"))
    bring = serializers.CharField(help_text=_("What to bring"))
    center = serializers.CharField(
        source="service.center.code", help_text=_("Code of the center that offers it for itself and all below it.")
    )
    center_name = serializers.CharField(source="service.center.name")
    center_name_en = serializers.CharField(source="service.center.name_en")
    updated_at = serializers.DateTimeField()
    url = serializers.SerializerMethodField(help_text=_("Its page."))

    def get_url(self, offer: Any) -> str:
        return str(self.context["request"].build_absolute_uri(offer.service.get_absolute_url()))
