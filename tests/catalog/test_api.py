"""Services in the API: public, read only."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from catalog.choices import Channel, Function
from catalog.services.publishing import retire_service
from tests.api.asking import assert_problem
from tests.factories.catalog import adapt, make_service, switch_off
from tests.support.cast import EVERYBODY, Cast
from tests.support.queries import assert_constant_queries

SERVICES = "/api/v1/services/"
ClientOf = Callable[..., Client]


def titles(client: Client, **query: str) -> list[str]:
    return [row["title"] for row in client.get(SERVICES, query).json()["results"]]


def test_everybody_may_read_them(client_of: ClientOf, cast: Cast) -> None:
    service = make_service(cast.city, "综合服务", title_en="General Services", minutes=20)
    for role in EVERYBODY:
        client = client_of(role)
        assert titles(client) == ["综合服务"]
        told = client.get(f"{SERVICES}{service.pk}/").json()
        assert (told["id"], told["function"], told["center"]) == (service.pk, Function.GENERAL, cast.city.code)
        assert (told["title_en"], told["minutes"], told["channels"]) == ("General Services", 20, [Channel.ON_SITE])
        assert told["url"].endswith(service.get_absolute_url())


def test_a_center_tells_them_its_own_way(client_of: ClientOf, cast: Cast) -> None:
    one, two = make_service(cast.city, "一"), make_service(cast.city, "二")
    adapt(cast.town, one, title="镇里的一", place="镇里")
    switch_off(cast.center, two)
    client, code = client_of(), cast.center.code
    assert titles(client, center=code) == ["镇里的一"]
    told = client.get(f"{SERVICES}{one.pk}/", {"center": code}).json()
    assert (told["title"], told["place"], told["center"]) == ("镇里的一", "镇里", cast.city.code)
    assert_problem(client.get(f"{SERVICES}{two.pk}/", {"center": code}), 404, "not_found")
    assert titles(client) == ["一", "二"]


def test_they_are_narrowed_and_sorted(client_of: ClientOf, cast: Cast) -> None:
    make_service(cast.city, "甲", function=Function.TALKS)
    make_service(cast.city, "乙", function=Function.STUDY)
    client = client_of()
    assert titles(client, function="talks") == titles(client, q="jia") == ["甲"]
    assert titles(client) == ["乙", "甲"]
    assert titles(client, ordering="title") == titles(client, ordering="-title")[::-1]


@pytest.mark.parametrize("query", ["function=roof", "audience=cats", "center=nowhere", "groups=x", "ordering=secret"])
def test_a_filter_that_there_is_not_is_said(client_of: ClientOf, cast: Cast, query: str) -> None:
    body = assert_problem(client_of().get(f"{SERVICES}?{query}"), 400, "invalid")
    assert body["errors"][0]["field"] == query.partition("=")[0]


def test_what_isnt_offered_is_as_if_it_were_not(client_of: ClientOf, cast: Cast) -> None:
    gone, off = make_service(cast.city, "撤"), make_service(cast.city, "停")
    retire_service(actor=None, service=gone)
    switch_off(cast.city, off)
    row = adapt(cast.center, make_service(cast.city, "在"), place="村里")
    client = client_of("city_admin")
    assert titles(client) == ["在"]
    for pk in (gone.pk, off.pk, row.pk, 10**30, "x"):
        assert_problem(client.get(f"{SERVICES}{pk}/"), 404, "not_found")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_they_arent_written_here(client_of: ClientOf, cast: Cast, method: str) -> None:
    service = make_service(cast.city)
    answer: Any = getattr(client_of("city_admin"), method)(f"{SERVICES}{service.pk}/")
    assert answer.status_code == 405


@pytest.mark.parametrize("in_words_of_a_center", [False, True])
def test_queries_do_not_grow_with_the_rows(client_of: ClientOf, cast: Cast, in_words_of_a_center: bool) -> None:
    client, numbers = client_of(), iter(range(100))
    asked = {"page_size": "100", **({"center": cast.center.code} if in_words_of_a_center else {})}

    def grow(count: int) -> None:
        for _ in range(count):
            adapt(cast.center, make_service(cast.city, f"服务{next(numbers)}"), place="村里")

    assert_constant_queries(grow, lambda: client.get(SERVICES, asked))
