"""Whether a center is open, in words."""

from django import template
from django.utils.translation import gettext as _

from centers.domain.hours import OpenState
from common import clock
from common.words import times

register = template.Library()


@register.filter
def open_words(state: OpenState) -> str:
    """开放中，到20:30 / 周六 9:00开放; when no hours were entered, that; else why it stays shut."""
    if state.is_open and state.until is not None:
        return _("Open until %(time)s") % {"time": times.end_clock(state.until)}
    if state.next_opening is not None:
        return _("Opens %(day)s %(time)s") % {
            "day": times.day_words(state.next_opening),
            "time": times.clock_words(state.next_opening),
        }
    if state.today.hours_unset:
        return _("Hours not entered yet")
    return str(state.today.reason) or _("Not open these days")


@register.filter
def until_words(state: OpenState) -> str:
    """The short form for a small tile: 到20:30 / 周六 9:00开放."""
    if state.is_open and state.until is not None:
        return _("until %(time)s") % {"time": times.end_clock(state.until)}
    return open_words(state)


@register.simple_tag
def present() -> object:
    """The present moment."""
    return clock.now()
