"""Coverage: of the Party organisations active in a window, how many were inspected in it. Exact at its edges."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import ActivityState
from activities.selectors.coverage import Coverage, coverage, not_inspected
from centers.choices import Role
from centers.models import Center
from common import clock as portal_clock
from organizations.models import Organization
from organizations.services.organizations import dissolve_organization, move_organization
from tests.factories.centers import grant
from tests.factories.kinds import make_inspection
from tests.factories.organizations import make_organization
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
DAY = dt.timedelta(days=1)


def inspect(center: Center, organization: Organization, day: dt.date, **fields: Any) -> None:
    """A recorded inspection on a day."""
    make_inspection(center, organization, day=day, **{"state": ActivityState.RECORDED, "attendance": 4, **fields})


def missing(center: Center) -> list[str]:
    return [one.name for one in not_inspected(center, FIRST, LAST)]


def test_one_inspected_twice_counts_once(village: Center) -> None:
    branch, other = make_organization(village), make_organization(village, "演示第二党支部")
    for day in (FIRST, LAST):
        inspect(village, branch, day)
    assert coverage(village, FIRST, LAST) == Coverage(total=2, inspected=1)
    assert missing(village) == [other.name]
    assert coverage(village, FIRST, LAST).percent == 50


def test_one_dissolved_and_one_founded_in_the_window_are_asked_for(village: Center) -> None:
    make_organization(village, "演示老支部", founded_on=dt.date(2020, 1, 1))
    gone = make_organization(village, "演示解散支部", founded_on=dt.date(2020, 1, 1))
    dissolve_organization(actor=None, organization=gone, on=dt.date(2026, 11, 10))
    make_organization(village, "演示新建支部", founded_on=dt.date(2026, 11, 20))
    assert coverage(village, FIRST, LAST) == Coverage(3, 0)
    inspect(village, gone, dt.date(2026, 11, 5))
    assert coverage(village, FIRST, LAST) == Coverage(3, 1)
    # In a window after its end, or before its beginning, nobody asks for it.
    assert coverage(village, dt.date(2026, 11, 10), LAST).total == 2
    assert coverage(village, FIRST, dt.date(2026, 11, 9)).total == 2
    assert coverage(village, dt.date(2026, 11, 10), dt.date(2026, 11, 19)).total == 1


def test_ten_past_midnight_on_the_first_belongs_to_the_new_month(village: Center) -> None:
    branch = make_organization(village)
    ended = portal_clock.at(dt.date(2026, 12, 1), dt.time(0, 10))
    held = make_inspection(village, branch, day=LAST)
    type(held).objects.filter(pk=held.pk).update(ends_at=ended, state=ActivityState.RECORDED, attendance=4)
    assert coverage(village, FIRST, LAST) == Coverage(1, 0)
    assert coverage(village, dt.date(2026, 12, 1), dt.date(2026, 12, 31)) == Coverage(1, 1)
    type(held).objects.filter(pk=held.pk).update(ends_at=portal_clock.at(LAST, dt.time(23, 59)))
    assert coverage(village, FIRST, LAST) == Coverage(1, 1)
    # An end at midnight is that of the day that begins, as `counted_on` says.
    type(held).objects.filter(pk=held.pk).update(ends_at=portal_clock.midnight(LAST + DAY))
    held.refresh_from_db()
    assert held.counted_on == LAST + DAY
    assert coverage(village, FIRST, LAST) == Coverage(1, 0)


def test_only_what_was_recorded_counts(village: Center) -> None:
    branch = make_organization(village)
    for state in (ActivityState.DRAFT, ActivityState.PUBLISHED, ActivityState.CANCELLED):
        make_inspection(village, branch, state=state)
    assert coverage(village, FIRST, LAST).inspected == 0
    inspect(village, branch, FIRST, state=ActivityState.ARCHIVED)
    assert coverage(village, FIRST, LAST).inspected == 1


def test_party_organisations_alone_of_the_center_and_below(village: Center) -> None:
    town = Center.objects.get(code="330482001")
    make_organization(village)
    make_organization(village, "演示妇联", type="mass")
    make_organization(village, "演示共建单位", type="partner")
    make_organization(Center.objects.get(code="330482002"), "演示别镇支部")
    make_organization(town, "演示镇街党委", type="committee")
    assert coverage(town, FIRST, LAST).total == 2
    assert coverage(village, FIRST, LAST).total == 1


def test_whoever_inspected_it(village: Center) -> None:
    branch = make_organization(village)
    inspect(Center.objects.get(code="330482"), branch, FIRST)
    assert coverage(village, FIRST, LAST) == Coverage(1, 1)


def test_one_that_moved_counts_under_both(village: Center, clock: TestClock) -> None:
    beside = Center.objects.get(code="330482001002")
    branch = make_organization(village)
    move_organization(actor=None, organization=branch, center=beside, on=dt.date(2026, 11, 15))
    assert [coverage(center, FIRST, LAST).total for center in (village, beside)] == [1, 1]
    assert coverage(Center.objects.get(code="330482001"), FIRST, LAST).total == 1


def test_nobody_is_no_share_and_a_hundred_is_everybody(village: Center) -> None:
    assert coverage(village, FIRST, LAST).percent is None
    assert Coverage(1000, 999).percent == 99
    assert Coverage(3, 3).percent == 100


class TestPage:
    URL = reverse("activities:coverage_detail")

    @pytest.fixture
    def client(self, staff: User) -> Client:
        client = Client()
        client.force_login(staff)
        return client

    def test_who_is_missing_never_inspected_first_with_a_link_to_plan(self, client: Client, village: Center) -> None:
        known, new = make_organization(village), make_organization(village, "演示第二党支部")
        inspect(village, known, dt.date(2025, 11, 20))
        page = client.get(self.URL)
        assert page.context["window"] == (dt.date(2026, 1, 1), dt.date(2026, 11, 24))
        assert [one.name for one in page.context["page"]] == [new.name, known.name]
        asked = f"?center={village.code}&amp;kind=inspection&amp;organization={new.pk}"
        link = f"{reverse('activities:manage_create')}{asked}"
        assert link in page.content.decode()
        assert client.get(link.replace("&amp;", "&")).status_code == 200

    def test_all_were_inspected(self, client: Client, village: Center) -> None:
        inspect(village, make_organization(village), dt.date(2026, 11, 20))
        assert client.get(self.URL).context["coverage"].percent == 100

    @pytest.mark.parametrize(
        "query",
        [
            "?from=x",
            "?to=9999-12-31",
            "?from=2026-11-02&to=2026-11-01",
            "?from=%00",
            "?page=x",
            "?center=x",
            "?center=%00",
        ],
    )
    def test_nonsense_is_said_and_nothing_fails(self, client: Client, village: Center, query: str) -> None:
        page = client.get(f"{self.URL}{query}")
        assert page.status_code == 200
        asks = query.startswith(("?from", "?to"))
        assert bool(page.context["form"].errors) == asks == ("coverage" not in page.context)

    def test_a_town_sees_its_villages_and_no_other(self, village: Center) -> None:
        make_organization(village)
        make_organization(Center.objects.get(code="330482002"), "演示别镇支部")
        user = User.objects.create(username="town")
        grant(user, Center.objects.get(code="330482001"), Role.ADMIN)
        client = Client()
        client.force_login(user)
        assert client.get(self.URL).context["coverage"].total == 1
        assert client.get(f"{self.URL}?center=330482002").context["reach"].chosen.code == "330482001"

    def test_it_asks_the_same_number_of_questions(self, client: Client, village: Center) -> None:
        made: list[Organization] = []

        def grow(count: int) -> None:
            for _ in range(count):
                made.append(make_organization(village, f"演示支部{len(made):03d}"))
                inspect(village, made[-1], dt.date(2025, 11, 20))

        assert_constant_queries(grow, lambda: client.get(self.URL))
