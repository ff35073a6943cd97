"""Near by the tree.

The chosen village, its town, its neighbours, the city center, then the other towns in the register's order.
"""

from typing import Any

import pytest

from centers.domain.nearness import Why, ranked_from
from centers.models import Center
from tests.factories.centers import make_tree

pytestmark = pytest.mark.django_db


def order_from(center: Center | None) -> list[str]:
    names = {one.pk: one.short_name for one in Center.objects.all()}
    return [names[pk] for pk in ranked_from(center)]


def test_from_a_village(pinghu: dict[str, Any]) -> None:
    order = order_from(pinghu["西林寺社区"])
    own_town = [
        one.short_name
        for one in Center.objects.filter(code__startswith="330482002", level="village")
        if one.short_name != "西林寺社区"
    ]
    assert order[: 2 + len(own_town) + 2] == ["西林寺社区", "钟埭街道", *own_town, "平湖市", "当湖街道"]
    towns = [name for name in order if name in {one.short_name for one in Center.objects.filter(level="town")}]
    assert towns[1:] == [
        one.short_name
        for one in Center.objects.filter(level="town").in_register_order()
        if one.short_name != "钟埭街道"
    ]


def test_a_town_comes_before_its_villages_and_those_before_the_next_town(pinghu: dict[str, Any]) -> None:
    order = order_from(pinghu["西林寺社区"])
    assert order.index("曹桥街道") < order.index("马厩村") < order.index("新埭镇")


def test_from_a_town_its_own_villages_come_first(pinghu: dict[str, Any]) -> None:
    ranked = ranked_from(pinghu["钟埭街道"])
    assert [near.why for near in ranked.values()][:3] == [Why.HERE, Why.BELOW, Why.BELOW]
    assert order_from(pinghu["钟埭街道"]).index("平湖市") < order_from(pinghu["钟埭街道"]).index("当湖街道")


def test_from_nowhere_the_register_order(pinghu: dict[str, Any]) -> None:
    assert order_from(None)[:3] == ["平湖市", "当湖街道", "水洞埭社区"]


def test_the_reason_in_words(pinghu: dict[str, Any]) -> None:
    ranked = ranked_from(pinghu["西林寺社区"])
    words = {
        name: ranked[pinghu[name].pk].why for name in ("西林寺社区", "钟埭街道", "花园社区", "平湖市", "水洞埭社区")
    }
    assert list(words.values()) == [Why.HERE, Why.ABOVE, Why.SAME, Why.ABOVE, Why.OTHER]
    assert "镇（街道）" in ranked[pinghu["水洞埭社区"].pk].words


def test_every_center_once_at_any_depth_in_three_queries(
    pinghu: dict[str, Any], django_assert_num_queries: Any
) -> None:
    *_levels, leaves = make_tree(2, 2, 2, 2, 2)
    for center in (pinghu["平湖市"], leaves[7]):
        with django_assert_num_queries(3):
            ranked = ranked_from(center)
        assert sorted(ranked) == sorted(Center.objects.values_list("pk", flat=True))
        assert [near.rank for near in ranked.values()] == list(range(len(ranked)))
