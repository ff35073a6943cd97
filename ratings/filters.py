"""Filter of the list of ratings."""

import django_filters
from django.utils.translation import gettext_lazy as _

from ratings.choices import Channel, Grade
from ratings.models import Rating


class RatingFilter(django_filters.FilterSet):
    """Filter of the ratings of the centers one works for: by grade and channel."""

    grade = django_filters.ChoiceFilter(label=_("Grade"), choices=Grade.choices, empty_label=_("All"))
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices, empty_label=_("All"))

    class Meta:
        model = Rating
        fields = ("grade", "channel")
