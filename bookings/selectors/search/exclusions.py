"""Exclusions of a search in words: why rooms aren't offered, and what somebody could change who was offered none."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings import exceptions as refused
from bookings.domain.rules import RULES

# More than the two commonest ways out is no advice.
WAYS_NAMED = 2
# The code of each rule with its words in a list of choices.
CODES = {
    refused.OffGrid.code: gettext_lazy("Not on the half hours of one day"),
    refused.InThePast.code: gettext_lazy("Already begun"),
    refused.SlotTaken.code: gettext_lazy("Taken"),
    refused.SpaceNotBookable.code: gettext_lazy("Out of use"),
    refused.OverCapacity.code: gettext_lazy("Too few places"),
    refused.TooFarAhead.code: gettext_lazy("Not open for booking yet"),
    refused.TooLong.code: gettext_lazy("Use too long"),
    refused.UnderMaintenance.code: gettext_lazy("Under maintenance"),
    refused.TooSoon.code: gettext_lazy("Notice too short"),
    refused.CenterShut.code: gettext_lazy("Center closed"),
}
CHOICES = [(rule.error.code, CODES[rule.error.code]) for rule in RULES]


def reasons(excluded: Counter[str]) -> list[str]:
    """The numbers of rooms excluded, each with its reason, the commonest first."""
    return [_counted(code, count) for code, count in _commonest_first(excluded)]


def advice(to_change: Counter[str], *, has_alternatives: bool) -> str:
    """Changes of a search that would bring excluded rooms back, the one for most of them first.

    Another time is no help to who come too early.
    """
    helps = {
        refused.OverCapacity.code: _("fewer people or two rooms"),
        refused.TooFarAhead.code: _("a nearer day"),
        refused.TooLong.code: _("a shorter time"),
        refused.TooSoon.code: _("a later day"),
    }
    ways = list(dict.fromkeys(helps.get(code) or _("another time") for code, _count in _commonest_first(to_change)))
    ways = ways[:WAYS_NAMED]
    if not ways:
        return _("All centers were searched.")
    words = _("All centers were searched. Try {ways}.")
    if has_alternatives:
        words = _("All centers were searched. Try {ways}, or one of the ways below.")
    return words.format(ways=_(", or ").join(ways))


def _commonest_first(excluded: Counter[str]) -> list[tuple[str, int]]:
    return sorted(excluded.items(), key=lambda item: -item[1])


def _counted(code: str, n: int) -> str:
    words = {
        refused.OverCapacity.code: ngettext("{n} is too small", "{n} are too small", n),
        refused.TooFarAhead.code: ngettext("{n} can't be booked so far ahead", "{n} can't be booked so far ahead", n),
        refused.TooLong.code: ngettext("{n} can't be used for so long", "{n} can't be used for so long", n),
        refused.TooSoon.code: ngettext("{n} must be booked earlier", "{n} must be booked earlier", n),
        refused.CenterShut.code: ngettext(
            "{n} is at a center that is closed then", "{n} are at centers that are closed then", n
        ),
        refused.UnderMaintenance.code: ngettext("{n} is under maintenance", "{n} are under maintenance", n),
        refused.SlotTaken.code: ngettext("{n} is already booked", "{n} are already booked", n),
    }
    return (words.get(code) or ngettext("{n} can't be booked then", "{n} can't be booked then", n)).format(n=n)
