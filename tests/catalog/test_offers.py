"""The rule of what a center offers: every level's own, in the nearest words, without what a level has switched off."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.choices import Function
from catalog.domain.offers import Offer, known_at, offers_at, offers_at_each
from catalog.models import Service
from catalog.services.publishing import adapt_service, retire_service, switch_service
from centers.choices import CenterStatus
from centers.models import Center
from centers.services.tree import move_center
from tests.factories.bookings import TOMORROW
from tests.factories.catalog import adapt, make_service, switch_off
from tests.factories.centers import make_tree
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock


def titles(offers: Iterable[Offer]) -> list[str]:
    return [offer.title for offer in offers]


def only(center: Center) -> Offer:
    [offer] = offers_at(center)
    return offer


def test_each_level_adds_its_own_and_what_is_above_reaches_down(cast: Cast) -> None:
    for center, title in ((cast.city, "市"), (cast.town, "镇"), (cast.center, "村"), (cast.sibling, "邻村")):
        make_service(center, title)
    assert titles(offers_at(cast.city)) == ["市"]
    assert titles(offers_at(cast.town)) == ["市", "镇"]
    assert titles(offers_at(cast.center)) == ["市", "镇", "村"]
    assert titles(offers_at(cast.sibling)) == ["市", "镇", "邻村"]
    assert titles(offers_at(cast.other_town)) == ["市"]


def test_they_stand_in_the_order_of_the_seven_functions(cast: Cast) -> None:
    for function in reversed(Function):
        make_service(cast.city, function.label, function=function)
    assert [offer.function for offer in offers_at(cast.center)] == list(Function)


def test_the_nearest_words_win_field_by_field(cast: Cast) -> None:
    service = make_service(cast.city, "综合服务", summary="市的话", place="市里", minutes=60, bring="证件")
    adapt(cast.town, service, place="镇里", summary="镇的话", title="镇服务", title_en="Town Service")
    adapt(cast.center, service, place="村里", minutes=20)
    assert [only(one).nearest("place") for one in (cast.city, cast.town, cast.center, cast.sibling)] == [
        "市里",
        "镇里",
        "村里",
        "镇里",
    ]
    here = only(cast.center)
    assert (here.summary, here.nearest("minutes"), here.nearest("bring")) == ("镇的话", 20, "证件")
    assert (here.title, here.title_en) == ("镇服务", "Town Service")
    assert only(cast.other_town).title == "综合服务"


def test_an_english_title_goes_with_the_title_beside_it(cast: Cast) -> None:
    service = make_service(cast.city, "综合服务", title_en="General Services")
    adapt(cast.center, service, title="村里代办")
    assert (only(cast.center).title, only(cast.center).title_en) == ("村里代办", "")


def test_what_a_level_switches_off_is_off_for_all_below_it(cast: Cast) -> None:
    service = make_service(cast.city)
    adapt(cast.center, service, place="村里")
    switch_off(cast.town, service)
    assert [titles(offers_at(one)) for one in (cast.town, cast.center, cast.sibling)] == [[], [], []]
    assert titles(offers_at(cast.other_town)) == titles(offers_at(cast.city)) == [service.title]
    [known] = known_at(cast.center)
    assert (known.off_at, known.is_off_above(cast.center), known.is_off_above(cast.town)) == (cast.town, True, False)

    switch_service(actor=None, center=cast.town, service=service, on=True)
    assert only(cast.center).nearest("place") == "村里"


def test_switched_off_at_its_own_center_it_is_off_everywhere(cast: Cast) -> None:
    service = make_service(cast.city)
    switch_off(cast.city, service)
    assert not any(offers_at_each([cast.city.pk, cast.center.pk]).values())


def test_withdrawn_it_is_offered_nowhere(cast: Cast) -> None:
    service = make_service(cast.city)
    adapt(cast.center, service, place="村里")
    retire_service(actor=None, service=service)
    assert not any(offers_at_each([cast.city.pk, cast.center.pk]).values())


def test_a_center_that_moves_away_leaves_its_towns_services_and_words_behind(cast: Cast, clock: TestClock) -> None:
    of_town, of_city = make_service(cast.town, "镇"), make_service(cast.city, "市")
    adapt(cast.center, of_town, place="村里")
    adapt(cast.town, of_city, place="镇里")
    move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=TOMORROW)
    assert titles(offers_at(cast.center)) == ["市", "镇"]
    clock.advance(days=1)
    assert titles(offers_at(cast.center)) == ["市"]
    assert only(cast.center).nearest("place") == ""


@pytest.mark.parametrize("status", [CenterStatus.PLANNED, CenterStatus.CLOSED])
def test_services_of_a_center_that_isnt_public_stay_inside(cast: Cast, status: CenterStatus) -> None:
    make_service(cast.town)
    Center.objects.filter(pk=cast.town.pk).update(status=status)
    assert not offers_at(cast.center)
    assert offers_at(cast.town), "its own people see what they prepare"


def test_one_query_for_one_center_and_for_many(cast: Cast) -> None:
    services = [make_service(cast.city, f"服务{n}") for n in range(5)]
    adapt(cast.town, services[0], place="镇里")
    everywhere = list(Center.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as captured:
        for offer in offers_at(cast.center):
            assert offer.off_at is None and offer.service.center.name
    assert len(captured) == 1
    with CaptureQueriesContext(connection) as captured:
        found = offers_at_each(everywhere)
    assert len(captured) == 1
    assert {len(offers) for offers in found.values()} == {5}


def test_as_many_queries_for_twenty_services_as_for_two(cast: Cast) -> None:
    numbers = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            adapt(cast.center, make_service(cast.city, f"服务{next(numbers)}"), place="村里")

    assert_constant_queries(grow, lambda: [offer.title for offer in offers_at(cast.center)])


def test_a_deeper_tree_resolves_alike(cast: Cast) -> None:
    levels = [row[0] for row in make_tree(1, 1, 1, 1, 1)]
    service = make_service(levels[0])
    for number, center in enumerate(levels[1:-1], start=1):
        adapt(center, service, place=f"第{number}层")
    assert [only(center).nearest("place") for center in levels] == ["", "第1层", "第2层", "第3层", "第4层", "第4层"]
    assert Service.objects.filter(adapts=service).count() == 4
    assert adapt_service(actor=None, center=levels[-1], service=service).pk is None
