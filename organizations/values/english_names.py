"""English name of an organisation, from its Chinese one: the place in Hanyu Pinyin, its kind in English."""

import re

from centers.values.english_names import LONGEST, english_place

# Longest first, where one ends in another.
KINDS = {
    "基层党委": "Primary Party Committee",
    "党工委": "Party Working Committee",
    "党总支": "General Party Branch",
    "党支部": "Party Branch",
    "党委": "Party Committee",
    "团支部": "Youth League Branch",
    "团委": "Youth League Committee",
    "妇联": "Women's Federation",
    "工会": "Trade Union",
}
AT_END = re.compile(f"(?P<place>.*?)(?P<kind>{'|'.join(KINDS)})")
DIGITS = "一二三四五六七八九十"
NUMBERED = re.compile(f"(?P<place>.*?)第(?P<number>[{DIGITS}]|[0-9]+)")


def english_name(name: str) -> str:
    """水洞埭社区第一党支部 → Shuidongdai Community No. 1 Party Branch. Empty where letters can't say it.

    Takes 0.2 s the first time, while the dictionary is read: for imports and for entering an organisation, never for
    showing one.
    """
    whole = AT_END.fullmatch(name)
    place, words = (whole["place"], [KINDS[whole["kind"]]]) if whole else (name, [])
    if words and (numbered := NUMBERED.fullmatch(place)):
        number = numbered["number"]
        words.insert(0, f"No. {DIGITS.index(number) + 1 if number in DIGITS else number}")
        place = numbered["place"]
    english = " ".join([*([english_place(place)] if place else []), *words])
    return english if english.isascii() and len(english) <= LONGEST else ""
