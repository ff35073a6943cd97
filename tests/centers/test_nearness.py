"""Near by the tree.

The chosen village, its town, its neighbours, the city center, then the other towns in the register's order.
"""

import datetime as dt
from typing import Any

import pytest

from centers.domain.nearness import Why, ranked_from
from centers.models import Center
from centers.services import tree
from common import clock
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


def test_after_a_move_near_is_where_it_stands_then(pinghu: dict[str, Any]) -> None:
    moves = clock.today() + dt.timedelta(days=10)
    village, town = pinghu["水洞埭社区"], pinghu["新埭镇"]
    tree.move_center(actor=None, center=village, new_parent=town, on=moves)
    before, after = (ranked_from(village, on=moves + dt.timedelta(days=shift)) for shift in (-1, 0))
    assert [list(ranked)[1] for ranked in (before, after)] == [pinghu["当湖街道"].pk, town.pk]
    assert [ranked[pinghu["洁芳社区"].pk].why for ranked in (before, after)] == [Why.SAME, Why.OTHER]


def test_what_is_of_a_higher_level_comes_before_what_is_registered_earlier(pinghu: dict[str, Any]) -> None:
    """A single site beside the towns stands after them, wherever the register has it."""
    site = next(name for name, center in pinghu.items() if center.level_id == "site")
    Center.objects.filter(pk=pinghu[site].pk).update(order=0)
    order = order_from(None)
    assert order[0] == "平湖市"
    towns = [center.short_name for center in Center.objects.filter(level="town")]
    assert order.index(site) > max(order.index(town) for town in towns)
