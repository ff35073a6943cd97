"""Times of day as sheets write them: 14:00, 下午2点半, 9:00-11:00, or a part of the day alone (下午)."""

import dataclasses
import datetime as dt
import re

from imports.values.asking import Answers, Refused, ask
from imports.values.numerals import DIGITS, UNITS, by_value

PARTS = "上午|下午|中午|晚上|早上|早晨|清晨|傍晚|凌晨|晚|早"
TIME = re.compile(
    rf"(?P<part>{PARTS})? ?(?P<hour>[0-9]{{1,2}})(?::(?P<minute>[0-9]{{2}})(?::[0-9]{{2}}(?:\.0+)?)?"
    r"|[点时](?:(?P<fraction>半|整|一刻|三刻)|(?P<minutes>[0-9]{1,2})分?)?)"
)
UNTIL = re.compile(r" ?(?:-|—+|–|~|至|到) ?")
HOUR_WORDS = re.compile(rf"([{''.join(DIGITS)}{''.join(UNITS)}]+)(?=[点时])")
FRACTIONS = {"半": 30, "一刻": 15, "三刻": 45}
LATER = ("下午", "晚上", "傍晚", "晚")
# Usual hours of a part of the day, offered where no hour is said.
USUAL = {
    "上午": ("09:00", "11:00"),
    "下午": ("14:00", "16:00"),
    "中午": ("12:00", "13:00"),
    "晚上": ("19:00", "21:00"),
    "晚": ("19:00", "21:00"),
    "傍晚": ("17:00", "19:00"),
    "早上": ("07:00", "09:00"),
    "早晨": ("07:00", "09:00"),
    "清晨": ("06:00", "08:00"),
    "凌晨": ("05:00", "06:00"),
    "早": ("07:00", "09:00"),
}
DAY_ONLY = "day"
NOON = 12


@dataclasses.dataclass(frozen=True)
class Times:
    """Start and end on the clock, as far as they are said."""

    start: dt.time | None = None
    end: dt.time | None = None


def read_times(text: str, said: str, answers: Answers) -> Times:
    """Times in `text`, which is plain; nothing in a blank one. Raises Asked, Refused, LeftOut."""
    text = HOUR_WORDS.sub(lambda found: str(by_value(found[1])), text.strip(" ,;()"))
    if not text or text in ("全天", "整天"):
        return Times()
    if text in USUAL:
        return _usual(text, said, answers)
    first = TIME.match(text)
    if first is None:
        raise Refused("time_unreadable", said=said)
    start, rest = _time(first, "", said), text[first.end() :].strip(" ,;()")
    if not rest:
        return Times(start)
    until = UNTIL.match(rest)
    second = TIME.fullmatch(rest[until.end() :]) if until else None
    if second is None:
        raise Refused("time_unreadable", said=said)
    end = _time(second, first["part"] or "", said)
    # 上午9:00-2:00 and 9点到2点 end in the afternoon.
    if end <= start and end.hour < NOON and not second["part"]:
        end = end.replace(hour=end.hour + NOON)
    return Times(start, end)


def _usual(part: str, said: str, answers: Answers) -> Times:
    first, last = USUAL[part]
    answer = ask(answers, "which_time", [f"{first}-{last}", DAY_ONLY], said=said, part=part)
    if answer == DAY_ONLY:
        return Times()
    return Times(dt.time.fromisoformat(first), dt.time.fromisoformat(last))


def _time(found: re.Match[str], part_before: str, said: str) -> dt.time:
    hour = int(found["hour"])
    minute = int(found["minute"] or found["minutes"] or FRACTIONS.get(found["fraction"], 0))
    part = found["part"] or (part_before if part_before in LATER else "")
    if (part in LATER and hour < NOON) or (part == "中午" and hour < NOON - 1):
        hour += NOON
    try:
        return dt.time(hour, minute)
    except ValueError as error:
        raise Refused("time_unreadable", said=said) from error
