"""Two managers on one form: the second sees what the first did before overwriting it.

Forms of hours, rules, facts and rooms alike.
"""

import dataclasses
import html
import re
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import BookingPolicy, Space
from catalog.models import Service
from centers.choices import Role
from centers.models import Center, WeeklyHours
from common.forms import versions
from tests.concurrency.conftest import Meeting, run_together
from tests.factories.bookings import make_space
from tests.factories.catalog import make_service
from tests.factories.centers import grant
from tests.factories.people import make_staff

VILLAGE, CITY = "330482001001", "330482"


@dataclasses.dataclass(frozen=True)
class Case:
    """A form that edits.

    What the first types and what the second does, and how the second's change shows in the database.
    """

    url: Callable[[Space], str]
    first: dict[str, str]
    second: dict[str, str]
    says: str
    stored: Callable[[Space], Any]
    after_first: Any
    after_second: Any


def service_of(room: Space, code: str = VILLAGE) -> Service:
    """The service of a center that the tests change, made where there is none."""
    center = Center.objects.get(code=code)
    return Service.objects.filter(center=center, adapts=None).first() or make_service(center, "谈心交流")


TALKS = {"title": "谈心交流", "function": "talks", "audience": "residents", "channels": "on_site"}

CASES = {
    "hours": Case(
        lambda room: reverse("centers:hours_edit", args=[VILLAGE]),
        {"mon_opens_1": "8:30", "mon_closes_1": "12:00"},
        {"mon_opens_1": "9:00", "mon_closes_1": "17:00"},
        "Monday, opens (1): 08:30; Monday, closes (1): 12:00",
        lambda room: [f"{row.opens:%H:%M}" for row in WeeklyHours.objects.filter(center__code=VILLAGE)],
        ["08:30"],
        ["09:00"],
    ),
    "facts": Case(
        lambda room: reverse("pages:center_manage", args=[VILLAGE]),
        {"phone": "0573 8500 0001", "address": "", "name_en": "Shuidongdai"},
        {"phone": "0573 8500 0002", "address": "", "name_en": "Shuidongdai"},
        "Phone: 0573 8500 0001",
        lambda room: Center.objects.get(code=VILLAGE).phone,
        "0573 8500 0001",
        "0573 8500 0002",
    ),
    "policy": Case(
        lambda room: reverse("bookings:policy_edit", args=[VILLAGE]),
        {"horizon_days": "20"},
        {"horizon_days": "", "quota_count": "3"},
        "20",
        lambda room: [(one.horizon_days, one.quota_count) for one in BookingPolicy.objects.all()],
        [(20, None)],
        [(None, 3)],
    ),
    "space": Case(
        lambda room: reverse("bookings:space_edit", args=[room.pk]),
        {"name": "议事厅", "area_kind": "activity", "capacity": "20", "is_active": "on", "equipment": "audio"},
        {"name": "议事厅", "area_kind": "activity", "capacity": "40", "is_active": "on"},
        "Capacity: 20",
        lambda room: Space.objects.get(pk=room.pk).capacity,
        20,
        40,
    ),
    "service": Case(
        lambda room: reverse("catalog:service_edit", args=[service_of(room).pk]),
        {**TALKS, "minutes": "20"},
        {**TALKS, "minutes": "40"},
        "Duration, minutes: 20",
        lambda room: service_of(room).minutes,
        20,
        40,
    ),
    "adaptation": Case(
        lambda room: reverse("catalog:service_adapt", args=[VILLAGE, service_of(room, CITY).pk]),
        {"minutes": "20"},
        {"minutes": "", "place": "2F"},
        "Duration, minutes: 20",
        lambda room: [(one.minutes, one.place) for one in Service.objects.filter(center__code=VILLAGE)],
        [(20, "")],
        [(None, "2F")],
    ),
}


def client_of(name: str) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    person = make_staff(name)
    grant(person, Center.objects.get(code=VILLAGE), Role.MANAGER)
    client.force_login(person)
    return client


@pytest.fixture
def room(request: pytest.FixtureRequest) -> Space:
    return make_space(Center.objects.get(code=VILLAGE), "议事厅", capacity=30)


def version_in(page: Any) -> str:
    [field] = re.findall(r'<input type="hidden" name="version"\s+value="([^"]+)"', page.content.decode())
    return str(field)


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_second_is_told_and_keeps_what_was_typed(room: Space, case: Case) -> None:
    one, two = client_of("one"), client_of("two")
    url = case.url(room)
    seen_by_one, seen_by_two = version_in(one.get(url)), version_in(two.get(url))
    assert one.post(url, {**case.first, "version": seen_by_one}).status_code == 302

    refused = two.post(url, {**case.second, "version": seen_by_two})

    assert (refused.status_code, case.stored(room)) == (409, case.after_first)
    words = html.unescape(refused.content.decode())
    assert "Somebody else changed this" in words and case.says in words
    assert all(f'value="{typed}"' in words for typed in case.second.values() if typed[:1].isdigit())
    # Sent again it is a decision.
    assert two.post(url, {**case.second, "version": version_in(refused)}).status_code == 302
    assert case.stored(room) == case.after_second


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_may_save_twice_and_go_on(room: Space, case: Case) -> None:
    one = client_of("one")
    url = case.url(room)
    for typed in (case.first, case.first, case.second):
        assert one.post(url, {**typed, "version": version_in(one.get(url))}).status_code == 302
    assert case.stored(room) == case.after_second


@pytest.mark.django_db
def test_giving_the_week_up_is_asked_about_too(room: Space) -> None:
    one, two = client_of("one"), client_of("two")
    url = CASES["hours"].url(room)
    one.post(url, {**CASES["hours"].first, "version": version_in(one.get(url))})
    stale = version_in(two.get(url))
    one.post(url, {**CASES["hours"].second, "version": version_in(one.get(url))})
    assert two.post(url, {"inherit": "1", "mon_opens_1": "25:00", "version": stale}).status_code == 409
    assert CASES["hours"].stored(room) == ["09:00"]
    fresh = version_in(two.get(url))
    assert two.post(url, {"inherit": "1", "mon_opens_1": "25:00", "version": fresh}).status_code == 302
    assert CASES["hours"].stored(room) == []


def rush(room: Space, case: Case, patch: pytest.MonkeyPatch) -> list[int]:
    """Both send what they saw before either saved.

    Each waits, once its version was found good, for the other to get as far.
    """
    clients = [client_of("one"), client_of("two")]
    url = case.url(room)
    seen = [version_in(client.get(url)) for client in clients]
    both = Meeting(2, 1)
    check = versions.VersionedForm.full_clean

    def checked_together(form: Any) -> None:
        check(form)
        if form.is_bound:
            both.wait()

    patch.setattr(versions.VersionedForm, "full_clean", checked_together)
    posts = [
        lambda: clients[0].post(url, {**case.first, "version": seen[0]}).status_code,
        lambda: clients[1].post(url, {**case.second, "version": seen[1]}).status_code,
    ]
    return sorted(run_together(posts))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_of_two_at_one_moment_one_is_told(room: Space, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rush(room, case, monkeypatch) == [302, 409]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_canary_without_the_lock_both_save(room: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.views.center.one_at_a_time", lambda *about: nullcontext())
    assert rush(room, CASES["facts"], monkeypatch) == [302, 302]
