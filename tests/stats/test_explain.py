"""Explanation of a figure: parts, evidence, rules and query, on the page and by the command."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from activities.models import Activity
from centers.choices import Role
from centers.models import Center
from stats.choices import PeriodKind
from stats.domain import metrics as registry
from stats.models import Rollup
from stats.selectors.explain import Explanation, explain
from stats.services.closing import close
from stats.values.periods import Period
from tests.factories.bookings import make_booker
from tests.factories.centers import grant
from tests.stats.conftest import OCTOBER, at, held
from tests.support.queries import assert_constant_queries

pytestmark = pytest.mark.django_db
MONTH = Period(PeriodKind.MONTH, OCTOBER)


def explained(center: Center, code: str = "activity.people") -> Explanation:
    metric = registry.find(code)
    assert metric is not None
    return explain(metric, center, MONTH)


def page(center: Center, code: str = "activity.people", number: int = 1) -> str:
    user = make_booker(number)
    grant(user, center, Role.STAFF)
    client = Client()
    client.force_login(user)
    address = reverse("stats:explain_detail", args=[code])
    response = client.get(address, {"center": center.code, "period": "2026-10"})
    assert response.status_code == 200
    return response.content.decode()


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("stats", *arguments, stdout=out)
    return out.getvalue()


def test_the_parts_and_the_figure(network: Any) -> None:
    [[_city], [east, _west], [first, second, *_others]] = network
    for center, people in ((east, 3), (first, 8), (second, 16)):
        held(center, at(10, 7), people=people)
    close(OCTOBER)
    found = explained(east)
    assert found.parts is not None
    assert (found.figure.value, found.parts.own.value, found.parts.below_total) == (27, 3, 24)
    assert found.adds_up and not found.has_changed and found.counted_at is not None
    assert "27人次" in page(east).replace(" ", "")


def test_the_checksum_changes_with_a_record(network: Any) -> None:
    [[_city], _towns, [village, *_others]] = network
    first, second = (held(village, at(10, day), people=10 * day) for day in (1, 2))
    close(OCTOBER)
    before = explained(village).parts
    Activity.objects.filter(pk=first.pk).update(attendance=20)
    Activity.objects.filter(pk=second.pk).update(attendance=10)
    close(OCTOBER)
    after = explained(village).parts
    assert before is not None and after is not None
    assert before.own.value == after.own.value and before.own.checksum != after.own.checksum


def test_what_was_hosted_with_others_is_said_not_to_be_in_it(network: Any) -> None:
    [[_city], [_east, west], [village, *_others]] = network
    held(village, at(10, 7)).co_hosts.add(west)
    close(OCTOBER)
    found = explained(west, "activity.count")
    assert found.figure.value == 0
    assert [(one.metric.code, one.figure.value) for one in found.beside] == [("activity.co_hosted", 1)]


def test_a_figure_that_differs_from_its_parts_is_said(network: Any) -> None:
    [[_city], [east, _west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    close(OCTOBER)
    assert "note warn" not in page(east)
    Rollup.objects.filter(node=east, metric="activity.people").update(value=13)
    assert not explained(east).adds_up
    assert "note warn" in page(east, number=2)


@pytest.mark.parametrize("metric", [metric.code for metric in registry.all_metrics()])
def test_every_metric_is_explained(network: Any, metric: str) -> None:
    [[city], *_below] = network
    held(city, at(10, 7))
    close(OCTOBER)
    html = page(city, metric)
    assert registry.find(metric).code in html  # type: ignore[union-attr]
    assert "<pre" in html or "<code" in html.partition("<details")[2]


def test_what_is_counted_anew_is_said_to_be_never_added(network: Any) -> None:
    [[city], *_below] = network
    close(OCTOBER)
    assert explained(city, "activity.persons").parts is None
    assert "不相加" in page(city, "activity.persons")
    assert "不相加" not in page(city, "activity.people", 2)


def test_the_query_that_is_shown_gives_the_figure(network: Any) -> None:
    from django.db import connection

    [[_city], _towns, [village, *_others]] = network
    for day in (1, 2, 3):
        held(village, at(10, day), people=5)
    held(village, at(11, 1), people=9)
    close(OCTOBER)
    found = explained(village)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sum(figure_value), count(*) FROM ({found.query.sql}) shown", found.query.parameters)
        assert cursor.fetchone() == (found.figure.value, 3)


def test_the_command_tells_the_same(network: Any) -> None:
    [[_city], [east, _west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    told("close", "2026-10")
    text = told("explain", "activity.people", east.code, "2026-10")
    assert "12人次" in text and village.code in text and "SELECT" in text


def test_the_command_refuses_what_there_is_not(network: Any) -> None:
    [[city], *_below] = network
    for arguments in (
        ("close", "2026-13"),
        ("close", "2027-01"),
        ("recompute", "2026-10", "2026-09"),
        ("explain", "no.such", city.code, "2026-10"),
        ("explain", "activity.people", "none", "2026-10"),
        ("explain", "activity.people", city.code, "x"),
    ):
        with pytest.raises(CommandError):
            told(*arguments)


def test_the_command_verifies(network: Any) -> None:
    [[_city], [east, _west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    told("close", "--all")
    assert "all figures are the sums" in told("verify")
    Rollup.objects.filter(node=east, metric="activity.people").update(value=13)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("stats", "verify", "2026-10", stdout=out)
    assert f"{east.code} activity.people: kept 13" in out.getvalue()
    told("recompute", "2026-10", "2026-11")
    assert "all figures are the sums" in told("verify", "2026-10")


def test_constant_queries(network: Any) -> None:
    [[_city], [east, _west], [village, *_others]] = network
    user = make_booker(1)
    grant(user, east, Role.STAFF)
    client = Client()
    client.force_login(user)
    address = reverse("stats:explain_detail", args=["activity.people"])

    def grow(n: int) -> None:
        for _ in range(n):
            held(village, at(10, 7), people=2)
        close(OCTOBER)

    assert_constant_queries(grow, lambda: client.get(address, {"center": east.code, "period": "2026-10"}))
