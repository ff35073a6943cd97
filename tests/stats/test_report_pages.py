"""Pages of reports: from the village's submission to the city's lock, as the people of each post see them."""

import datetime as dt
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from activities.models import Activity
from centers.models import Center, CenterParent, CenterRole
from centers.services import tree
from stats.choices import ReportState
from stats.models import CenterReport, LateChange, ReportingMonth
from stats.selectors.report_list import waiting_count
from stats.services import locking, review
from stats.services.closing import close
from tests.factories.activities import make_activity
from tests.factories.reports import (
    OCTOBER,
    WORDS,
    Network,
    approve,
    at,
    found_late_changes,
    held,
    lock,
    locked_report,
    submit,
)
from tests.stats.moves import move_to
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock


@pytest.fixture(autouse=True)
def english() -> Any:
    with override("en"):
        yield


def signed_in(network: Network, name: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(network[name])
    return client


def detail(network: Network, name: str = "village") -> str:
    return reverse("stats:report_detail", args=[getattr(network, name).code, str(OCTOBER)])


def board(network: Network, name: str = "east", **query: str) -> str:
    asked = "&".join(f"{key}={value}" for key, value in {"center": getattr(network, name).code, **query}.items())
    return f"{reverse('stats:review_list', args=[str(OCTOBER)])}?{asked}"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def state(network: Network, name: str = "village") -> str:
    return CenterReport.objects.get(center=getattr(network, name), month=OCTOBER.first).state


def test_a_village_submits_and_is_told_what_is_missing_without_losing_a_word(reporting: Network) -> None:
    held(reporting.village, at(10, 7, year=2025), people=15)
    close(OCTOBER.plus(-12))
    client = signed_in(reporting, "village")
    assert "explain_W2" in text(client, detail(reporting))
    short = client.post(detail(reporting), {"explain_W2": "新"})
    assert short.status_code == 422
    assert "新</textarea>" in short.content.decode()
    done = client.post(detail(reporting), {"explain_W2": WORDS, "zero_confirmed": "on"})
    assert done.status_code == 302
    assert state(reporting) == ReportState.SUBMITTED
    assert WORDS in text(client, detail(reporting))


def test_what_blocks_is_a_link_to_the_record(reporting: Network) -> None:
    unrecorded = make_activity(reporting.village, day=dt.date(2026, 10, 20))
    client = signed_in(reporting, "village")
    assert unrecorded.get_desk_url() in text(client, detail(reporting))
    refused = client.post(detail(reporting), {"zero_confirmed": "on"})
    assert refused.status_code == 409
    assert not CenterReport.objects.filter(revision__gte=1).exists()


def test_the_month_that_runs_is_shown_and_cant_be_submitted(reporting: Network, clock: TestClock) -> None:
    clock.move_to(at(10, 28))
    client = signed_in(reporting, "village")
    assert "submit-report" not in text(client, detail(reporting))
    assert client.post(detail(reporting), {}).status_code == 409


def test_a_town_returns_with_a_reason_and_the_village_sees_what_it_changed(reporting: Network) -> None:
    submit(reporting)
    town = signed_in(reporting, "east")
    assert text(town, board(reporting)).count('value="return"') == 1
    sent = {"report": reporting.village.code, "act": "return", "version": "1", "reason": ""}
    assert town.post(board(reporting), sent).status_code == 400
    assert town.post(board(reporting), sent | {"reason": "签到只有20人，请核对"}).status_code == 302
    Activity.objects.filter(attendance=30).update(attendance=20)
    page = text(signed_in(reporting, "village"), detail(reporting))
    assert "签到只有20人，请核对" in page
    assert "<del>42" in page and "<ins>32" in page
    submit(reporting)
    panel = text(town, board(reporting))
    assert "<del>42" in panel and "<ins>32" in panel


def test_approving_shows_the_next_that_waits(reporting: Network) -> None:
    held(reporting.neighbour, at(10, 9))
    submit(reporting)
    submit(reporting, "neighbour")
    town = signed_in(reporting, "east")
    first = {"report": reporting.village.code, "act": "approve", "version": "1", "reason": ""}
    page = town.post(board(reporting), first, follow=True).content.decode()
    assert state(reporting) == ReportState.APPROVED
    assert f'name="report" value="{reporting.neighbour.code}"' in page
    stale = town.post(board(reporting), first)
    assert stale.status_code == 409


def test_all_without_questions_are_approved_and_the_city_locks_them(reporting: Network) -> None:
    submit(reporting)
    town, city = signed_in(reporting, "east"), signed_in(reporting, "city")
    approve_all = reverse("stats:review_approve_all", args=[str(OCTOBER)])
    lock_all = reverse("stats:review_lock_all", args=[str(OCTOBER)])
    assert approve_all in text(town, board(reporting)) and lock_all not in text(town, board(reporting))
    town.post(approve_all, {"center": reporting.east.code})
    assert state(reporting) == ReportState.APPROVED
    assert lock_all in text(city, board(reporting, "city"))
    city.post(lock_all, {"center": reporting.city.code})
    assert state(reporting) == ReportState.LOCKED
    assert town.post(lock_all, {"center": reporting.city.code}).status_code == 404


def test_the_city_decides_a_late_change_and_reopens_from_there(reporting: Network) -> None:
    locked_report(reporting)
    Activity.objects.filter(attendance=30).update(attendance=40)
    [change] = found_late_changes()
    city = signed_in(reporting, "city")
    page = reverse("stats:late_change_decide", args=[change.pk])
    assert page in text(city, board(reporting, "city"))
    assert "<del>30" in text(city, page)
    assert city.post(page, {"disposition": "revise", "reason": ""}).status_code == 422
    sent = {"disposition": "revise", "reason": "更正", "expires_on": "2026-11-30"}
    assert city.post(page, sent).status_code == 400
    assert city.post(page, sent | {"expires_on": "2026-11-05"}).status_code == 302
    assert (state(reporting), LateChange.objects.undecided().count()) == (ReportState.REOPENED, 0)
    assert text(signed_in(reporting, "village"), page, 403)
    assert text(signed_in(reporting, "west"), page, 404)


def test_the_city_reopens_one_month_and_closes_it_again(reporting: Network) -> None:
    report = locked_report(reporting)
    city, address = signed_in(reporting, "city"), detail(reporting)
    sent = {"reason": "补记一场", "expires_on": "2026-11-05", "version": str(report.version)}
    assert city.post(f"{address}reopen/", sent).status_code == 302
    assert "补记一场" in text(signed_in(reporting, "village"), address)
    assert city.post(f"{address}close/").status_code == 302
    assert state(reporting) == ReportState.LOCKED
    assert text(signed_in(reporting, "east"), f"{address}reopen/", 403)


def test_not_reported_isnt_nothing(reporting: Network, clock: TestClock) -> None:
    """A zero report says 0, what wasn't submitted says so and has no figure."""
    submit(reporting, "neighbour")
    close(OCTOBER)
    locking.open_reports(now=clock.now)
    clock.move_to(at(11, 11))
    locking.mark_missing(now=clock.now)
    page = text(signed_in(reporting, "east"), board(reporting))
    assert page.count(">—</td>") >= 2 and "Not reported" in page
    assert "this month wasn&#x27;t reported" in text(signed_in(reporting, "village"), detail(reporting)) or (
        "wasn't reported" in text(signed_in(reporting, "village"), detail(reporting))
    )
    assert "0 sessions" in text(signed_in(reporting, "neighbour"), detail(reporting, "neighbour"))


def test_a_report_is_taken_back_until_somebody_reviews_it(reporting: Network) -> None:
    submit(reporting)
    village, town = signed_in(reporting, "village"), signed_in(reporting, "east")
    assert "withdraw/" in text(village, detail(reporting))
    village.post(f"{detail(reporting)}withdraw/")
    assert state(reporting) == ReportState.OPEN
    submit(reporting)
    town.post(f"{detail(reporting)}review/", {"center": reporting.east.code})
    assert "withdraw/" not in text(village, detail(reporting))
    village.post(f"{detail(reporting)}withdraw/")
    assert state(reporting) == ReportState.UNDER_REVIEW


def test_the_town_of_that_month_still_sees_a_village_that_moved(reporting: Network) -> None:
    submit(reporting)
    move_to(reporting.village, reporting.west)
    page = text(signed_in(reporting, "east"), board(reporting))
    assert reporting.village.shown_short_name in page
    assert text(signed_in(reporting, "east"), detail(reporting))


def test_the_number_beside_the_menu_is_what_waits_for_a_person(reporting: Network, clock: TestClock) -> None:
    close(OCTOBER)
    locking.open_reports(now=clock.now)
    who = ("village", "east", "city", "far")
    assert [waiting_count(reporting[name]) for name in who] == [1, 1, 1, 1]
    submit(reporting)
    assert [waiting_count(reporting[name]) for name in who] == [0, 2, 1, 1]
    review.approve_report(actor=reporting["east"], report=CenterReport.objects.get(center=reporting.village))
    assert [waiting_count(reporting[name]) for name in who] == [0, 1, 1, 1]
    page = text(signed_in(reporting, "far"), reverse("stats:report_list"))
    assert 'id="rail-reports_waiting"' in page


def test_a_board_costs_the_same_for_two_and_for_twenty(reporting: Network) -> None:
    """Villages with a report that explains something, and figures of two months."""
    client = signed_in(reporting, "east")
    level = reporting.village.level

    def add(count: int) -> None:
        for _number in range(count):
            n = Center.objects.count()
            center = Center.objects.create(code=f"more-{n}", official_name=f"{n}", name=f"{n}", level=level)
            parents = CenterParent(center=center, parent=reporting.east, valid=DateRange(None, None, "[)"))
            parents.save()
            CenterRole.objects.create(
                user=reporting["village"], center=center, role="manager", valid=DateRange(None, None)
            )
        tree.rebuild()
        ReportingMonth.objects.update(frozen_at=None)
        close(OCTOBER)
        for center in Center.objects.filter(code__startswith="more-").exclude(reports__month=OCTOBER.first):
            submit(reporting, center=center)

    submit(reporting)
    assert_constant_queries(add, lambda: client.get(board(reporting)))


@pytest.mark.parametrize("month", ["2026-13", "2027-01", "1999-12", "now", "2026-1"])
def test_a_month_that_is_none_has_no_page(reporting: Network, month: str) -> None:
    client = signed_in(reporting, "east")
    assert client.get(f"/statistics/review/{month}/").status_code == 404
    assert client.get(f"/statistics/reports/{reporting.east.code}/{month}/").status_code == 404


def test_everybody_else_sees_no_report(reporting: Network) -> None:
    approve(reporting, submit(reporting))
    lock(reporting)
    for name in ("neighbour", "west", "far"):
        assert text(signed_in(reporting, name), detail(reporting), 404)


def test_each_figure_leads_to_the_records_of_the_center_itself(reporting: Network) -> None:
    close(OCTOBER)
    client = signed_in(reporting, "village")
    answer = client.get(reverse("stats:report_detail", args=[reporting.village.code, "2026-10"]))
    first = answer.context["lines"][0]
    records = client.get(first.url)
    assert (records.status_code, len(records.context["rows"])) == (200, 2)
