"""The list of services, the page of one, and what a center's page shows of them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.choices import Audience, Function, Group
from catalog.models import Service
from catalog.services.publishing import edit_service, retire_service
from tests.factories.catalog import adapt, make_service, switch_off
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

LIST = "/services/"
ClientOf = Callable[..., Client]


def page_of(service: Service, **query: str) -> str:
    return reverse("catalog:service_detail", args=[service.pk], query=query)


def found(client: Client, **query: str) -> list[str]:
    return [offer.title for offer in client.get(LIST, query).context["offers"]]


def test_the_list_is_narrowed_by_function_audience_and_group(client_of: ClientOf, cast: Cast) -> None:
    make_service(cast.city, "谈", function=Function.TALKS, audience=[Audience.MEMBERS, Audience.RESIDENTS])
    make_service(cast.center, "学", function=Function.STUDY, audience=[Audience.MEMBERS], groups=[Group.ELDERS])
    client = client_of()
    assert found(client) == ["学", "谈"]
    assert found(client, function="talks") == found(client, audience="residents") == ["谈"]
    assert found(client, audience="members") == ["学", "谈"]
    assert found(client, groups="elders") == ["学"]
    assert found(client, function="talks", groups="elders") == []


@pytest.mark.parametrize("words", ["民意", "收集", "shouji minyi", "sjmy", "SJMY", "Opinions", "听听", "收 意"])
def test_it_is_found_in_chinese_letters_and_english(client_of: ClientOf, cast: Cast, words: str) -> None:
    make_service(cast.city, "收集民意", title_en="Collecting Opinions", summary="听听大家怎么说")
    make_service(cast.city, "综合服务")
    assert found(client_of(), q=words) == ["收集民意"]


def test_it_is_found_by_what_a_center_calls_it(client_of: ClientOf, cast: Cast) -> None:
    adapt(cast.center, make_service(cast.city, "综合服务"), title="红色代办")
    assert found(client_of(), q="hongse") == ["综合服务"]
    assert found(client_of(), q="红色", center=cast.center.code) == ["红色代办"]


def test_a_center_lists_what_it_offers_in_its_own_words(client_of: ClientOf, cast: Cast) -> None:
    one, two = make_service(cast.city, "一"), make_service(cast.city, "二")
    make_service(cast.sibling, "邻村的")
    adapt(cast.center, one, title="村里的一", place="村里")
    switch_off(cast.center, two)
    client = client_of(language="zh-hans")
    assert found(client, center=cast.center.code) == ["村里的一"]
    answer = client.get(LIST, {"center": cast.center.code}).content.decode()
    assert f"{page_of(one)}?center={cast.center.code}" in answer and "村里" in answer
    assert set(found(client)) == {"一", "二", "邻村的"}


@pytest.mark.parametrize(
    "query", [{"function": "roof"}, {"center": "nowhere"}, {"audience": "cats"}, {"page": "999"}, {"q": "%"}]
)
def test_what_makes_no_sense_narrows_nothing_or_finds_nothing(
    client_of: ClientOf, cast: Cast, query: dict[str, str]
) -> None:
    make_service(cast.city, "一")
    answer = client_of().get(LIST, query)
    assert answer.status_code == 200
    assert len(answer.context["offers"]) == (0 if "q" in query else 1)


def test_empty_lists_say_what_to_do_next(client_of: ClientOf, cast: Cast) -> None:
    assert "No services yet" in client_of().get(LIST).content.decode()
    assert "Nothing found" in client_of().get(LIST, {"q": "zzzz"}).content.decode()


def test_htmx_gets_the_list_alone(client_of: ClientOf, cast: Cast) -> None:
    make_service(cast.city, "一")
    part = client_of().get(LIST, headers={"hx-request": "true"}).content.decode()
    assert "一" in part and "<html" not in part


def test_only_what_is_offered_is_listed(client_of: ClientOf, cast: Cast) -> None:
    retire_service(actor=None, service=make_service(cast.city, "撤"))
    switch_off(cast.city, make_service(cast.city, "停"))
    assert found(client_of("city_admin")) == []


def test_the_page_says_the_facts_there_are_and_no_others(client_of: ClientOf, cast: Cast) -> None:
    service = make_service(cast.city, "谈心交流", title_en="Talks", minutes=90, place="二楼", groups=[Group.ELDERS])
    page = client_of().get(page_of(service)).content.decode()
    for words in ("Talks", "1 h 30 min", "Elders", "二楼", "Residents", "On site"):
        assert words in page, words
    assert "What to bring" not in page and "How it is done" not in page


def test_a_center_shows_it_in_its_own_words_and_its_phone(client_of: ClientOf, cast: Cast) -> None:
    service = make_service(cast.city, "综合服务", place="市里", bring="证件")
    adapt(cast.center, service, place="村里")
    cast.center.phone = "0573-00000001"
    cast.center.save()
    here = client_of(language="zh-hans").get(page_of(service, center=cast.center.code))
    told = {str(fact.label): str(fact.value) for fact in here.context["pairs"]}
    assert (told["地点"], told["携带材料"]) == ("村里", "证件")
    assert "0573-00000001" in here.content.decode()
    plain = client_of(language="zh-hans").get(page_of(service)).content.decode()
    assert "市里" in plain and "0573-00000001" not in plain


@pytest.mark.parametrize("code", ["nowhere", "", "sibling of another town"])
def test_a_center_that_doesnt_take_part_shows_the_service_as_it_is(client_of: ClientOf, cast: Cast, code: str) -> None:
    service = make_service(cast.town, "镇服务", place="镇里")
    code = cast.other_town.code if code.startswith("sibling") else code
    answer = client_of().get(page_of(service, center=code))
    assert (answer.status_code, answer.context["here"]) == (200, None)
    assert "镇里" in answer.content.decode()


def test_what_isnt_offered_says_so(client_of: ClientOf, cast: Cast) -> None:
    service = make_service(cast.city)
    switch_off(cast.town, service)
    client = client_of()
    assert "Not offered at present" in client.get(page_of(service, center=cast.center.code)).content.decode()
    assert "Not offered at present" not in client.get(page_of(service)).content.decode()
    retire_service(actor=None, service=service)
    assert "has been withdrawn" in client.get(page_of(service)).content.decode()


def test_earlier_versions_say_what_changed_and_who_did_it_to_those_who_may_know(
    client_of: ClientOf, cast: Cast, clock: TestClock
) -> None:
    service = make_service(cast.city, "综合服务", place="一楼")
    assert "Earlier versions" not in client_of().get(page_of(service)).content.decode()
    clock.advance(days=3)
    edit_service(actor=cast["city_admin"], service=service, place="", minutes=20)
    answer = client_of().get(page_of(service))
    newest, oldest = answer.context["changes"]
    assert [(str(fact.label), str(fact.value)) for fact in newest.facts] == [
        ("Where", "blank"),
        ("Duration, minutes", "20 min"),
    ]
    assert oldest.at + dt.timedelta(days=3) == newest.at
    page = answer.content.decode()
    assert "Updated on Fri 27 Nov" in page and "city_admin" not in page
    assert "city_admin" in client_of("city_admin").get(page_of(service)).content.decode()


def test_who_may_change_what_the_page_says_is_led_there(client_of: ClientOf, cast: Cast) -> None:
    service = make_service(cast.city)
    edit = reverse("catalog:service_edit", args=[service.pk])
    adapt_here = reverse("catalog:service_adapt", args=[cast.center.code, service.pk])
    here = page_of(service, center=cast.center.code)

    def edit_url(role: str, address: str) -> str:
        return str(client_of(role).get(address).context["edit_url"])

    assert [edit_url(role, page_of(service)) for role in ("anonymous", "manager", "city_admin")] == ["", "", edit]
    assert [edit_url(role, here) for role in ("resident", "staff", "manager", "city_admin")] == [
        "",
        "",
        adapt_here,
        adapt_here,
    ]
    retire_service(actor=None, service=service)
    assert edit_url("city_admin", page_of(service)) == ""


def test_a_centers_own_changes_are_among_them(client_of: ClientOf, cast: Cast, clock: TestClock) -> None:
    service = make_service(cast.city, "综合服务")
    clock.advance(days=1)
    adapt(cast.center, service, place="村里")
    here = client_of().get(page_of(service, center=cast.center.code)).context
    assert [change.center for change in here["changes"]] == [cast.center, cast.city]
    assert len(client_of().get(page_of(service)).context["changes"]) == 1


def test_a_centers_page_shows_what_can_be_done_there(client_of: ClientOf, cast: Cast) -> None:
    client, address = client_of(language="zh-hans"), cast.center.get_absolute_url()
    assert "能办什么" not in client.get(address).content.decode()
    service = make_service(cast.city, "收集民意", function=Function.OPINIONS)
    off = make_service(cast.city, "停办的")
    adapt(cast.center, service, title="民意直通车")
    switch_off(cast.center, off)
    page = client.get(address).content.decode()
    assert "能办什么" in page and "民意直通车" in page and "停办的" not in page
    assert f"{page_of(service)}?center={cast.center.code}" in page


def grow_services(cast: Cast) -> Callable[[int], Any]:
    numbers = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            adapt(cast.center, make_service(cast.city, f"服务{next(numbers)}"), place="村里")

    return grow


@pytest.mark.parametrize("query", [{}, {"center": "the center"}, {"q": "fuwu"}])
def test_the_list_asks_the_same_of_two_and_of_twenty(client_of: ClientOf, cast: Cast, query: dict[str, str]) -> None:
    client = client_of()
    asked = {name: cast.center.code if value == "the center" else value for name, value in query.items()}
    assert_constant_queries(grow_services(cast), lambda: client.get(LIST, asked))


def test_a_centers_page_asks_the_same_of_two_and_of_twenty(client_of: ClientOf, cast: Cast) -> None:
    client = client_of()
    assert_constant_queries(grow_services(cast), lambda: client.get(cast.center.get_absolute_url()))


def test_the_page_of_one_asks_the_same_with_two_versions_and_with_twenty(client_of: ClientOf, cast: Cast) -> None:
    client, service, numbers = client_of("manager"), make_service(cast.city), iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            adapt(cast.center, service, place=f"{next(numbers)}楼")

    assert_constant_queries(grow, lambda: client.get(page_of(service, center=cast.center.code)))
