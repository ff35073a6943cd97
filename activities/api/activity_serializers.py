"""Activities, as the API tells them: what residents see of them."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from activities.choices import PUBLIC_KIND_CHOICES, ActivityState, MicroFormat, TrainingForm
from activities.models import Activity, TrainingDetail
from common.whole_days import is_whole_days


class TrainingSerializer(serializers.ModelSerializer[TrainingDetail]):
    """Detail of a training."""

    form = serializers.ChoiceField(
        choices=[("", ""), *TrainingForm.choices], help_text=_("Form of the training; blank where nobody said.")
    )
    hours = serializers.DecimalField(
        max_digits=4,
        decimal_places=1,
        allow_null=True,
        help_text=_("Training hours, with one decimal; null where nobody said."),
    )
    track = serializers.CharField(help_text=_("Series that it belongs to; blank for none."))

    class Meta:
        model = TrainingDetail
        fields = ("form", "hours", "track")
        read_only_fields = fields


class ActivitySerializer(serializers.ModelSerializer[Activity]):
    """An activity. The link for those who join online isn't told here: who is in finds it with the sign-up."""

    reference = serializers.CharField(help_text=_("Ten letters and digits."))
    kind = serializers.ChoiceField(choices=PUBLIC_KIND_CHOICES)
    state = serializers.ChoiceField(choices=ActivityState.choices)
    center = serializers.CharField(source="center.code", help_text=_("Code of the center that leads it."))
    center_name = serializers.CharField(source="center.name")
    center_name_en = serializers.CharField(
        source="center.name_en", help_text=_("In English; blank where there is none.")
    )
    co_hosts = serializers.SerializerMethodField(help_text=_("Codes of the centers that host it with the leading one."))
    space = serializers.IntegerField(
        source="booking.space_id", default=None, allow_null=True, help_text=_("The space's `id`, where one is booked.")
    )
    place = serializers.CharField(help_text=_("Where it is, in words; blank where the space says it."))
    micro_format = serializers.ChoiceField(choices=MicroFormat.choices, allow_blank=True)
    theme = serializers.CharField(source="theme.name", default="", help_text=_("Name of the theme; blank without one."))
    theme_id = serializers.IntegerField(allow_null=True, help_text=_("Number of the theme, to filter by."))
    campaign = serializers.CharField(
        source="campaign.name", default="", help_text=_("Name of the campaign; blank without one.")
    )
    campaign_id = serializers.IntegerField(allow_null=True, help_text=_("Number of the campaign, to filter by."))
    is_all_day = serializers.SerializerMethodField(
        help_text=_("Whether its days alone are known: `starts_at` and `ends_at` are then their first and last minute.")
    )
    closes_at = serializers.DateTimeField(help_text=_("When sign-up ends, at the latest with the start."))
    sign_up_opens_at = serializers.DateTimeField(
        allow_null=True, help_text=_("When sign-up opens; null where it is open since it was published.")
    )
    capacity = serializers.IntegerField(allow_null=True, help_text=_("Places; null where there is no limit."))
    places_left = serializers.IntegerField(allow_null=True, help_text=_("Free places; null where there is no limit."))
    waiting = serializers.IntegerField(
        help_text=_("People on the waitlist. While somebody waits, whoever signs up waits behind them.")
    )
    min_age = serializers.IntegerField(allow_null=True, help_text=_("From age, in full years on the day it begins."))
    max_age = serializers.IntegerField(allow_null=True, help_text=_("Up to age, in full years on the day it begins."))

    detail = TrainingSerializer(
        source="training",
        default=None,
        allow_null=True,
        help_text=_("What its kind alone has: of trainings form, hours and series; else null."),
    )

    class Meta:
        model = Activity
        fields = (
            "reference", "kind", "state", "title", "summary", "theme", "theme_id", "campaign", "campaign_id",
            "line", "format", "micro_format", "audience",
            "starts_at", "ends_at", "is_all_day", "center", "center_name", "center_name_en", "co_hosts", "space",
            "place", "contact_post", "takes_sign_ups", "sign_up_opens_at", "closes_at", "capacity", "places_left",
            "waiting", "min_age", "max_age", "detail",
        )  # fmt: skip
        read_only_fields = fields

    def get_is_all_day(self, activity: Activity) -> bool:
        return is_whole_days(activity.starts_at, activity.ends_at)

    def get_co_hosts(self, activity: Activity) -> list[str]:
        return [center.code for center in activity.co_hosts.all()]
