"""Services by words: the hook for the search over all that the portal has."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.models import Service
from catalog.selectors.search import matching
from catalog.services.publishing import edit_service, retire_service
from common.words.letters import letters
from tests.factories.catalog import adapt, make_service, switch_off
from tests.support.cast import Cast


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("党员教育管理", "dangyuanjiaoyuguanli dyjygl"),
        ("女性服务", "nvxingfuwu nxfw"),
        ("WiFi服务", "wififuwu wififw"),
        ("", " "),
    ],
)
def test_letters_as_people_type_them(words: str, typed: str) -> None:
    assert letters(words) == typed


def test_a_service_is_found_once_however_many_centers_say_it(cast: Cast) -> None:
    service = make_service(cast.city, "代办服务")
    for center in (cast.town, cast.center, cast.other_town):
        adapt(center, service, title=f"{center.short_name}代办")
    assert list(matching("代办")) == [service]


def test_what_isnt_offered_isnt_found(cast: Cast) -> None:
    retire_service(actor=None, service=make_service(cast.city, "代办一"))
    switch_off(cast.city, make_service(cast.city, "代办二"))
    assert not matching("代办").exists()


def test_a_new_title_is_found_by_its_letters_and_the_old_one_no_more(cast: Cast) -> None:
    service = make_service(cast.city, "代办")
    edit_service(actor=None, service=service, title="谈心")
    assert list(matching("txin")) == [] and list(matching("tanxin")) == [service]
    assert not matching("daiban").exists()


def test_every_word_counts_and_signs_are_no_patterns(cast: Cast) -> None:
    service = make_service(cast.city, "代办服务", summary="100% 满意")
    assert list(matching("服务 满意")) == [service]
    assert list(matching("100%")) == [service]
    assert not matching("服务 谈心").exists() and not matching("1_0").exists()


def test_it_is_lazy_and_composes(cast: Cast, django_assert_num_queries: Callable[..., Any]) -> None:
    service = make_service(cast.city, "代办服务")
    make_service(cast.center, "代办到家")
    with django_assert_num_queries(1):
        found = matching("代办").filter(center=cast.city).in_order()
        assert list(found.values_list("pk", flat=True)) == [service.pk]
    assert Service.objects.count() == 2
