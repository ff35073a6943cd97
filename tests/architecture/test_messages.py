"""Two complete languages: English in the code, Chinese in the catalogue."""

import re
import string

import pytest
from babel.messages import Message

from common.i18n.catalogue import CATALOGUE, gather, read_catalogue

CJK = re.compile(r"[\u3400-\u9fff]")
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
# The same in both languages: names, numbers, units.
AS_IT_IS = set(string.punctuation + string.digits + " ")


@pytest.fixture(scope="module")
def said() -> list[Message]:
    return [message for message in gather() if message.id]


@pytest.fixture(scope="module")
def kept() -> dict[tuple[object, str | None], Message]:
    return {(message.id, message.context): message for message in read_catalogue() if message.id}


def words(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_message_of_the_code_has_its_chinese(said, kept):
    missing = [
        message.id for message in said if not all(words(kept.get((message.id, message.context), Message("", ""))))
    ]
    assert not missing, f"{len(missing)} messages to translate in {CATALOGUE.name} (make messages): {missing[:20]}"


def test_none_is_a_guess_or_left_over(said, kept):
    assert not [message.id for message in kept.values() if message.fuzzy]
    assert not [key for key in kept if key not in {(message.id, message.context) for message in said}]


def test_the_source_language_is_english(said):
    ids = [text for message in said for text in ([message.id] if isinstance(message.id, str) else message.id)]
    assert not [text for text in ids if CJK.search(text)]


def test_translations_are_chinese_and_fill_the_same_places(kept):
    wrong = []
    for message in kept.values():
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        places = [set(PLACE.findall(text)) for text in ids]
        for text in filter(None, words(message)):
            plain = PLACE.sub("", text)
            latin_only = not CJK.search(plain) and not set(plain) <= AS_IT_IS and text == ids[0] and " " in plain
            if latin_only or set(PLACE.findall(text)) not in places:
                wrong.append((message.id, text))
    assert not wrong
