"""Times as people say them, in both languages: 今天 14:00–16:00, 周六, 11月28日 周六, 还剩1小时25分.

Everything is said on a Shanghai clock (`common.clock`). Hours are never padded, midnight at the end of a span is 24:00.
"""

import datetime as dt

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common import clock
from common.whole_days import is_whole_days

WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
NARROW = 5  # letters that fit a seventh of a phone
MINUTES_OF_AN_HOUR, MINUTES_OF_A_DAY = 60, 24 * 60
Moment = dt.date | dt.datetime


def _day(moment: Moment) -> dt.date:
    return clock.local(moment).date() if isinstance(moment, dt.datetime) else moment


def weekday(moment: Moment) -> str:
    """周六 / Sat."""
    return str(WEEKDAYS[_day(moment).weekday()])


def day_name(moment: Moment) -> str:
    """今天, 明天, or the weekday: the head of a column or a day picker, where the date stands beside it."""
    day = _day(moment)
    if day == clock.today():
        return gettext("Today")
    if day == clock.today() + dt.timedelta(days=1):
        return gettext("Tomorrow")
    return weekday(day)


def day_head(moment: Moment) -> str:
    """`day_name` for a narrow head: where the word for tomorrow is long, the weekday stands instead."""
    name = day_name(moment)
    return name if len(name) <= NARROW else weekday(moment)


def short_date(moment: Moment) -> str:
    """11月28日 / 28 Nov; with the year where it isn't this one."""
    day = _day(moment)
    # The message ids are Django's date formats: a language puts its own order and words there.
    return date_format(day, gettext("j M") if day.year == clock.today().year else gettext("j M Y"))


def date_words(moment: Moment) -> str:
    """11月28日 周六 / Sat 28 Nov: a day that must not be mistaken."""
    return gettext("{weekday} {date}").format(weekday=weekday(moment), date=short_date(moment))


def day_words(moment: Moment) -> str:
    """今天, 明天, 周六 for the coming six days; else the date with its weekday."""
    day = _day(moment)
    if 0 <= (day - clock.today()).days < len(WEEKDAYS):
        return day_name(day)
    return date_words(day)


def clock_words(moment: dt.datetime | dt.time) -> str:
    """9:00."""
    time = clock.local(moment) if isinstance(moment, dt.datetime) else moment
    return f"{time.hour}:{time.minute:02d}"


def end_clock(moment: dt.datetime | dt.time) -> str:
    """17:00; 24:00 at midnight: the end of what began earlier that day."""
    words = clock_words(moment)
    return "24:00" if words == "0:00" else words


def moment_words(moment: dt.datetime) -> str:
    """Moment as its day and its time of day: 周六 11月28日 14:00."""
    return f"{day_words(moment)} {clock_words(moment)}"


def start_words(start: dt.datetime, end: dt.datetime) -> str:
    """9:00: when it begins; 全天 where no hours are known."""
    return clock_span(start, end) if is_whole_days(start, end) else clock_words(start)


def clock_span(start: dt.datetime, end: dt.datetime) -> str:
    """9:00–11:00, without the day; 20:00–24:00 where it ends at midnight; 全天 where no hours are known."""
    if is_whole_days(start, end):
        return gettext("All day")
    return f"{clock_words(start)}–{_end_clock(start, end)}"


def span_words(start: dt.datetime, end: dt.datetime, full: bool = False) -> str:
    """今天 14:00–16:00; with `full` the date always stands (11月28日 周六 9:00–11:00). The day alone without hours."""
    say = date_words if full else day_words
    if is_whole_days(start, end):
        first, last = say(start), say(end)
        return first if first == last else gettext("{day} to {end_day}").format(day=first, end_day=last)
    if _last_day(start, end) == _day(start):
        return gettext("{day} {times}").format(day=say(start), times=clock_span(start, end))
    return gettext("{day} {time} to {end_day} {end_time}").format(
        day=say(start), time=clock_words(start), end_day=say(end), end_time=clock_words(end)
    )


def days_span(first: Moment, last: Moment) -> str:
    """11月24日–30日 / 24–30 Nov: the days of a week, both included."""
    one, two = _day(first), _day(last)
    if (one.year, one.month) != (two.year, two.month) or one.year != clock.today().year:
        return f"{short_date(one)}–{short_date(two)}"
    month = date_format(one, gettext("M"))
    return gettext("{first}–{last} {month}").format(first=one.day, last=two.day, month=month)


def duration(length: dt.timedelta | float) -> str:
    """2小时, 1小时30分, 45分钟, 3天; `length` is a timedelta or minutes. Beyond two days hours no longer matter."""
    minutes = round(length.total_seconds() / 60 if isinstance(length, dt.timedelta) else length)
    if minutes >= 2 * MINUTES_OF_A_DAY:
        days = minutes // MINUTES_OF_A_DAY
        return ngettext("{n} day", "{n} days", days).format(n=days)
    hours, rest = divmod(minutes, MINUTES_OF_AN_HOUR)
    if not hours:
        return gettext("{n} min").format(n=rest)
    if not rest:
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    return gettext("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def deadline_words(moment: dt.datetime) -> str:
    """今天11:30前 / by 11:30 today."""
    ahead = (_day(moment) - clock.today()).days
    if ahead == 0:
        return gettext("by {time} today").format(time=clock_words(moment))
    if ahead == 1:
        return gettext("by {time} tomorrow").format(time=clock_words(moment))
    return gettext("by {time}, {day}").format(time=clock_words(moment), day=day_words(moment))


def left_words(moment: dt.datetime) -> str:
    """还剩1小时25分 before the moment, 已超时20分钟 after it."""
    left = moment - clock.now()
    if left >= dt.timedelta(0):
        return gettext("{duration} left").format(duration=duration(left))
    return gettext("{duration} overdue").format(duration=duration(-left))


def _last_day(start: dt.datetime, end: dt.datetime) -> dt.date:
    """The day a half-open span ends in: one that ends at midnight still belongs to the day before."""
    return _day(end - dt.timedelta(microseconds=1)) if end > start else _day(end)


def _end_clock(start: dt.datetime, end: dt.datetime) -> str:
    return end_clock(end) if end > start else clock_words(end)
