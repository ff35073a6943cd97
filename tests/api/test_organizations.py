"""Organisations: public, in the register's order, nothing of a person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.http import urlencode

from centers.choices import CenterStatus
from centers.models import Center
from organizations.models import Organization
from organizations.services.organizations import dissolve_organization, move_organization
from tests.api.asking import assert_problem
from tests.factories.organizations import day, make_liaison, make_organization
from tests.support.cast import EVERYBODY, INSIDE, Cast
from tests.support.queries import assert_constant_queries

PATH = "/api/v1/organizations/"


@pytest.fixture
def branch(cast: Cast) -> Organization:
    return make_organization(cast.center, founded_on=day("2020-07-01"))


def names(client: Any, **query: str) -> list[str]:
    return [row["name"] for row in client.get(f"{PATH}?{urlencode(query)}").json()["results"]]


def test_everybody_may_read_them(cast: Cast, branch: Organization, api: Callable[..., Any]) -> None:
    for role in EVERYBODY:
        assert names(api(cast[role])) == [branch.name]
        assert api(cast[role]).get(f"{PATH}{branch.pk}/").status_code == 200


def test_one_tells_all_that_is_public(cast: Cast, branch: Organization, api: Callable[..., Any]) -> None:
    parent = make_organization(cast.town, "演示党委", type="committee")
    Organization.objects.filter(pk=branch.pk).update(parent=parent)
    make_liaison(branch)
    assert api().get(f"{PATH}{branch.pk}/").json() == {
        "id": branch.pk,
        "name": "演示第一党支部",
        "short_name": "",
        "name_en": "Yanshi No. 1 Party Branch",
        "type": "branch",
        "field_of_work": "community",
        "center": cast.center.code,
        "center_name": cast.center.name,
        "center_name_en": cast.center.name_en,
        "parent": parent.pk,
        "founded_on": "2020-07-01",
        "dissolved_on": None,
    }


def test_they_are_narrowed_and_sorted(cast: Cast, branch: Organization, api: Callable[..., Any]) -> None:
    make_organization(cast.town, "演示党委", type="committee", field_of_work="agency", founded_on=day("1999-01-01"))
    make_organization(cast.other_town, "演示共建", type="partner", field_of_work="enterprise")
    client = api()
    assert names(client, under=cast.town.code, ordering="founded_on") == ["演示党委", "演示第一党支部"]
    assert names(client, center=cast.town.code) == ["演示党委"] == names(client, type="committee")
    assert names(client, field="enterprise") == ["演示共建"] == names(client, q="共建")
    assert names(client, center="gone") == []
    for query in ("type=club", "field=sea", "under=gone", "active_on=yesterday", "ordering=liaison"):
        body = assert_problem(client.get(f"{PATH}?{query}"), 400, "invalid")
        assert body["errors"][0]["field"] == query.partition("=")[0]


def test_those_of_a_day_are_asked_for_by_the_day(cast: Cast, branch: Organization, api: Callable[..., Any]) -> None:
    dissolve_organization(actor=None, organization=branch, on=day("2026-11-01"))
    client = api()
    assert names(client) == [branch.name] and client.get(f"{PATH}{branch.pk}/").json()["dissolved_on"] == "2026-11-01"
    there = {text: names(client, active_on=text) for text in ("2020-06-30", "2020-07-01", "2026-10-31", "2026-11-01")}
    assert [bool(found) for found in there.values()] == [False, True, True, False]


def test_the_center_is_that_of_today(cast: Cast, branch: Organization, api: Callable[..., Any]) -> None:
    move_organization(actor=None, organization=branch, center=cast.sibling, on=day("2026-11-24"))
    assert api().get(f"{PATH}{branch.pk}/").json()["center"] == cast.sibling.code
    assert names(api(), center=cast.center.code) == []


@pytest.mark.parametrize("role", EVERYBODY)
def test_those_of_a_planned_center_are_there_for_who_works_there(
    cast: Cast, branch: Organization, role: str, api: Callable[..., Any]
) -> None:
    Center.objects.filter(pk=cast.center.pk).update(status=CenterStatus.PLANNED)
    answer = api(cast[role]).get(f"{PATH}{branch.pk}/")
    assert (answer.status_code == 200) == bool(names(api(cast[role]))) == (role in INSIDE)


def test_it_only_reads(cast: Cast, branch: Organization, api: Callable[..., Any]) -> None:
    client = api(cast["city_admin"])
    assert_problem(client.send(PATH, {"name": "演示"}), 405, "method_not_allowed")


def test_queries_do_not_grow_with_the_rows(cast: Cast, api: Callable[..., Any]) -> None:
    client = api()

    def grow(more: int) -> None:
        for number in range(more):
            make_organization(cast.center, f"演示{Organization.objects.count()}支部{number}")

    assert_constant_queries(grow, lambda: client.get(f"{PATH}?page_size=100"))
