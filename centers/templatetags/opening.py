"""Template filters for the open state of a center."""

import datetime as dt

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
        return opens_words(state.next_opening)
    if state.today.hours_unset:
        return _("Hours not entered yet")
    return str(state.today.reason) or _("Not open these days")


@register.filter
def opens_words(moment: dt.datetime) -> str:
    """今天8:30开放 / Opens at 8:30 today: whole sentences, since a day's name stands differently in each language."""
    words = {"time": times.clock_words(moment), "day": times.day_words(moment)}
    ahead = (clock.local(moment).date() - clock.today()).days
    if ahead == 0:
        return _("Opens at %(time)s today") % words
    if ahead == 1:
        return _("Opens at %(time)s tomorrow") % words
    return _("Opens at %(time)s, %(day)s") % words


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
