"""Activities, as the API tells them: what residents may see, found by what they look for."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from activities.choices import ActivityKind, ActivityState, Audience
from activities.models import Activity
from tests.api.asking import ACTIVITIES, assert_problem
from tests.factories.activities import D, join, make_activity
from tests.factories.bookings import book, make_booker, make_space, slot
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

DAY = dt.timedelta(days=1)


def found(client: Any, query: str = "") -> list[str]:
    response = client.get(f"{ACTIVITIES}?{query}")
    assert response.status_code == 200, response.content.decode()
    return [row["title"] for row in response.json()["results"]]


def test_an_activity_tells_when_where_for_whom_and_the_places_left(cast: Cast, api: Callable[..., Any]) -> None:
    room = make_space(cast.center)
    activity = make_activity(
        cast.center,
        capacity=3,
        min_age=6,
        audience=Audience.CHILDREN,
        online_url="https://live.example/1",
    )
    Activity.objects.filter(pk=activity.pk).update(booking=book(make_booker(5), room, 14, 16))
    activity.co_hosts.add(cast.sibling)
    join_free = make_activity(cast.center, capacity=2)
    join(join_free, 1)
    body = api().get(f"{ACTIVITIES}{activity.reference}/").json()
    assert (body["center"], body["center_name"], body["center_name_en"]) == (
        cast.center.code,
        cast.center.name,
        cast.center.name_en,
    )
    assert (body["starts_at"], body["closes_at"]) == (slot(14, 16, D)[0].isoformat(),) * 2
    assert (body["co_hosts"], body["space"], body["audience"]) == ([cast.sibling.code], room.pk, "children")
    assert (body["capacity"], body["places_left"], body["min_age"], body["max_age"]) == (3, 3, 6, None)
    assert "live.example" not in str(body), "the link is for those who are in"
    assert api().get(f"{ACTIVITIES}{join_free.reference}/").json()["places_left"] == 1


def test_drafts_visits_and_other_centers_own_business_are_not_found(cast: Cast, api: Callable[..., Any]) -> None:
    hidden = [
        make_activity(cast.center, state=ActivityState.DRAFT),
        make_activity(cast.center, kind=ActivityKind.RECEPTION),
        make_activity(cast.center, is_listed=False),
    ]
    for role in ("resident", "staff", "city_admin"):
        client = api(cast[role])
        assert found(client) == []
        for activity in hidden:
            assert_problem(client.get(f"{ACTIVITIES}{activity.reference}/"), 404, "not_found")


def test_the_list_begins_today_and_goes_as_far_as_it_is_asked(
    cast: Cast, clock: TestClock, api: Callable[..., Any]
) -> None:
    for title, day in (("past", D - 9 * DAY), ("today", clock.now.date()), ("late", D)):
        make_activity(cast.center, 8, 9, day=day, title=title)
    make_activity(cast.center, 23, 25, day=clock.now.date() - DAY, title="over midnight")
    make_activity(cast.center, day=D, title="off", state=ActivityState.CANCELLED)
    client = api()
    assert found(client) == ["over midnight", "today", "late", "off"]
    assert found(client, "first=2026-11-01&last=2026-11-21") == ["past"]
    assert found(client, "last=2026-11-24") == ["over midnight", "today"]
    assert found(client, "first=2026-11-25&last=2026-11-29") == []
    assert found(client, "ordering=-starts_at&first=2026-11-30") == ["off", "late"]
    assert_problem(client.get(f"{ACTIVITIES}?first=9999-12-31"), 400, "invalid")


def test_lists_are_narrowed(cast: Cast, clock: TestClock, api: Callable[..., Any]) -> None:
    make_activity(cast.center, title="reading", audience=Audience.ELDERS)
    make_activity(cast.sibling, title="lecture", kind=ActivityKind.TRAINING)
    make_activity(cast.sibling, title="service", kind=ActivityKind.VOLUNTEERING, audience=Audience.FAMILIES)
    client = api()
    assert found(client, f"center={cast.center.code}") == ["reading"]
    assert found(client, "kind=training&kind=volunteering") == ["lecture", "service"]
    assert found(client, "audience=elders&audience=families") == ["reading", "service"]
    assert_problem(client.get(f"{ACTIVITIES}?kind=inspection"), 400, "invalid")


def test_the_audience_is_that_of_the_page(cast: Cast, clock: TestClock, api: Callable[..., Any]) -> None:
    """What no grown-up may come to is for children, whoever it says it is for."""
    make_activity(cast.center, title="dance", max_age=17)
    make_activity(cast.center, title="walk", max_age=18, audience=Audience.FAMILIES)
    make_activity(cast.center, title="song", audience=Audience.CHILDREN)
    assert found(api(), "audience=children") == ["dance", "song"]
    assert found(api(), "audience=children&audience=families") == ["dance", "walk", "song"]
    assert found(api(), "audience=everyone") == ["dance"]
    page = api().get("/activities/?audience=children&reach=everywhere&week=2026-11-30").content.decode()
    assert "dance" in page and "song" in page and "walk" not in page


def test_has_places_means_a_place_now_without_waiting(cast: Cast, clock: TestClock, api: Callable[..., Any]) -> None:
    now = clock.now
    for title, fields in {
        "places": {"capacity": 1},
        "no limit": {},
        "not yet open": {"sign_up_opens_at": now + DAY},
        "closed": {"sign_up_closes_at": now},
        "nobody signs up": {"takes_sign_ups": False},
        "called off": {"state": ActivityState.CANCELLED},
    }.items():
        make_activity(cast.center, title=title, **fields)
    full, waited_for = (make_activity(cast.center, title=title, capacity=1) for title in ("full", "waited for"))
    for number, activity in ((1, full), (2, waited_for), (3, waited_for)):
        join(activity, number)
    Activity.objects.filter(pk=waited_for.pk).update(capacity=2)
    with_places = {"places", "no limit"}
    assert set(found(api(), "has_places=yes")) == with_places
    assert set(found(api(), "has_places=no")) == set(found(api())) - with_places


def test_queries_do_not_grow_with_the_rows(cast: Cast, api: Callable[..., Any]) -> None:
    client, room = api(), make_space(cast.center)

    def grow(more: int) -> None:
        for number in range(Activity.objects.count(), Activity.objects.count() + more):
            booking = book(make_booker(100 + number), room, 8 + number % 5, 8.5 + number % 5, day=D + number // 5 * DAY)
            activity = make_activity(cast.center)
            Activity.objects.filter(pk=activity.pk).update(booking=booking)
            activity.co_hosts.add(cast.sibling, cast.town)

    assert_constant_queries(grow, lambda: client.get(f"{ACTIVITIES}?page_size=100"))


@pytest.mark.parametrize("path", [ACTIVITIES, "/api/v1/sign-ups/", "/api/v1/participants/"])
def test_it_is_told_on_the_page_about_the_api(path: str, cast: Cast, api: Callable[..., Any]) -> None:
    assert path in api().get("/api/").content.decode()
