"""The overview: figures as they were closed, ranks, changes, and what each person sees of it."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from centers.models import Center
from common import clock as product_clock
from stats.selectors.overview import overview_page
from stats.selectors.ranking import rank_of
from stats.services.closing import close
from stats.values.periods import Period
from tests.stats.conftest import NOVEMBER, OCTOBER, at, held
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries

OVERVIEW = reverse("stats:overview")


def page(center: Center, said: str = "2026-10", **asked: Any) -> dict[str, Any]:
    period = Period.said(said)
    assert period is not None
    return overview_page(center, period, **asked)


def main(found: dict[str, Any], area: str = "activity") -> Any:
    return next(card for card in found["cards"] if card.area.code == area).main


def test_a_figure_is_that_of_the_records_and_zero_where_there_are_none(network: Any) -> None:
    [[city], [east, west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    close(OCTOBER)
    found = page(city)
    assert main(found).value == 1
    assert main(found, "training").value == 0
    assert {row.center: [figure.value for figure in row.figures] for row in found["rows"]} == {
        east: [1, 12],
        west: [0, 0],
    }


def test_what_was_never_counted_is_missing_and_not_zero(network: Any) -> None:
    [[city], *_below] = network
    close(OCTOBER)
    found = page(city, "2026-09")
    assert main(found).value is None
    change = main(page(city)).change
    assert (change.percent, change.difference) == (None, None)


def test_a_quarter_is_the_sum_of_its_months(network: Any) -> None:
    [[city], _towns, [village, *_others]] = network
    held(village, at(10, 7), people=12)
    held(village, at(11, 7), people=5)
    close(OCTOBER, NOVEMBER)
    totals = {said: page(city, said)["total"][-1].value for said in ("2026-10", "2026-11", "2026-Q4", "all")}
    assert totals == {"2026-10": 12, "2026-11": 5, "2026-Q4": 17, "all": 17}


def test_equal_figures_share_a_rank_and_the_next_is_skipped() -> None:
    values = [Decimal(n) for n in (9, 7, 7, 3)]
    assert [rank_of(value, values) for value in values] == [1, 2, 2, 4]
    assert rank_of(None, values) is None


def test_the_same_centers_are_compared(network: Any) -> None:
    """A village that opened in between grows the total, and not what is compared."""
    [[city], [east, _west], [old, new, *_others]] = network
    Center.objects.filter(pk=new.pk).update(opened_on=dt.date(2026, 11, 1))
    held(old, at(10, 7), people=10)
    held(old, at(11, 7), people=12)
    held(new, at(11, 8), people=30)
    close(OCTOBER, NOVEMBER)
    all_, same = (page(city, "2026-11", same_centers=same)["total"][-1] for same in (False, True))
    assert (all_.value, same.value) == (42, 42)
    assert (all_.change.percent, same.change.percent) == (320, 20)
    row = next(row for row in page(city, "2026-11", same_centers=True)["rows"] if row.center == east)
    assert row.last.change.percent == 20


def test_who_is_not_expected_has_no_rank(network: Any) -> None:
    [[_city], [east, _west], [old, new, *_others]] = network
    Center.objects.filter(pk=new.pk).update(opened_on=dt.date(2026, 10, 30))
    held(old, at(10, 7))
    held(new, at(10, 31), people=30)
    close(OCTOBER)
    ranks = {row.center: row.rank for row in page(east)["rows"]}
    assert ranks == {old: 1, new: None}


@pytest.fixture
def cast(clock: Any, db: None) -> Cast:
    cast = make_cast()
    held(cast.center, at(10, 7), people=12)
    held(cast.sibling, at(10, 8), people=30)
    close(OCTOBER)
    return cast


def client_of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast[who])
    return client


def test_a_village_sees_its_own_figures_and_of_its_peers_its_rank_alone(cast: Cast) -> None:
    answer = client_of(cast, "staff").get(OVERVIEW, {"period": "2026-10", "center": cast.sibling.code})
    overview = answer.context["overview"]
    assert overview["center"] == cast.center
    assert (overview["rank"].rank, overview["rows"]) == (2, [])
    assert cast.sibling.short_name not in answer.content.decode()


def test_the_city_sees_its_towns_and_can_go_down(cast: Cast) -> None:
    client = client_of(cast, "city_admin")
    overview = client.get(OVERVIEW, {"period": "2026-10"}).context["overview"]
    first = overview["rows"][0]
    assert (first.center, first.last.value) == (cast.town, 42)
    below = client.get(first.url).context["overview"]
    assert [row.center for row in below["rows"][:2]] == [cast.sibling, cast.center]


def test_without_a_period_the_last_month_that_is_over_is_shown(cast: Cast) -> None:
    answer = client_of(cast, "city_admin").get(OVERVIEW, {"period": "2026-99", "area": "\0", "basis": "x"})
    assert str(answer.context["asked"].period) == "2026-10"


def test_the_number_of_queries_is_constant(cast: Cast) -> None:
    client = client_of(cast, "city_admin")
    centers = list(Center.objects.exclude(pk=cast.city.pk)[:40])

    def grow(n: int) -> None:
        for _number in range(n):
            held(centers.pop(), at(10, 9))
        close(OCTOBER)

    assert_constant_queries(grow, lambda: client.get(OVERVIEW, {"period": "2026-10"}))


def test_the_sheet_has_numbers_a_reason_and_no_formula(cast: Cast) -> None:
    """A zero is 0; of whom no report is expected the reason stands; names stay text."""
    Center.objects.filter(pk=cast.center.pk).update(name="=1+1")
    client = client_of(cast, "town_admin")
    answer = client.get(reverse("stats:sheet_xlsx"), {"period": "2026-10"})
    head, *rows = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    people = head.index("党群服务活动：到场人数 (人次)")
    by_code = {row[0]: row for row in rows if row[1]}
    assert by_code[cast.center.code][1] == "=1+1"
    assert (by_code[cast.town.code][people], by_code[cast.center.code][people]) == (42, 12)
    assert {type(row[people]) for row in by_code.values()} == {int}
    below = Center.objects.under([cast.town.pk], product_clock.today()).in_register_order()
    assert list(by_code) == list(below.values_list("code", flat=True))
    coverage = next(number for number, title in enumerate(head) if "%" in title)
    assert by_code[cast.town.code][coverage] == "—"
    text = client.get(reverse("stats:sheet_csv"), {"period": "2026-10"}).content.decode()
    assert "'=1+1" in text


def test_a_period_that_is_running_shows_who_stands_below_now(network: Any) -> None:
    """The quarter ends with a month that is to come, in which no center stands yet."""
    [[city], [east, west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    close(OCTOBER, NOVEMBER)
    found = page(city, "2026-Q4")
    assert {row.center: row.last.value for row in found["rows"]} == {east: 12, west: 0}
    assert found["as_of"] is not None
    assert found["months"][-1].month == NOVEMBER
