"""What people write is kept as it can be seen, by forms and by the API alike."""

import io
import json

import pytest
from django import forms
from django.utils import translation

from common.api.parsing import Json
from common.forms.fields import EnglishNameField, TextField
from common.text import cleaned_text
from common.words.names import zh

NOTHING_TO_SEE = (
    "\u200b",
    "\u202e",
    "\u2060\ufeff",
    "\u3164",
    "\u2800",
    "\u200d",
    "\ufe0f",
    "\xad",
    "\u200b \u200d\u3000",
    "\U000e0061",
)
SEEN = (
    *("活动室", "𠮷野家", "葛\U000e0100城", "Café Nº 5", "两行\n字", "می\u200cخواهم", "क्\u200dष"),
    *("👨\u200d👩\u200d👧", "❤\ufe0f\u200d🔥", "👩🏽\u200d⚕\ufe0f", "1\ufe0f\u20e3"),
)


@pytest.mark.parametrize("text", NOTHING_TO_SEE)
def test_what_nobody_sees_is_nothing(text: str) -> None:
    assert cleaned_text(text) == ""
    with pytest.raises(forms.ValidationError) as refused:
        TextField().clean(text)
    assert refused.value.code == "required"


@pytest.mark.parametrize("text", SEEN)
def test_what_is_seen_stays_also_rare_characters_and_emoji(text: str) -> None:
    assert cleaned_text(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("二楼\u202e活动室", "二楼活动室"),
        ("活\u200b动\u200d室\u200c", "活动室"),
        ("\u3000 活动室\xa0", "活动室"),
        ("Cafe\u0301", "Café"),
        ("一\r\n二\x07", "一\n二"),
        ("a\u200b\u0301", "á"),
        ("e\u200d\u0301", "é"),
    ],
)
def test_names_that_look_alike_are_alike(typed: str, kept: str) -> None:
    assert cleaned_text(typed) == kept
    assert cleaned_text(kept) == kept


def test_what_cannot_be_kept_is_refused_not_dropped() -> None:
    with pytest.raises(forms.ValidationError):
        TextField().clean("活动\0室")


def test_length_counts_what_is_kept() -> None:
    assert TextField(max_length=3).clean("\u200b".join("活动室")) == "活动室"


def test_the_api_takes_the_same_text() -> None:
    body = {"contact": {"name": "\u200b"}, "notes": ["二楼\u202e活动室", 5, None], "reason": "𠮷"}
    taken = Json().parse(io.BytesIO(json.dumps(body).encode()))
    assert taken == {"contact": {"name": ""}, "notes": ["二楼活动室", 5, None], "reason": "𠮷"}


@pytest.mark.parametrize(("typed", "kept"), [("Ｒｏｏｍ　１", "Room 1"), ("Café", "Café"), ("", ""), ("\u200b", "")])
def test_an_english_name_is_in_latin_letters(typed: str, kept: str) -> None:
    assert EnglishNameField(required=False).clean(typed) == kept


@pytest.mark.parametrize("typed", ["二楼活动室", "Room 二", "𠮷", "301", "—", "Зал"])
def test_what_is_in_none_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        EnglishNameField().clean(typed)
    assert [error.code for error in refused.value.error_list] == ["not_in_latin_letters"]


def test_marking_knows_rare_characters() -> None:
    with translation.override("en"):
        assert zh("𠮷野家") == '<span lang="zh">𠮷野家</span>'
