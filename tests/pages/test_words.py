"""Words that people stumbled over: whole sentences, one word for one thing, nothing counted where there is nothing."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from centers.templatetags.opening import opens_words
from common import clock as portal_clock
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock


@pytest.mark.parametrize(
    ("ahead", "english", "chinese"),
    [
        (0, "Opens at 8:30 today", "今天8:30开放"),
        (1, "Opens at 8:30 tomorrow", "明天8:30开放"),
        (4, "Opens at 8:30, Sat", "周六 8:30开放"),
    ],
)
def test_the_next_opening_is_a_sentence(clock: TestClock, ahead: int, english: str, chinese: str) -> None:
    moment = portal_clock.at(portal_clock.today() + dt.timedelta(days=ahead), dt.time(8, 30))
    for language, words in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert opens_words(moment) == words


@pytest.mark.parametrize("word", ["片区", "分片", "终止", "今后0", "超期", "逾期", "没记"])
def test_words_given_up_are_nowhere(word: str) -> None:
    catalogue = settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"
    assert word not in catalogue.read_text(encoding="utf-8")


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    return make_cast()


def test_parts_of_the_network_are_called_by_their_level(cast: Cast) -> None:
    page = Client(headers={"Accept-Language": "zh-hans"}).get(reverse("centers:center_list")).content.decode()
    assert "按镇（街道）看" in page and '<label for="id_under">镇（街道）</label>' in page


def test_no_special_day_to_come_is_none(cast: Cast) -> None:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(cast["manager"])
    page = client.get(reverse("pages:center_manage", args=[cast.center.code])).content.decode()
    assert "没有" in page and "0天" not in page
