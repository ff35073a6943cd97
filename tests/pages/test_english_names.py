"""English pages can be read without Chinese, titles too; Chinese pages know nothing of English names."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bookings.models import Space
from centers.models import Center
from notifications.domain import message_kinds
from tests.factories.bookings import book, make_booker, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

CJK = re.compile(r"[\u3400-\u9fff]")
OF_CENTER = (
    *(
        "pages:center_detail",
        "pages:center_manage",
        "centers:hours_edit",
        "centers:special_day_list",
        "centers:role_list",
    ),
    *("centers:staff_create", "bookings:space_list_manage", "bookings:space_create", "bookings:policy_edit"),
)
OF_SPACE = ("bookings:space_detail", "bookings:space_edit", "bookings:space_policy_edit")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    return cast


@pytest.fixture
def space(cast: Cast) -> Space:
    return make_space(cast.center, "多功能厅", name_en="Multi-purpose Hall")


def page(cast: Cast, url: str, language: str = "en", role: str = "manager") -> str:
    client = Client()
    client.cookies["django_language"] = language
    if role != "anonymous":
        client.force_login(cast[role])
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def title(html: str) -> str:
    found = TITLE.search(html)
    assert found
    return found[1]


def pages_with_names_in_their_title(center: Center, space: Space) -> dict[str, str]:
    of_center = {name: reverse(name, args=[center.code]) for name in OF_CENTER}
    return of_center | {name: reverse(name, args=[space.pk]) for name in OF_SPACE}


def test_titles_are_in_english_and_tell_centers_and_rooms_apart(cast: Cast, space: Space) -> None:
    for name, url in pages_with_names_in_their_title(cast.center, space).items():
        words = title(page(cast, url))
        assert not CJK.search(words), (name, words)
        assert "Shuidongdai Community" in words, name
        assert ("Multi-purpose Hall" in words) == (name in OF_SPACE), name


def test_a_room_without_an_english_name_is_titled_by_the_kind_of_its_area(cast: Cast) -> None:
    bare = make_space(cast.center, "二楼活动室")
    english = page(cast, bare.get_absolute_url())
    assert title(english).startswith("Activity area · Shuidongdai Community")
    assert '<span lang="zh">二楼活动室</span>' in english
    assert title(page(cast, bare.get_absolute_url(), "zh-hans")).startswith("二楼活动室 · 水洞埭社区党群服务中心")


@pytest.mark.parametrize("role", ["anonymous", "manager"])
def test_the_chinese_name_stands_once_to_ask_the_way_with(cast: Cast, space: Space, role: str) -> None:
    of_center = page(cast, reverse("pages:center_detail", args=[cast.center.code]), role=role)
    assert of_center.count(cast.center.name) == 1
    assert f'lang="zh">{cast.center.name}<' in of_center
    of_space = page(cast, space.get_absolute_url(), role=role)
    assert of_space.count(f'lang="zh">{space.name}<') == of_space.count(space.name) == 1


def test_chinese_pages_know_nothing_of_it(cast: Cast, space: Space) -> None:
    for name, url in pages_with_names_in_their_title(cast.center, space).items():
        chinese = page(cast, url, "zh-hans")
        assert cast.center.short_name in title(chinese), name
        # But in the field where it is entered.
        shown = re.sub(r"<input[^>]*>", "", chinese)
        assert "Shuidongdai" not in shown, name
        assert "Multi-purpose" not in shown, name


def test_lists_and_messages_name_them_too(cast: Cast, space: Space) -> None:
    booking = book(make_booker(61), space)
    for language, where in (
        ("en", "Shuidongdai Community, Multi-purpose Hall is yours"),
        ("zh-hans", "水洞埭社区 多功能厅"),
    ):
        with translation.override(language):
            assert message_kinds.texts("booking_confirmed", [booking.reference])[booking.reference].body.startswith(
                where
            )
    for url in (
        reverse("pages:home"),
        reverse("centers:center_list"),
        "/search/?day=2026-11-26&start=09:00&end=10:00&headcount=5",
    ):
        shown = page(cast, url, role="anonymous")
        assert "Shuidongdai Community" in shown, url
        assert cast.center.short_name not in shown, url


def test_managers_say_what_their_center_is_called_in_english(cast: Cast) -> None:
    client, url = Client(), reverse("pages:center_manage", args=[cast.center.code])
    client.force_login(cast["manager"])

    def said(name: dict[str, str]) -> tuple[Any, ...]:
        client.post(url, {"phone": "", "address": "", **name})
        return Center.objects.values_list("name_en", "is_name_en_derived").get(pk=cast.center.pk)

    assert said({}) == said({"name_en": cast.center.name_en}) == (cast.center.name_en, True)
    assert said({"name_en": "Shuidongdai House"}) == ("Shuidongdai House", False)
    assert said({"name_en": ""}) == ("", True)
