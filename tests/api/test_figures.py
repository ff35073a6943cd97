"""Figures and metrics over the API: visitors get the open ones of the network, who works there gets theirs."""

from typing import Any

import pytest
from django.test import Client

from stats.domain import metrics as registry
from stats.services.closing import close
from tests.stats.conftest import OCTOBER, at, held
from tests.support.cast import make_cast
from tests.support.queries import assert_constant_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FIGURES, METRICS = "/api/v1/figures/", "/api/v1/metrics/"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_visitors_get_the_open_figures_of_the_network() -> None:
    cast = make_cast()
    held(cast.center, at(10, 7), people=31)
    close(OCTOBER)
    [city] = Client().get(FIGURES, {"period": "2026-10"}).json()["results"]
    assert (city["center"], city["period"]) == (cast.city.code, "2026-10")
    figures = {one["metric"]: one["value"] for one in city["figures"]}
    assert list(figures) == [metric.code for metric in registry.all_metrics() if metric.is_open]
    assert figures["activity.people"] == 31
    assert Client().get(f"{FIGURES}{cast.center.code}/").status_code == 404


def test_who_works_there_gets_all_of_it_and_nothing_of_others() -> None:
    cast = make_cast()
    held(cast.center, at(10, 7), people=31)
    close(OCTOBER)
    client = signed_in(cast["staff"])
    found = client.get(f"{FIGURES}{cast.center.code}/", {"period": "2026-10"}).json()
    assert [one["metric"] for one in found["figures"]] == [metric.code for metric in registry.all_metrics()]
    assert client.get(f"{FIGURES}{cast.sibling.code}/").status_code == 404
    codes = {one["center"] for one in client.get(FIGURES).json()["results"]}
    assert codes == {cast.city.code, cast.center.code}


def test_filters() -> None:
    cast = make_cast()
    held(cast.center, at(10, 7), people=31)
    close(OCTOBER)
    client = signed_in(cast["town_admin"])
    asked = {"period": "2026-10", "center": cast.center.code, "metric": ["activity.people", "activity.count"]}
    [found] = client.get(FIGURES, asked).json()["results"]
    assert [(one["metric"], one["value"]) for one in found["figures"]] == [
        ("activity.count", 1),
        ("activity.people", 31),
    ]
    for wrong in ({"period": "2026-13"}, {"metric": "no.such"}, {"period": ""}):
        assert Client().get(FIGURES, wrong).status_code == 400


def test_metrics_are_public() -> None:
    found = Client().get(METRICS, {"page_size": 100}).json()["results"]
    assert [one["code"] for one in found] == [metric.code for metric in registry.all_metrics()]
    assert Client().get(f"{METRICS}activity.people/").json()["unit"] == "attendances"
    assert Client().get(f"{METRICS}no.such/").status_code == 404


def test_constant_queries() -> None:
    cast = make_cast()
    client = signed_in(cast["city_admin"])
    close(OCTOBER)
    sizes = iter((2, 2, 20, 20))
    assert_constant_queries(
        lambda _n: None, lambda: client.get(FIGURES, {"period": "2026-10", "page_size": next(sizes)})
    )
