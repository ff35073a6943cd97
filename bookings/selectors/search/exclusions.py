"""Why rooms aren't offered, in words, and what somebody could change who was offered none."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.selectors.search.results import Reason

# More than the two commonest ways out is no advice.
WAYS_NAMED = 2


def reasons(excluded: Counter[Reason]) -> list[str]:
    """The numbers of rooms left out, each with its reason, the commonest first."""
    return [_counted(reason, count) for reason, count in _commonest_first(excluded)]


def advice(excluded: Counter[Reason], *, has_alternatives: bool) -> str:
    """What would bring the rooms back that were left out, the way for most of them first: another time is no help to who come too early."""
    helps = {
        Reason.TOO_SMALL: _("fewer people or two rooms"),
        Reason.TOO_FAR_AHEAD: _("a nearer day"),
        Reason.TOO_LONG: _("a shorter time"),
        Reason.TOO_SOON: _("a later day"),
    }
    ways = list(dict.fromkeys(helps.get(reason) or _("another time") for reason, _count in _commonest_first(excluded)))[
        :WAYS_NAMED
    ]
    if not ways:
        return _("All centers were searched.")
    words = _("All centers were searched. Try {ways}.")
    if has_alternatives:
        words = _("All centers were searched. Try {ways}, or one of the ways below.")
    return words.format(ways=_(", or ").join(ways))


def _commonest_first(excluded: Counter[Reason]) -> list[tuple[Reason, int]]:
    return sorted(excluded.items(), key=lambda item: -item[1])


def _counted(reason: Reason, n: int) -> str:
    words = {
        Reason.TOO_SMALL: ngettext("{n} is too small", "{n} are too small", n),
        Reason.TOO_FAR_AHEAD: ngettext("{n} can't be booked so far ahead", "{n} can't be booked so far ahead", n),
        Reason.TOO_LONG: ngettext("{n} can't be used for so long", "{n} can't be used for so long", n),
        Reason.TOO_SOON: ngettext("{n} must be booked earlier", "{n} must be booked earlier", n),
        Reason.SHUT: ngettext("{n} is at a center that is closed then", "{n} are at centers that are closed then", n),
        Reason.MAINTENANCE: ngettext("{n} is under maintenance", "{n} are under maintenance", n),
        Reason.TAKEN: ngettext("{n} is already booked", "{n} are already booked", n),
    }
    return words[reason].format(n=n)
