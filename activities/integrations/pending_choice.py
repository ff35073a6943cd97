"""Pending choice: the activity somebody wanted to sign up for when they were asked to sign in."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.domain.pending_choice import PendingChoice, register
from activities.models import Activity
from activities.selectors.rows import place_of, tag_of
from common.words.names import zh
from common.words.times import span_words


def pending_activity(kwargs: Mapping[str, Any], query: QueryDict) -> PendingChoice | None:
    """The activity of the address that takes sign-ups. One query; none where there is no such activity."""
    public = Activity.objects.public().select_related("center", "booking__space")
    activity = public.filter(reference=kwargs["reference"]).first()
    if activity is None:
        return None
    facts = [(str(_("Sign-up")), tag_of(activity).label)]
    if place := place_of(activity):
        facts.append((str(_("Place")), zh(place)))
    return PendingChoice(
        when=span_words(activity.starts_at, activity.ends_at, full=True),
        what=activity.title,
        where=activity.center.shown_name,
        drawn_from=activity.title,
        facts=facts,
        back_url=f"{activity.get_absolute_url()}#join",
        head=_("The activity you chose"),
        not_yet=_("Signing in loses none of this. You are signed up only once you say who comes."),
        back=_("Back to the activity"),
    )


def pending_arrival(kwargs: Mapping[str, Any], query: QueryDict) -> PendingChoice | None:
    """The activity whose code on the wall was scanned. One query; none where there is no such activity."""
    choice = pending_activity(kwargs, query)
    if choice is None:
        return None
    words = _("Signing in keeps what you scanned for a quarter of an hour. Then say that you are here.")
    return dataclasses.replace(choice, facts=[], head=_("You are checking in"), not_yet=words)


def register_all() -> None:
    """Make the activity known to the pages of signing in."""
    register("activities:wall_arrive", pending_arrival)
    register("activities:sign_up_create", pending_activity)
