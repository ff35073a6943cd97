"""Open figures of the whole network: page, CSV and JSON say the same, and nothing more than what is open."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import Center
from ratings.values.limits import FEWEST_PUBLISHED
from stats.domain import metrics as registry
from stats.models import Rollup
from stats.selectors.baseline import baseline
from stats.services.closing import close
from tests.factories.activities import make_activity
from tests.factories.ratings import rate_often
from tests.stats.conftest import NOVEMBER, OCTOBER, at, held

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
VILLAGE = "330482001001"


@pytest.fixture
def village() -> Center:
    """A village of the real network."""
    return Center.objects.get(code=VILLAGE)


def document(period: str = "2026-10") -> Any:
    return json.loads(Client().get(reverse("stats:open_json"), {"period": period}).content)


def sheet(period: str = "2026-10") -> list[list[str]]:
    text = Client().get(reverse("stats:open_csv"), {"period": period}).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def page(period: str = "2026-10") -> str:
    return Client().get(reverse("stats:open_detail"), {"period": period}).content.decode()


def values(period: str = "2026-10") -> dict[str, Any]:
    return {figure["metric"]: figure["value"] for figure in document(period)["figures"]}


def test_the_figures_are_those_of_the_whole_network(village: Center) -> None:
    held(village, at(10, 7), people=31)
    close(OCTOBER)
    assert document()["center"]["code"] == "330482"
    assert values()["activity.people"] == 31
    assert ["activity.people", "31"] in [[row[2], row[4]] for row in sheet()]
    assert "31<small>人次" in page()


def test_exactly_the_open_metrics_are_given(village: Center) -> None:
    close(OCTOBER)
    is_open = [metric.code for metric in registry.all_metrics() if metric.is_open]
    assert list(values()) == is_open
    recorded = [row[2] for row in sheet()[1:] if row[1] == "2026-10"]
    assert recorded == is_open


def test_what_was_reported_in_2020_is_in_no_sum(village: Center) -> None:
    held(village, at(10, 7), people=31)
    close(OCTOBER)
    found = document()
    assert [(one["count"], one["person_times"]) for one in found["reported_2020"]] == [
        (total.count, total.person_times) for total in baseline()
    ]
    assert all(one["source"] and one["as_of"] == "2020-12" for one in found["reported_2020"])
    reported = {2431, 106_400, 509, 62_200, 1291, 233_100, 1723, 51_700, 1403}
    assert not reported & {int(value) for value in values().values() if value}
    assert not Rollup.objects.filter(value__in=reported).exists()
    assert "历史累计" in page()


def test_satisfaction_is_hidden_while_too_few_answered(village: Center, clock: Any) -> None:
    activity = make_activity(village, state="published", day=at(11, 20).date())
    rate_often(activity, FEWEST_PUBLISHED - 1)
    close(NOVEMBER)
    [found] = [one for one in document("2026-11")["figures"] if one["metric"] == "rating.satisfaction"]
    assert (found["value"], found["is_hidden"]) == (None, True)
    assert "rating.satisfied" not in values("2026-11")
    rate_often(activity, 1)
    close(NOVEMBER)
    assert values("2026-11")["rating.satisfaction"] == 100


def test_zero_and_not_counted_are_two_things(village: Center) -> None:
    close(OCTOBER)
    assert values()["activity.count"] == 0
    assert values("2025-03")["activity.count"] is None
    assert [row[4] for row in sheet("2025-03") if row[2] == "activity.count"] == [""]


@pytest.mark.parametrize("period", ["2026-11", "2026-Q4", "2026"])
def test_the_month_is_in_its_quarter_and_year(village: Center, period: str) -> None:
    held(village, at(11, 7), people=31)
    close(OCTOBER, NOVEMBER)
    assert values(period)["activity.people"] == 31


@pytest.mark.parametrize("period", ["2026-13", "2027", "all", "2026-10-ytd", "x"])
def test_other_periods_are_not_found(period: str) -> None:
    for name in ("stats:open_detail", "stats:open_csv", "stats:open_json"):
        assert Client().get(reverse(name), {"period": period}).status_code == 404


def test_the_page_leads_to_the_definitions() -> None:
    assert reverse("stats:metric_list") in page()
    assert reverse("stats:open_detail") in Client().get(reverse("pages:site_map")).content.decode()
