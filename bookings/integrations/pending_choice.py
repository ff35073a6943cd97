"""Pending choice: the slot somebody had chosen when they were asked to sign in.

Shown beside the sign-in form as kept, and not booked yet.
"""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.domain.pending_choice import PendingChoice, register
from bookings.forms.booking import SlotForm
from bookings.models import Space
from bookings.values.slots import slot_query
from common.words.numbers import people_words
from common.words.times import span_words


def pending_slot(kwargs: Mapping[str, Any], query: QueryDict) -> PendingChoice | None:
    """The slot that the address of the check page carries. One query; none where the address makes no sense."""
    form = SlotForm(query)
    if not form.is_valid():
        return None
    space = Space.objects.public().select_related("center").filter(pk=kwargs["pk"]).first()
    if space is None:
        return None
    slot = form.cleaned_data
    return PendingChoice(
        when=span_words(slot["starts_at"], slot["ends_at"], full=True),
        what=space.shown_name,
        where=space.center.shown_name,
        drawn_from=space.center.name,
        facts=[(str(_("Headcount")), people_words(slot["headcount"]))],
        back_url=f"{space.get_absolute_url()}?{slot_query(slot['starts_at'], slot['ends_at'], slot['headcount'])}#book",
    )


def register_all() -> None:
    """Make the slot known to the pages of signing in."""
    register("bookings:booking_create", pending_slot)
