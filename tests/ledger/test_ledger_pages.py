"""Pages of ledgers: a month with what it lacks, one activity, its file, and the way there."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from centers.models import Center
from ledger.models import LedgerExport
from tests.factories.activities import make_activity
from tests.factories.ledger import make_recorded
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock


def test_a_month_shows_each_activity_with_what_its_ledger_lacks(
    village: Center, staff: User, client: Client, clock: TestClock
) -> None:
    make_recorded(village, staff, clock)
    make_activity(village, day=dt.date(2026, 11, 2), title="没记的读书会")
    page = client.get(reverse("ledger:ledger_list"))
    lacking = {row.facts.title: row.facts.missing for row in page.context["rows"]}
    assert lacking == {"没记的读书会": ("record", "notice", "sign_in", "photos"), "新春送福": ()}
    assert (page.context["people"], page.context["lacking"]) == (9, 1)


def test_an_empty_month_says_so_and_offers_the_next_step(client: Client) -> None:
    page = client.get(reverse("ledger:ledger_list") + "?month=2026-02")
    assert reverse("activities:record_held") in page.content.decode()
    assert not page.context["rows"]


def test_a_month_costs_the_same_number_of_queries(
    village: Center, staff: User, client: Client, clock: TestClock
) -> None:
    def grow(count: int) -> None:
        for _ in range(count):
            make_activity(village, day=dt.date(2026, 11, 2), state="recorded", attendance=5)

    assert_constant_queries(grow, lambda: client.get(reverse("ledger:ledger_list")))


def test_the_desk_leads_to_the_ledger_once_there_is_something_to_keep(
    village: Center, staff: User, client: Client, clock: TestClock
) -> None:
    activity = make_activity(village)
    address = reverse("ledger:ledger_detail", args=[activity.reference])
    assert address not in client.get(activity.get_desk_url()).content.decode()
    assert client.get(address).status_code == 404
    clock.move_to(activity.ends_at)
    client.force_login(staff)
    assert address in client.get(activity.get_desk_url()).content.decode()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("format", "kind"), [("pdf", "application/pdf"), ("zip", "application/zip")])
def test_one_button_makes_the_file(
    village: Center, staff: User, client: Client, clock: TestClock, format: str, kind: str
) -> None:
    activity = make_recorded(village, staff, clock)
    client.force_login(staff)
    answer = client.post(reverse("ledger:ledger_file", args=[activity.reference]), {"format": format})
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert LedgerExport.objects.get().activity == activity


def test_a_format_that_there_is_not_is_said(village: Center, staff: User, client: Client, clock: TestClock) -> None:
    activity = make_recorded(village, staff, clock, photos=0)
    client.force_login(staff)
    answer = client.post(reverse("ledger:ledger_file", args=[activity.reference]), {"format": "exe"}, follow=True)
    assert [str(message) for message in answer.context["messages"]]
    assert not LedgerExport.objects.exists()


def test_what_people_wrote_is_escaped(village: Center, staff: User, client: Client, clock: TestClock) -> None:
    activity = make_recorded(village, staff, clock, photos=0, title="<script>alert(1)</script>", summary="<b>x</b>")
    client.force_login(staff)
    page = client.get(reverse("ledger:ledger_detail", args=[activity.reference])).content.decode()
    assert "<script>alert" not in page and "<b>x</b>" not in page
