"""Ratings beside an activity: the code at its desk, and how satisfied those who were there are on its page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from activities.domain.extras import Extra, Place, register
from activities.models import Activity
from ratings.domain.subjects import HELD
from ratings.selectors.published import published_of_activities, satisfaction_words
from ratings.values.tokens import Kind, Token


def extras_of(activity: Activity, place: Place) -> list[Extra]:
    """The code to rate by for those at the desk, the published figure for everybody. One query at most."""
    if place not in (Place.DESK, Place.PUBLIC) or not activity.has_begun or activity.state not in HELD:
        return []
    if place == Place.DESK:
        path = reverse("ratings:rating_create", args=[str(Token(Kind.ACTIVITY, activity.reference))])
        sheet = reverse("ratings:code_activity", args=[activity.reference])
        return [Extra(_("How was it? Let them rate"), icon="scan", code=path, url=sheet, act=_("Large, to print"))]
    satisfaction = published_of_activities([activity.pk])[activity.pk]
    return [Extra(_("Satisfaction"), icon="message", words=satisfaction_words(satisfaction))]


def register_all() -> None:
    """Make the ratings known to the activities."""
    register(extras_of)
