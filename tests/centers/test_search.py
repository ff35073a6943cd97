"""Finding a center by its name: in Chinese, in letters, by its code; with an index that serves the question."""

from typing import Any

import pytest
from django.db import connection

from centers.models import Center

pytestmark = pytest.mark.django_db


def found(text: str) -> set[str]:
    return {center.short_name for center in Center.objects.search(text)}


@pytest.mark.parametrize(
    "text", ["danghu", "DANGHU", "Danghu Sub", "subdistrict dang", "当湖", "当湖街", "330482001 当湖"]
)
def test_chinese_and_letters_find_it(pinghu: dict[str, Any], text: str) -> None:
    assert found(text) == {"当湖街道"}


def test_words_that_nothing_has_find_nothing(pinghu: dict[str, Any]) -> None:
    assert found("danghu xindai") == found("shanghai") == set()


def test_the_index_serves_what_is_asked(pinghu: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Center.objects.search("shuidongdai").order_by().explain()
    assert "center_search_trgm" in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("typed", ["José", "Jose\u0301", "\u200bJose\u0301 ", "水洞埭 Jose\u0301"])
def test_letters_of_two_characters_find_those_of_one(pinghu: dict[str, Any], typed: str) -> None:
    """Some keyboards and systems write é as e and a mark of its own; names are kept composed."""
    Center.objects.filter(pk=pinghu["水洞埭社区"].pk).update(name_en="José Community")
    assert [center.code for center in Center.objects.search(typed)] == [pinghu["水洞埭社区"].code]
