"""English name of a center, from its Chinese one: the place in Hanyu Pinyin, its kind in English.

水洞埭社区 becomes Shuidongdai Community: the proper part in one word, without tones, a capital first; an
apostrophe before a syllable that begins with a vowel (西安, Xi'an), as the scheme of Hanyu Pinyin has it; ü
as `yu`, as GB/T 28039 spells names where only letters will do. Why so, and what else there was:
docs/decisions/0011-english-names.md."""

import csv
import functools
import re
import unicodedata
from pathlib import Path

from centers.values.names import CENTER, CENTER_EN, short_name

# What the column holds; a name that is longer in letters has no English one.
LONGEST = 240
# Longest first: 社区 ends in 区.
KINDS = {
    "街道": "Subdistrict",
    "社区": "Community",
    "省": "Province",
    "市": "City",
    "县": "County",
    "区": "District",
    "镇": "Town",
    "乡": "Township",
    "村": "Village",
}
KIND_AT_END = re.compile(f"(?P<place>.+?)(?P<kind>{'|'.join(KINDS)})")
# 独山港镇全公亭社区 begins with where it lies.
# After one character the word is part of a name (南市社区), as 市 is in 菜市场.
WHERE = re.compile(r"(?P<place>.{2,}?)(?P<kind>街道|社区|县|镇|乡|村|市(?!场))(?=..)")
READINGS = Path(__file__).resolve().parent.parent / "data" / "readings.csv"
VOWELS = ("a", "e", "o")


def english_name(name: str) -> str:
    """水洞埭社区党群服务中心 → Shuidongdai Community Party-Mass Service Center. Empty where letters can't say it.

    Takes 0.2 s the first time, while the dictionary is read: for imports and for adding a center, never for showing
    one.
    """
    if name == CENTER:
        return CENTER_EN
    place = english_place(short_name(name))
    english = f"{place} {CENTER_EN}" if name.endswith(CENTER) else place
    return english if english.isascii() and len(english) <= LONGEST else ""


def english_place(place: str) -> str:
    """独山港镇全公亭社区 → Dushangang Town Quangongting Community."""
    words = []
    while where := WHERE.match(place):
        words += [spelled(where["place"]), KINDS[where["kind"]]]
        place = place[where.end() :]
    if whole := KIND_AT_END.fullmatch(place):
        words += [spelled(whole["place"]), KINDS[whole["kind"]]]
    else:
        words.append(spelled(place))
    return " ".join(words)


def spelled(words: str) -> str:
    """西安 → Xi'an; 三港新城 → Sangang Xincheng, where `readings.csv` says by a capital that another word begins."""
    spelling = ""
    for syllable in _syllables(unicodedata.normalize("NFKC", words)):
        if syllable[0].isupper():
            spelling += f" {syllable}" if spelling else syllable
        else:
            spelling += f"'{syllable}" if spelling[-1:].isalpha() and syllable.startswith(VOWELS) else syllable
    return spelling[:1].upper() + spelling[1:]


def _syllables(words: str) -> list[str]:
    """Generate the readings of the words in order. What isn't Chinese stays as it is."""
    from pypinyin import lazy_pinyin  # 3 MB of dictionary, which those who only show names never need

    found = []
    for part in filter(None, _known().split(words)):
        if reading := _readings().get(part):
            found.append(reading)
        else:
            # The library writes ü as v.
            found += [syllable if syllable in part else syllable.replace("v", "yu") for syllable in lazy_pinyin(part)]
    return found


@functools.cache
def _readings() -> dict[str, str]:
    """Load readings of words that are read or divided otherwise in names of places."""
    with READINGS.open(encoding="utf-8", newline="") as file:
        return {row["words"]: row["reading"] for row in csv.DictReader(file)}


@functools.cache
def _known() -> re.Pattern[str]:
    return re.compile(f"({'|'.join(sorted(_readings(), key=len, reverse=True))})")
