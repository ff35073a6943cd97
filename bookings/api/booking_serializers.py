"""Bookings, as the API tells and takes them. Shape only: the rules are the services'."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.exceptions import InvalidPhone
from accounts.values.phones import normalise_phone
from bookings.api.space_serializers import AlternativeSerializer
from bookings.choices import Purpose, Status, Verb
from bookings.models import Booking, BookingEvent, Space
from bookings.values.limits import LARGEST_HEADCOUNT
from common.api.fields import MomentField
from common.api.schema import ProblemSerializer

BOOKER, CENTER, PORTAL = "booker", "center", "portal"


class EventSerializer(serializers.ModelSerializer[BookingEvent]):
    """Event of a booking, without the name of who did it."""

    verb = serializers.ChoiceField(choices=Verb.choices)
    by = serializers.SerializerMethodField(help_text=_("Who did it: the booker, the center or the portal itself."))
    to_status = serializers.ChoiceField(choices=Status.choices)

    class Meta:
        model = BookingEvent
        fields = ("verb", "at", "by", "to_status", "reason")

    def get_by(self, event: BookingEvent) -> str:
        if event.actor_id is None:
            return PORTAL
        return BOOKER if event.actor_id == self.context["booker_id"] else CENTER


class BookingSerializer(serializers.ModelSerializer[Booking]):
    """A booking. Its contact isn't told: who made it knows, staff read it on the page."""

    reference = serializers.CharField(read_only=True, help_text=_("Ten letters and digits."))
    space = serializers.IntegerField(source="space_id", read_only=True)
    center = serializers.CharField(source="space.center.code", read_only=True, help_text=_("Code of its center."))
    status = serializers.ChoiceField(choices=Status.choices, read_only=True)
    purpose = serializers.ChoiceField(choices=Purpose.choices, read_only=True)
    planned_ends_at = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text=_("The end as booked, where the space was released early.")
    )
    turnaround_minutes = serializers.IntegerField(read_only=True, help_text=_("Turnaround after use, minutes"))
    cancel_by = serializers.DateTimeField(
        read_only=True, help_text=_("Until when to cancel, so that others can use the time.")
    )
    decide_by = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text=_("When the center will have answered; null where nobody has to.")
    )

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
    """Contact of a booking: whom the center calls."""

    name = serializers.CharField(max_length=40, help_text=_("Who the center asks for, if it has to call."))
    phone = serializers.CharField(
        max_length=20, required=False, help_text=_("A mobile number; left out, the account's own.")
    )
    organisation = serializers.CharField(
        max_length=60, required=False, allow_blank=True, default="", help_text=_("Organisation")
    )
    note = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text=_("Anything the center should know")
    )

    def validate_phone(self, value: str) -> str:
        phone = normalise_phone(value)
        if phone is None:
            raise serializers.ValidationError(InvalidPhone.message, code=InvalidPhone.code)
        return phone


class NewBookingSerializer(serializers.Serializer[Any]):
    """A request to book."""

    space = serializers.PrimaryKeyRelatedField(
        # A whole number: 5.9 would else be looked up as 5, and 1e400, an infinity to Python, not at all.
        pk_field=serializers.IntegerField(),
        queryset=Space.objects.public().select_related("center"),
        help_text=_("The space's `id`."),
    )
    starts_at = MomentField(help_text=_("On the hour or half hour. Without an offset: on a Shanghai clock."))
    ends_at = MomentField(help_text=_("Later on the same day."))
    headcount = serializers.IntegerField(min_value=1, max_value=LARGEST_HEADCOUNT, help_text=_("Headcount"))
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    contact = ContactSerializer(help_text=_("Whom the center calls."))


class ReasonSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text=_("Why; the booker reads it.")
    )


class SlotTakenSerializer(ProblemSerializer):
    """Problem details of a slot that can't be had: `slot_taken` names one's own booking, or up to three ways out."""

    own_booking = serializers.CharField(
        required=False, help_text=_("With `slot_taken`: the booking's number, where it is one's own that has the slot.")
    )

    alternatives = AlternativeSerializer(
        many=True,
        required=False,
        help_text=_("With `slot_taken`: up to three other slots, free when they were looked up."),
    )
