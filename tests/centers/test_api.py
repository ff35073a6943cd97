"""Centers by API: public facts, filtered, in a constant number of queries."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from centers.choices import DayKind
from centers.models import Center, WeeklyHours

pytestmark = pytest.mark.django_db
URL = "/api/v1/centers/"


def test_one_center(client: Client, pinghu: dict[str, Any]) -> None:
    told = client.get(f"{URL}330482001001/").json()
    assert (told["name"], told["level"], told["parent"]) == ("水洞埭社区党群服务中心", "village", "330482001")
    assert told["open_state"]["is_open"] is False
    assert client.get(f"{URL}330482/").json()["parent"] is None
    assert client.get(f"{URL}nowhere/").status_code == 404


def test_the_list_is_paged_and_filtered(client: Client, pinghu: dict[str, Any]) -> None:
    assert client.get(URL).json()["count"] == Center.objects.count()
    assert client.get(URL, {"level": "town"}).json()["count"] == Center.objects.filter(level="town").count()
    assert [one["code"] for one in client.get(URL, {"q": "水洞"}).json()["results"]] == ["330482001001"]
    under = client.get(URL, {"under": "330482106", "ordering": "-code"}).json()
    assert under["count"] == Center.objects.filter(code__startswith="330482106").count()
    assert under["results"][-1]["code"] == "330482106"


def test_open_now(client: Client, pinghu: dict[str, Any]) -> None:
    WeeklyHours.objects.bulk_create(
        WeeklyHours(center=pinghu["水洞埭社区"], day_kind=kind, opens=dt.time(0), closes=dt.time(23, 59, 59))
        for kind in DayKind
    )
    found = client.get(URL, {"open_now": "true"}).json()["results"]
    assert [(one["code"], one["open_state"]["is_open"]) for one in found] == [("330482001001", True)]


def test_a_planned_center_is_not_told(client: Client, pinghu: dict[str, Any]) -> None:
    Center.objects.filter(code="330482001001").update(status="planned")
    assert client.get(f"{URL}330482001001/").status_code == 404


def test_nothing_can_be_written(client: Client, pinghu: dict[str, Any]) -> None:
    assert client.post(URL, {"code": "x"}, content_type="application/json").status_code in (403, 405)


def test_queries_do_not_grow(client: Client, pinghu: dict[str, Any], django_assert_max_num_queries: Any) -> None:
    for size in (2, 100):
        with django_assert_max_num_queries(8):
            assert len(client.get(URL, {"page_size": size}).json()["results"]) == size
