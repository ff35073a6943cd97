"""Sign-ups and the people signed up, as the API tells and takes them. Shape only: the rules are the services'."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from activities.choices import Relation, SignUpState
from activities.models import Activity, Participant, SignUp
from activities.values.ages import OLDEST, age_on
from common import clock

# More than any family; each is a row under the activity's lock.
MOST_PEOPLE = 20


class ParticipantSerializer(serializers.ModelSerializer[Participant]):
    """A person whom the account signs up."""

    name = serializers.CharField(max_length=40, help_text=_("The name asked for at the door."))
    relation = serializers.ChoiceField(
        choices=Relation.choices, default=Relation.SELF, help_text=_("Who it is to the holder of the account.")
    )
    birth_date = serializers.DateField(
        required=False,
        allow_null=True,
        help_text=_("Only activities with an age limit ask for it."),
    )

    class Meta:
        model = Participant
        fields = ("id", "name", "relation", "birth_date")
        # The database's own rule, told by the service in words of its own.
        validators: list[Any] = []

    def validate_birth_date(self, value: dt.date | None) -> dt.date | None:
        """Somebody who was born and may still live: the words of the pages' field."""
        if value is not None and value > clock.today():
            raise serializers.ValidationError(_("This day is still to come."), code="to_come")
        if value is not None and age_on(value, clock.today()) > OLDEST:
            raise serializers.ValidationError(_("Check the year."), code="too_old")
        return value


class SignUpSerializer(serializers.ModelSerializer[SignUp]):
    """A sign-up of one person, with what they need to come."""

    code = serializers.CharField(help_text=_("Ten letters and digits, shown at the door."))
    activity = serializers.CharField(source="activity.reference", help_text=_("The activity's number."))
    title = serializers.CharField(source="activity.title")
    starts_at = serializers.DateTimeField(source="activity.starts_at")
    ends_at = serializers.DateTimeField(source="activity.ends_at")
    center = serializers.CharField(source="activity.center.code", help_text=_("Code of the center that leads it."))
    center_name = serializers.CharField(source="activity.center.name")
    center_name_en = serializers.CharField(
        source="activity.center.name_en", help_text=_("In English; blank where there is none.")
    )
    participant = serializers.IntegerField(source="participant_id", help_text=_("The person's `id`."))
    participant_name = serializers.CharField(source="participant.name")
    state = serializers.ChoiceField(choices=SignUpState.choices)
    position = serializers.IntegerField(
        allow_null=True, help_text=_("The place in the waitlist, from 1; null for who doesn't wait.")
    )
    offered_until = serializers.DateTimeField(
        allow_null=True, help_text=_("Until when an offered place is kept; null where none is offered.")
    )
    online_url = serializers.SerializerMethodField(
        help_text=_("The link to join online; blank for who isn't in, and where there is none.")
    )

    class Meta:
        model = SignUp
        fields = (
            "code", "activity", "title", "starts_at", "ends_at", "center", "center_name", "center_name_en",
            "participant", "participant_name", "state", "position", "offered_until", "guardian_consent",
            "photo_consent", "online_url", "checked_in_at", "created_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_online_url(self, sign_up: SignUp) -> str:
        return sign_up.activity.online_url if sign_up.state == SignUpState.IN else ""


class PersonSerializer(serializers.Serializer[Any]):
    """A person to sign up, with what is consented to for them."""

    participant = serializers.PrimaryKeyRelatedField(
        # A whole number: 5.9 would else be looked up as 5.
        pk_field=serializers.IntegerField(),
        queryset=Participant.objects.none(),
        help_text=_("The `id` of one of the account's people."),
    )
    guardian_consent = serializers.BooleanField(
        default=False, help_text=_("A guardian consents; asked for minors alone.")
    )
    photo_consent = serializers.BooleanField(default=False, help_text=_("Pictures of the person may be shown."))
    is_another_person = serializers.BooleanField(
        default=False,
        help_text=_("After `same_person_elsewhere`: it is somebody else of the same name."),
    )

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if request := self.context.get("request"):
            fields["participant"].queryset = Participant.objects.of_account(request.user)  # type: ignore[attr-defined]
        return fields


class NewSignUpsSerializer(serializers.Serializer[Any]):
    """A request to sign up people for one activity: all get places, or all wait."""

    activity = serializers.SlugRelatedField(
        slug_field="reference", queryset=Activity.objects.public(), help_text=_("The activity's number.")
    )
    people = PersonSerializer(
        many=True,  # type: ignore[call-arg]  # the keyword is the list's
        max_length=MOST_PEOPLE,
        help_text=_("Who comes, at most twenty; they wait in this order."),
    )


class SignUpsSerializer(serializers.Serializer[Any]):
    """The sign-ups that were made, in the order asked for."""

    sign_ups = SignUpSerializer(many=True)
