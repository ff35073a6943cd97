"""Numbers of people as sheets write them: 120, １２０人, 1,860, 1.2万, 约120, 120余人, 一百二十人."""

import dataclasses
import re
from decimal import Decimal

from common.sheets import Value
from imports.values.asking import Answers, Refused, ask
from imports.values.numerals import NUMERAL, by_value, plain

MOST = 20_000
NONE_SAID = ("", "-", "—", "/", "\\", "无")
ABOUT_BEFORE, ABOUT_AFTER = "大约|约|将近|近|超过|超|逾|至少", "左右|上下|以上|余|多|来|\\+"
UNITS = "人次|人|名|位|个"
NUMBER = re.compile(
    rf"(?:共|共计|合计)?(?P<before>{ABOUT_BEFORE})?(?P<digits>[0-9]+(?:\.[0-9]+)?)(?P<scale>[万千百])?"
    rf"(?P<after>{ABOUT_AFTER})?(?:{UNITS})?(?P<last>左右|上下|以上|余)?"
)
WORDS = re.compile(
    rf"(?P<before>{ABOUT_BEFORE})?(?P<numeral>[{NUMERAL}]+)(?P<after>{ABOUT_AFTER})?(?:{UNITS})?(?P<last>左右|上下|以上)?"
)
SPAN = re.compile(rf"([0-9]+)(?:{UNITS})?(?:-|—|–|~|至|到)([0-9]+)(?:{UNITS})?(?:左右)?")
PARTS = re.compile(rf"([0-9]+)(?:{UNITS})")
COMMAS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
SCALES = {"万": 10_000, "千": 1000, "百": 100}


@dataclasses.dataclass(frozen=True)
class People:
    """Number of people; `is_about`: the sheet says that it is approximate."""

    count: int
    is_about: bool = False


def read_people(value: Value, said: str, answers: Answers) -> People:
    """Number of a cell. Raises Asked, Refused, LeftOut."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Refused("people_unreadable", said=said)
    if isinstance(value, int | float):
        return People(_whole(Decimal(str(value)), said))
    text = COMMAS.sub("", plain(value)).replace(" ", "").rstrip("。.;")
    if text in NONE_SAID:
        raise Refused("people_missing")
    if found := NUMBER.fullmatch(text):
        number = Decimal(found["digits"]) * SCALES.get(found["scale"], 1)
        return People(_whole(number, said), bool(found["before"] or found["after"] or found["last"]))
    return _from_words(text, said, answers)


def _from_words(text: str, said: str, answers: Answers) -> People:
    if span := SPAN.fullmatch(text):
        return People(_whole(Decimal(ask(answers, "which_number", span.groups(), said=said)), said), is_about=True)
    found = WORDS.fullmatch(text)
    count = by_value(found["numeral"]) if found else None
    if found and count:
        if found["before"] or found["after"] or found["last"]:
            return People(_whole(Decimal(ask(answers, "about_number", [str(count)], said=said)), said), is_about=True)
        return People(_whole(Decimal(count), said))
    parts = PARTS.findall(text)
    if len(parts) > 1:
        return People(_whole(Decimal(ask(answers, "which_number", [str(sum(map(int, parts)))], said=said)), said))
    raise Refused("people_unreadable", said=said)


def _whole(number: Decimal, said: str) -> int:
    if number != number.to_integral_value() or not 0 <= number <= MOST:
        raise Refused("people_out_of_range", said=said, most=MOST)
    return int(number)
