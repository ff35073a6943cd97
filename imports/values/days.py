"""Days as sheets write them: 2026.9.3, 2026年9月3日, 九月三日, serial numbers of both systems.

26/9/3 is asked about, never guessed.
"""

import calendar
import dataclasses
import datetime as dt
import re

from common.sheets import Value
from imports.values.asking import Answers, Refused, ask
from imports.values.clocks import Times, read_times
from imports.values.numerals import DIGITS, by_digits, by_value, plain

FIRST_YEAR = 1990
EPOCH_1900, EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
# Serial numbers of days from 1990 to 2100, whichever system.
SERIALS = range(31_000, 73_100)
_SIGNS = "".join(DIGITS)
YEAR_WORDS = re.compile(rf"([{_SIGNS}]{{4}}|[{_SIGNS}]{{2}})(?=年)")
DAY_WORDS = re.compile(rf"([{_SIGNS}十]{{1,3}})(?=[月日号])")
WEEKDAY = re.compile(r" ?[(]?(?:周|星期|礼拜)[一二三四五六日天][)]?")
AROUND_SIGNS = re.compile(r" ?([-./年月日号]) ?")
WHOLE = re.compile(r"(?P<year>[0-9]{4}|[0-9]{2}(?=年))[-./年](?P<month>[0-9]{1,2})[-./月](?P<day>[0-9]{1,2})[日号]?")
COMPACT = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])")
SHORT = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?![0-9])")
NO_YEAR = re.compile(r"(?P<month>[0-9]{1,2})(?:[./-]|月)(?P<day>[0-9]{1,2})(?:[日号]|(?![0-9:点时]))")
MONTH_ONLY = re.compile(r"(?:[0-9]{4}[-./年])?[0-9]{1,2}月?(?:份)?")
LAST = re.compile(
    r"(?:-|—+|–|~|至|到) ?(?:(?P<month>[0-9]{1,2})(?:[./]|月))?(?P<day>[0-9]{1,2})(?:[日号]|(?![0-9:点时]))"
)
# Typed as 9.30, a program keeps the number 9.3: the third or the thirtieth.
LOST_NOUGHT = ("1", "2", "3")

NO_TIMES = Times()


@dataclasses.dataclass(frozen=True)
class When:
    """Day, the last day where there are several, and times of day as far as they are said."""

    day: dt.date
    last_day: dt.date
    times: Times = NO_TIMES


@dataclasses.dataclass(frozen=True)
class Calendar:
    """Calendar of a sheet: the year of those without one, the system of its serial numbers."""

    year: int | None
    today: dt.date
    is_1904: bool = False


def read_when(value: Value, said: str, calendar_of_sheet: Calendar, answers: Answers) -> When:
    """Day and times of a cell. Raises Asked, Refused, LeftOut."""
    if isinstance(value, dt.datetime):
        return When(value.date(), value.date(), Times(value.time().replace(second=0, microsecond=0)))
    if isinstance(value, dt.date):
        return When(value, value)
    if isinstance(value, bool | dt.time | dt.timedelta):
        raise Refused("day_unreadable", said=said)
    if isinstance(value, int | float) and int(value) in SERIALS:
        return _of_serial(value, calendar_of_sheet)
    text = plain(str(value))
    if isinstance(value, float):
        text = _with_lost_nought(text, said, answers)
    if not text:
        raise Refused("day_missing")
    return _of_text(text, said, calendar_of_sheet, answers)


def _of_serial(value: int | float, calendar_of_sheet: Calendar) -> When:
    whole = int(value)
    day = (EPOCH_1904 if calendar_of_sheet.is_1904 else EPOCH_1900) + dt.timedelta(whole)
    minutes = round((value - whole) * 24 * 60)
    return When(day, day, Times(dt.time(minutes // 60 % 24, minutes % 60)) if minutes else Times())


def _with_lost_nought(text: str, said: str, answers: Answers) -> str:
    month, _point, day = text.partition(".")
    if day not in LOST_NOUGHT or not month.isdecimal() or not 1 <= int(month) <= 12:
        return text
    return ask(answers, "which_day_of_month", [text, f"{text}0"], said=said)


def _of_text(text: str, said: str, calendar_of_sheet: Calendar, answers: Answers) -> When:
    text = YEAR_WORDS.sub(lambda found: str(by_digits(found[1])), text)
    text = DAY_WORDS.sub(lambda found: str(by_value(found[1])), text)
    text = AROUND_SIGNS.sub(r"\1", text) if " " in text else text
    day, rest = _first_day(text, said, calendar_of_sheet, answers)
    rest = WEEKDAY.sub("", rest).strip(" ,T")
    last_day = day
    if last := LAST.match(rest):
        last_day = _day(day.year, int(last["month"] or day.month), int(last["day"]), said, answers)
        rest = WEEKDAY.sub("", rest[last.end() :]).strip(" ,")
        if last_day < day:
            raise Refused("day_unreadable", said=said)
    times = read_times(rest, said, answers)
    # Midnight, and no end: a program wrote a day without hours.
    return When(day, last_day, NO_TIMES if times == Times(dt.time.min) else times)


def _first_day(text: str, said: str, calendar_of_sheet: Calendar, answers: Answers) -> tuple[dt.date, str]:
    """The day at the beginning, and what stands behind it."""
    if found := WHOLE.match(text) or COMPACT.match(text):
        year = int(found["year"])
        year = year if year > 99 else 2000 + year
        return _day(year, int(found["month"]), int(found["day"]), said, answers), text[found.end() :]
    if found := SHORT.match(text):
        return _asked_day(found, said, calendar_of_sheet, answers), text[found.end() :]
    if found := NO_YEAR.match(text):
        month, day = int(found["month"]), int(found["day"])
        year = calendar_of_sheet.year or _asked_year(month, day, said, calendar_of_sheet, answers)
        return _day(year, month, day, said, answers), text[found.end() :]
    if MONTH_ONLY.fullmatch(text):
        raise Refused("day_is_month", said=said)
    raise Refused("day_unreadable", said=said)


def _day(year: int, month: int, day: int, said: str, answers: Answers) -> dt.date:
    """The day, or the last one of a month that has no such day, if that is the answer."""
    if not 1 <= month <= 12 or not 1 <= day <= 31 or not FIRST_YEAR <= year < 2100:
        raise Refused("day_unreadable", said=said)
    last = calendar.monthrange(year, month)[1]
    if day > last:
        nearest = dt.date(year, month, last)
        return dt.date.fromisoformat(ask(answers, "no_such_day", [nearest.isoformat()], said=said, last=last))
    return dt.date(year, month, day)


def _asked_day(found: re.Match[str], said: str, calendar_of_sheet: Calendar, answers: Answers) -> dt.date:
    """The day meant by three short numbers: year, month and day in one of the orders people use."""
    first, second, third = map(int, found.groups())
    readings = []
    for year, month, day in ((first, second, third), (third, second, first), (third, first, second)):
        try:
            reading = dt.date(2000 + year, month, day)
        except ValueError:
            continue
        if reading <= calendar_of_sheet.today and reading.isoformat() not in readings:
            readings.append(reading.isoformat())
    if not readings:
        raise Refused("day_unreadable", said=said)
    return dt.date.fromisoformat(ask(answers, "which_day", readings, said=said))


def _asked_year(month: int, day: int, said: str, calendar_of_sheet: Calendar, answers: Answers) -> int:
    """The year of a day without one: this year or the last, as far as the day is past."""
    this_year = calendar_of_sheet.today.year
    is_past = (month, day) <= (calendar_of_sheet.today.month, calendar_of_sheet.today.day)
    years = [str(year) for year in (this_year, this_year - 1, this_year - 2) if is_past or year != this_year][:2]
    return int(ask(answers, "which_year", years, said=said))
