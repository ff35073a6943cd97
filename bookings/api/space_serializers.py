"""Spaces and their free time, as the API tells them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bookings.choices import ConfirmMode
from bookings.models import Space
from bookings.selectors.search.alternatives import DATE, PLACE, TIME
from bookings.selectors.search.exclusions import CHOICES
from centers.choices import DayKind


class SpaceSerializer(serializers.ModelSerializer[Space]):
    """A bookable space."""

    center = serializers.CharField(source="center.code", help_text=_("Code of its center."))
    name_en = serializers.CharField(help_text=_("In English; blank where there is none."))
    center_name = serializers.CharField(source="center.name")
    center_name_en = serializers.CharField(source="center.name_en")

    class Meta:
        model = Space
        fields = (
            "id", "name", "name_en", "center", "center_name", "center_name_en", "area_kind", "capacity",
            "equipment", "description",
        )  # fmt: skip


class SpanSerializer(serializers.Serializer[Any]):
    """A half-open stretch of time."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()


class DaySerializer(serializers.Serializer[Any]):
    """One day of a space, and the part of the policy of that day that shapes a request."""

    day = serializers.DateField()
    kind = serializers.ChoiceField(
        choices=DayKind.choices, help_text=_("Which line of the weekly hours the day follows.")
    )
    reason = serializers.CharField(allow_blank=True, help_text=_("Why the center is shut, where somebody said so."))
    year_unpublished = serializers.BooleanField(
        help_text=_("The year's public holidays aren't known yet; weekdays are assumed.")
    )
    longest_minutes = serializers.IntegerField(help_text=_("Longest use, minutes"))
    turnaround_minutes = serializers.IntegerField(help_text=_("Turnaround after use, minutes"))
    confirm_mode = serializers.ChoiceField(choices=ConfirmMode.choices)
    open = SpanSerializer(many=True, help_text=_("When the center is open."))
    free = SpanSerializer(
        many=True, help_text=_("In which a use can be booked that takes `longest_minutes` at the most.")
    )
    taken = SpanSerializer(many=True, help_text=_("What is booked, turnaround included."))


class SpaceDaysSerializer(serializers.Serializer[Any]):
    """A space's days."""

    space = serializers.IntegerField()
    days = DaySerializer(many=True)


class FreeSpaceSerializer(serializers.Serializer[Any]):
    """A space that can be booked at the time asked for: a `bookings.selectors.search.results.Candidate`."""

    space = serializers.IntegerField(source="room.id")
    name = serializers.CharField(source="room.name")
    name_en = serializers.CharField(source="room.name_en", help_text=_("In English; blank where there is none."))
    center = serializers.CharField(source="room.center_code", help_text=_("Code of its center."))
    center_name = serializers.CharField(source="room.center_name")
    center_name_en = serializers.CharField(source="room.center_name_en")
    capacity = serializers.IntegerField(source="room.capacity")
    equipment = serializers.ListField(source="room.equipment", child=serializers.CharField())
    confirm_mode = serializers.ChoiceField(source="policy.confirm_mode", choices=ConfirmMode.choices)


class AlternativeSerializer(serializers.Serializer[Any]):
    """Another slot that was free when it was looked up: a `bookings.selectors.search.alternatives.Alternative`."""

    kind = serializers.ChoiceField(
        choices=[(TIME, _("Another time")), (DATE, _("Another day")), (PLACE, _("Another place"))],
        help_text=_("What differs from the slot asked for."),
    )
    space = serializers.IntegerField(source="room.id")
    name = serializers.CharField(source="room.name")
    name_en = serializers.CharField(source="room.name_en", help_text=_("In English; blank where there is none."))
    center = serializers.CharField(source="room.center_code", help_text=_("Code of its center."))
    center_name = serializers.CharField(source="room.center_name")
    center_name_en = serializers.CharField(source="room.center_name_en")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    capacity = serializers.IntegerField(source="room.capacity")
    confirm_mode = serializers.ChoiceField(source="policy.confirm_mode", choices=ConfirmMode.choices)
    url = serializers.SerializerMethodField(help_text=_("The page on which a person can book it."))

    def get_url(self, way: Any) -> str:
        return str(self.context["request"].build_absolute_uri(way.url))


class ExclusionSerializer(serializers.Serializer[Any]):
    """Number of spaces that aren't offered, for one reason."""

    reason = serializers.ChoiceField(
        choices=CHOICES, help_text=_("The code of the refusal that booking such a space would meet.")
    )
    count = serializers.IntegerField()


class SearchedSerializer(serializers.Serializer[Any]):
    """Answer of a search: the free spaces, and the numbers of those excluded."""

    starts_at = serializers.DateTimeField(help_text=_("The time looked for, with what was left out filled in."))
    ends_at = serializers.DateTimeField()
    excluded = ExclusionSerializer(many=True, help_text=_("Spaces that aren't offered, by reason."))
    alternatives = AlternativeSerializer(many=True, help_text=_("Up to three other slots."))


class FoundSerializer(SearchedSerializer):
    """A page of free spaces, nearest first, and what else there is to know."""

    count = serializers.IntegerField(help_text=_("On all pages."))
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = FreeSpaceSerializer(many=True)
