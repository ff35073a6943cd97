"""Spaces, their free time and bookings, as the API tells and takes them. Shape only: the rules are the services'."""

from typing import Any

from rest_framework import serializers

from accounts.phones import normalise_phone
from bookings.choices import ConfirmMode, Purpose, Status, Verb
from bookings.models import Booking, BookingEvent, Space


class SpaceSerializer(serializers.ModelSerializer[Space]):
    """A bookable space; `center` is the code of the center it belongs to."""

    center = serializers.CharField(source="center.code")
    center_name = serializers.CharField(source="center.name")

    class Meta:
        model = Space
        fields = ("id", "name", "center", "center_name", "area_kind", "capacity", "equipment", "description")


class SpanSerializer(serializers.Serializer[Any]):
    """A half-open stretch of time, with its offset."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()


class DaySerializer(serializers.Serializer[Any]):
    """One day of a space: when its center is open, what can still be booked, what is taken (turnaround included)."""

    day = serializers.DateField()
    kind = serializers.CharField(help_text="Which line of the weekly hours the day follows: mon … sun, holiday, makeup.")
    reason = serializers.CharField(allow_blank=True, help_text="Why it is shut, where it is.")
    year_unpublished = serializers.BooleanField(help_text="The year's public holidays aren't known yet; weekdays are assumed.")
    open = SpanSerializer(many=True)
    free = SpanSerializer(many=True)
    taken = SpanSerializer(many=True)


class AvailabilitySerializer(serializers.Serializer[Any]):
    """A space's days and the part of its policy that shapes a request."""

    space = serializers.IntegerField()
    longest_minutes = serializers.IntegerField()
    turnaround_minutes = serializers.IntegerField()
    confirm_mode = serializers.ChoiceField(choices=ConfirmMode.choices)
    days = DaySerializer(many=True)


class FreeSpaceSerializer(serializers.Serializer[Any]):
    """A space that is free at the time asked for."""

    space = serializers.IntegerField()
    name = serializers.CharField()
    center = serializers.CharField(help_text="Code of its center.")
    center_name = serializers.CharField()
    capacity = serializers.IntegerField()
    confirm_mode = serializers.ChoiceField(choices=ConfirmMode.choices)


class EventSerializer(serializers.ModelSerializer[BookingEvent]):
    """What happened to a booking, without who did it."""

    verb = serializers.ChoiceField(choices=Verb.choices)
    by = serializers.SerializerMethodField(help_text="booker, center or portal")

    class Meta:
        model = BookingEvent
        fields = ("verb", "at", "by", "to_status", "reason")

    def get_by(self, event: BookingEvent) -> str:
        if event.actor_id is None:
            return "portal"
        return "booker" if event.actor_id == self.context["booker_id"] else "center"


class BookingSerializer(serializers.ModelSerializer[Booking]):
    """A booking. Its contact isn't told: who made it knows, staff read it on the page."""

    space = serializers.IntegerField(source="space_id")
    status = serializers.ChoiceField(choices=Status.choices, read_only=True)
    center = serializers.CharField(source="space.center.code", read_only=True)

    class Meta:
        model = Booking
        fields = (
            "reference", "space", "center", "status", "starts_at", "ends_at", "planned_ends_at", "headcount", "purpose",
            "turnaround_minutes", "cancel_by", "decide_by", "created_at",
        )  # fmt: skip
        read_only_fields = fields


class BookingDetailSerializer(BookingSerializer):
    """The same with what happened to it."""

    events = serializers.SerializerMethodField()

    class Meta(BookingSerializer.Meta):
        fields = (*BookingSerializer.Meta.fields, "events")  # type: ignore[assignment]

    def get_events(self, booking: Booking) -> list[dict[str, Any]]:
        return list(EventSerializer(booking.events.all(), many=True, context={"booker_id": booking.booker_id}).data)


class ContactSerializer(serializers.Serializer[Any]):
    """Whom the center calls. The phone is the account's unless another is given."""

    name = serializers.CharField(max_length=40)
    phone = serializers.CharField(max_length=20, required=False)
    organisation = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")

    def validate_phone(self, value: str) -> str:
        phone = normalise_phone(value)
        if phone is None:
            raise serializers.ValidationError(code="invalid_phone", detail="Not a mobile number.")
        return phone


class NewBookingSerializer(serializers.Serializer[Any]):
    """A request to book. Moments with an offset, or on a Shanghai clock."""

    space = serializers.PrimaryKeyRelatedField(queryset=Space.objects.public().select_related("center"))
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    headcount = serializers.IntegerField(min_value=1, max_value=2000)
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    contact = ContactSerializer()


class ReasonSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
