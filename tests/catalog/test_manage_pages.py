"""Services set up by plain forms: what they write, what they say when refused, and that they keep what was typed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from catalog.domain.offers import offers_at
from catalog.models import Service
from catalog.services.publishing import retire_service
from tests.factories.catalog import adapt, make_service, switch_off
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries

WORDS = {"title": "谈心交流", "function": "talks", "audience": ["residents"], "channels": ["on_site", "phone"]}


@pytest.fixture
def manager(client_of: Callable[..., Client]) -> Client:
    return client_of("manager")


def url(name: str, cast: Cast, service: Service | None = None) -> str:
    return reverse(f"catalog:{name}", args=[cast.center.code, *([service.pk] if service else [])])


def test_a_service_is_published_and_shown(cast: Cast, manager: Client) -> None:
    page = manager.post(url("service_create", cast), {**WORDS, "minutes": "30"}, follow=True).content.decode()
    service = Service.objects.get()
    assert (service.center, service.minutes, service.channels) == (cast.center, 30, ["on_site", "phone"])
    assert service.versions.get().actor == cast["manager"]
    assert 'Published: <span lang="zh">谈心交流</span>.' in page


def test_sent_twice_there_is_one_and_what_was_typed_is_kept(cast: Cast, manager: Client) -> None:
    manager.post(url("service_create", cast), WORDS)
    refused = manager.post(url("service_create", cast), {**WORDS, "place": "二楼"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "has a service of that title already" in page and 'value="二楼"' in page
    assert Service.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "\u200b"),
        ("title", "长" * 41),
        ("title_en", "一"),
        ("function", "roof"),
        ("audience", []),
        ("channels", ["pigeon"]),
        ("minutes", "0"),
        ("minutes", "soon"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(cast: Cast, manager: Client, field: str, value: object) -> None:
    response = manager.post(url("service_create", cast), {**WORDS, field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Service.objects.exists()


def test_a_service_is_changed_field_by_field(cast: Cast, manager: Client) -> None:
    service = make_service(cast.center, "谈心交流", place="一楼", minutes=20)
    edit = reverse("catalog:service_edit", args=[service.pk])
    assert 'value="一楼"' in manager.get(edit).content.decode()
    assert manager.post(edit, {**WORDS, "place": "二楼"}).status_code == 302
    service.refresh_from_db()
    assert (service.place, service.minutes, service.function, service.version) == ("二楼", None, "talks", 2)


def test_blank_fields_say_what_holds_and_from_where(cast: Cast, manager: Client) -> None:
    service = make_service(cast.city, "综合服务", title_en="General Services", minutes=90, place="市里")
    adapt(cast.town, service, place="镇里")
    adapt(cast.center, service, place="村里")
    page = manager.get(url("service_adapt", cast, service)).content.decode()
    assert f"If left blank: 1 h 30 min, from {cast.city.name_en}." in page
    assert f'If left blank: <span lang="zh">镇里</span>, from {cast.town.name_en}.' in page
    assert "If left blank: nothing is said of it." in page
    assert 'value="村里"' in page


def test_a_center_says_it_in_its_own_words_and_takes_them_back(cast: Cast, manager: Client) -> None:
    service = make_service(cast.city, place="市里")
    form = url("service_adapt", cast, service)
    manager.post(form, {"place": "村里"})
    [offer] = offers_at(cast.center)
    assert offer.place == "村里"
    assert "In own words" in manager.get(url("service_list_manage", cast)).content.decode()

    manager.post(form, {})
    [offer] = offers_at(cast.center)
    assert (offer.place, Service.objects.filter(adapts=service).count()) == ("市里", 1)
    assert "In own words" not in manager.get(url("service_list_manage", cast)).content.decode()


def test_its_own_and_others_services_arent_adapted(cast: Cast, manager: Client) -> None:
    for place in (cast.center, cast.sibling, cast.other_town):
        assert manager.get(url("service_adapt", cast, make_service(place))).status_code == 404


def test_a_service_is_switched_off_and_on_again(cast: Cast, manager: Client) -> None:
    service = make_service(cast.city)
    switch = url("service_switch", cast, service)
    page = manager.post(switch, follow=True).content.decode()
    assert "Switched off, here and below" in page and "Switch on" in page
    assert not offers_at(cast.center) and offers_at(cast.sibling)
    assert "Offered again" in manager.post(switch, {"on": "1"}, follow=True).content.decode()
    assert offers_at(cast.center)


def test_what_is_off_above_has_no_switch_and_says_so(cast: Cast, manager: Client) -> None:
    service = make_service(cast.city)
    switch_off(cast.town, service)
    page = manager.get(url("service_list_manage", cast)).content.decode()
    assert "Switched off above" in page and url("service_switch", cast, service) not in page
    answer = manager.post(url("service_switch", cast, service), {"on": "1"}, follow=True).content.decode()
    assert "has switched this service off for all below it" in answer


def test_withdrawing_asks_first(cast: Cast, manager: Client) -> None:
    service = make_service(cast.center)
    retire = reverse("catalog:service_retire", args=[service.pk])
    assert "Yes, withdraw it" in manager.get(retire).content.decode()
    assert offers_at(cast.center)
    manager.post(retire)
    assert not offers_at(cast.center)
    assert manager.post(retire).status_code == 302, "a second click is harmless"
    assert "Yes, withdraw it" not in manager.get(retire).content.decode()


def test_what_is_withdrawn_leads_to_its_page(cast: Cast, manager: Client) -> None:
    own, above = make_service(cast.center), make_service(cast.city)
    for service in (own, above):
        retire_service(actor=None, service=service)
    for address, service in (
        (reverse("catalog:service_edit", args=[own.pk]), own),
        (url("service_adapt", cast, above), above),
    ):
        assert manager.get(address)["Location"] == service.get_absolute_url()


def test_the_overview_counts_what_is_offered(cast: Cast, manager: Client) -> None:
    overview = reverse("pages:center_manage", args=[cast.center.code])
    assert "Nothing offered yet" in manager.get(overview).content.decode()
    make_service(cast.city)
    assert "1 service offered" in manager.get(overview).content.decode()


def test_the_list_asks_the_same_of_two_and_of_twenty(cast: Cast, manager: Client) -> None:
    numbers = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            adapt(cast.center, make_service(cast.city, f"服务{next(numbers)}"), place="村里")
            make_service(cast.center, f"自己的{next(numbers)}")

    assert_constant_queries(grow, lambda: manager.get(url("service_list_manage", cast)))
