"""From a figure down to the records: parts add up, each leads one level down, and nobody else may look."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from activities.models import Activity
from bookings.models import Booking
from centers.choices import Role
from centers.models import Center, CenterParent
from centers.services import tree
from common.months import Month
from stats.choices import PeriodKind
from stats.domain import metrics as registry
from stats.selectors.parts import parts_of
from stats.selectors.records import records_of, sum_of
from stats.services.closing import close
from stats.values.periods import Period
from tests.factories.activities import join
from tests.factories.bookings import make_booker
from tests.factories.centers import grant
from tests.stats.conftest import NOVEMBER, OCTOBER, at, held
from tests.support.queries import assert_constant_queries

pytestmark = pytest.mark.django_db
PEOPLE = "activity.people"


def page(client: Client, center: Center, code: str = PEOPLE, period: object = OCTOBER, **more: str) -> Any:
    address = reverse("stats:record_list", args=[code])
    return client.get(address, {"center": center.code, "period": str(period), **more})


def worker(center: Center, number: int = 1) -> Client:
    user = make_booker(number)
    grant(user, center, Role.STAFF)
    client = Client()
    client.force_login(user)
    return client


def month_of(month: Month) -> Period:
    return Period(PeriodKind.MONTH, month)


def links(html: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', html)]


def test_the_citys_figure_leads_to_the_record_in_four_taps(network: Any) -> None:
    [[city], [east, _west], [village, *_others]] = network
    made = held(village, at(10, 7), people=12)
    close(OCTOBER)
    client = worker(city)
    address = reverse("stats:record_list", args=[PEOPLE])
    taps = [f"{address}?center={center.code}&period=2026-10" for center in (city, east, village)]
    for tap, following in zip(taps, [*taps[1:], made.get_desk_url()], strict=True):
        html = client.get(tap).content.decode()
        assert following in links(html)
    assert client.get(made.get_desk_url()).status_code == 200


def test_the_parts_add_up_to_the_figure(network: Any) -> None:
    [[city], [east, west], [first, second, *_others]] = network
    for center, people in ((city, 1), (east, 2), (west, 4), (first, 8), (second, 16)):
        held(center, at(10, 7), people=people)
    close(OCTOBER)
    metric = registry.find(PEOPLE)
    assert metric is not None
    of_city, of_east = (parts_of(metric, node.pk, month_of(OCTOBER)) for node in (city, east))
    assert (of_city.own.value, of_city.total, of_city.n_records) == (1, 31, 5)
    assert {part.center: part.value for part in of_city.below} == {east: 26, west: 4}
    assert (of_east.own.value, of_east.total) == (2, 26)


def test_the_list_of_records_sums_to_the_figure(network: Any) -> None:
    [[_city], _towns, [village, *_others]] = network
    for day in range(1, 9):
        held(village, at(10, day), people=30 + day)
    held(village, at(11, 2), people=99)
    close(OCTOBER, NOVEMBER)
    html = page(worker(village), village).content.decode()
    assert "276人次，由8条记录组成" in re.sub(r"\s+", "", html)
    assert "99" not in re.findall(r'<td role="cell" data-unit="[^"]*">([^<]+)</td>', html)


def test_a_village_that_moved_adds_to_each_town_what_it_did_there(network: Any) -> None:
    [[_city], [east, west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    held(village, at(11, 7), people=7)
    CenterParent.objects.filter(center=village).update(valid=DateRange(None, dt.date(2026, 11, 1), "[)"))
    CenterParent.objects.create(center=village, parent=west, valid=DateRange(dt.date(2026, 11, 1), None, "[)"))
    tree.rebuild()
    close(OCTOBER, NOVEMBER)
    metric, year = registry.find(PEOPLE), Period(PeriodKind.YEAR, Month(dt.date(2026, 12, 1)))
    assert metric is not None
    for town, value in ((east, 12), (west, 7)):
        [part] = [part for part in parts_of(metric, town.pk, year).below if part.center == village]
        assert (part.value, part.in_all, part.is_moved) == (value, 19, True)
    # Who works at the town it left sees what it added there, and can't look into it any more.
    html = page(worker(east), east, period=year).content.decode()
    assert "12" in html and f"center={village.code}&" not in html


def test_own_records_of_a_node_are_a_list_of_their_own(network: Any) -> None:
    [[_city], [east, _west], [village, *_others]] = network
    own, below = held(east, at(10, 7), people=3), held(village, at(10, 8), people=5)
    close(OCTOBER)
    found = links(page(worker(east), east, own="1").content.decode())
    assert own.get_desk_url() in found and below.get_desk_url() not in found


def test_others_get_nothing(network: Any) -> None:
    [[city], [east, west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    close(OCTOBER)
    assert page(worker(west, 2), east).status_code == 404
    assert page(worker(village, 3), east).status_code == 404
    resident = Client()
    resident.force_login(make_booker(4))
    assert page(resident, city).status_code == 404
    assert page(Client(), city).status_code == 302


@pytest.mark.parametrize(
    "query", [{"period": "2026-13"}, {"period": "2027-01"}, {"period": "x"}, {"center": "\x00"}, {"center": "none"}]
)
def test_an_address_that_says_nothing_is_not_found(network: Any, query: dict[str, str]) -> None:
    [[city], *_below] = network
    address = reverse("stats:record_list", args=[PEOPLE])
    assert worker(city).get(address, query).status_code == 404


def test_an_unknown_metric_is_not_found(network: Any) -> None:
    [[city], *_below] = network
    assert page(worker(city), city, code="no.such").status_code == 404


def test_a_figure_that_is_no_sum_is_explained(network: Any) -> None:
    [[city], *_below] = network
    response = page(worker(city), city, code="activity.persons")
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("stats:explain_detail", args=["activity.persons"]))


def test_the_sheet_has_the_sum_and_no_formula(network: Any) -> None:
    [[_city], _towns, [village, *_others]] = network
    held(village, at(10, 7), people=12, title="=1+1")
    held(village, at(10, 8), people=3, title="+课堂")
    close(OCTOBER)
    response = page(worker(village), village, format="csv")
    text = response.content.decode("utf-8-sig")
    lines = text.splitlines()
    assert [line.split(",")[:2] for line in lines[1:3]] == [["2026-10-07", "'=1+1"], ["2026-10-08", "'+课堂"]]
    assert lines[-1].endswith(",15")


def test_the_sheet_of_a_node_has_its_parts(network: Any) -> None:
    [[_city], [east, _west], [village, *_others]] = network
    held(village, at(10, 7), people=12)
    close(OCTOBER)
    text = page(worker(east), east, format="csv").content.decode("utf-8-sig")
    assert [line.split(",")[-2:] for line in text.splitlines()[1:]] == [
        ["0", "0"],
        ["12", "1"],
        ["0", "0"],
        ["12", "1"],
    ]


def test_a_record_that_changed_since_is_said(network: Any) -> None:
    [[_city], _towns, [village, *_others]] = network
    made = held(village, at(10, 7), people=12)
    close(OCTOBER)
    client = worker(village)
    assert "note info" not in page(client, village).content.decode()
    Activity.objects.filter(pk=made.pk).update(attendance=13)
    html = page(client, village).content.decode()
    assert "note info" in html and "12" in html and "13" in html


def test_names_of_residents_are_nowhere(network: Any) -> None:
    [[_city], _towns, [village, *_others]] = network
    made = held(village, at(10, 7), people=1)
    Activity.objects.filter(pk=made.pk).update(
        state="published", attendance=None, starts_at=at(12, 1), ends_at=at(12, 2)
    )
    made.refresh_from_db()
    sign_up = join(made)
    Activity.objects.filter(pk=made.pk).update(state="recorded", attendance=1, starts_at=at(10, 6), ends_at=at(10, 7))
    type(sign_up).objects.filter(pk=sign_up.pk).update(checked_in_at=at(10, 7))
    close(OCTOBER)
    html = page(worker(village, 9), village, code="activity.checked_in").content.decode()
    assert made.get_desk_url() in html and sign_up.participant.name not in html


def test_each_source_shows_its_records(network: Any) -> None:
    """What a source lists opens: its records are what the closing counted."""
    [[_city], _towns, [village, *_others]] = network
    held(village, at(10, 7), people=12)
    for metrics in registry.totals_by_source().values():
        for metric in metrics:
            assert sum_of(records_of(metric, village.pk, month_of(OCTOBER)))[1] == (
                1 if metric.code in ("activity.count", PEOPLE) else 0
            )
    assert not Booking.objects.exists()


def test_constant_queries(network: Any) -> None:
    [[_city], [east, _west], [village, *_others]] = network
    client = worker(east)

    def grow(n: int) -> None:
        for _ in range(n):
            held(village, at(10, 7), people=2)
        close(OCTOBER)

    assert_constant_queries(grow, lambda: page(client, village))
    assert_constant_queries(grow, lambda: page(client, east))
