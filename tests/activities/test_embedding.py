"""Activities on other websites: in a frame, in a calendar, in a feed; public ones alone, and nobody's."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from activities.choices import ActivityKind, ActivityState
from centers.models import Center
from tests.factories.activities import make_activity
from tests.support.queries import assert_constant_queries

EMBED, CALENDAR, JSON = (reverse(f"activities:{name}") for name in ("embed_list", "public_calendar", "public_json"))
TODAY = dt.date(2026, 11, 24)
ALL = (EMBED, CALENDAR, JSON)


def embedded(client: Client, **query: Any) -> str:
    return client.get(EMBED, query).content.decode()


@pytest.mark.django_db
def test_a_frame_of_any_website_may_show_it_and_no_other_page(client: Client, village: Center) -> None:
    response = client.get(EMBED)
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "<script" not in response.content.decode() and "<form" not in response.content.decode()
    other = client.get(reverse("activities:activity_list"))
    assert other["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in other["Content-Security-Policy"]


@pytest.mark.parametrize("address", ALL)
def test_no_cookie_is_set_and_caches_keep_it_for_five_minutes(client: Client, village: Center, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert {part.strip() for part in response["Cache-Control"].split(",")} == {"public", "max-age=300"}
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", ALL)
def test_public_coming_ones_alone(client: Client, village: Center, address: str) -> None:
    make_activity(village, title="公开的一场", day=TODAY)
    make_activity(village, title="草稿", day=TODAY, state=ActivityState.DRAFT)
    make_activity(village, title="内部", day=TODAY, is_listed=False)
    make_activity(village, title="接待", day=TODAY, kind=ActivityKind.RECEPTION)
    make_activity(village, title="昨天", day=dt.date(2026, 11, 23))
    text = client.get(address).content.decode()
    assert "公开的一场" in text
    assert not [title for title in ("草稿", "内部", "接待", "昨天") if title in text]


@pytest.mark.parametrize("address", ALL)
def test_of_a_center_and_all_below_it(client: Client, village: Center, address: str) -> None:
    town = Center.objects.get(code="330482001")
    make_activity(village, title="村里的", day=TODAY)
    make_activity(town, title="镇里的", day=TODAY)
    of_town = client.get(address, {"center": town.code}).content.decode()
    of_village = client.get(address, {"center": village.code}).content.decode()
    assert "村里的" in of_town and "镇里的" in of_town
    assert "村里的" in of_village and "镇里的" not in of_village


@pytest.mark.parametrize("address", ALL)
@pytest.mark.parametrize("code", ["none", "\0", "x" * 5000])
def test_a_center_that_there_isnt_is_said(client: Client, village: Center, address: str, code: str) -> None:
    make_activity(village, title="公开的一场", day=TODAY)
    response = client.get(address, {"center": code})
    assert response.status_code == 404
    assert "公开的一场" not in response.content.decode()


def test_so_many_days_in_the_language_asked_for(client: Client, village: Center) -> None:
    make_activity(village, title="今天的", day=TODAY)
    make_activity(village, title="后天的", day=TODAY + dt.timedelta(days=2))
    assert "后天的" not in embedded(client, days=2)
    assert "后天的" in embedded(client, days=3)
    for nonsense in ("0", "-1", "x", "9" * 40):
        assert "后天的" in embedded(client, days=nonsense)
    assert 'lang="en"' in embedded(client, lang="en")
    assert 'lang="zh-Hans"' in client.get(EMBED, headers={"Accept-Language": "en"}).content.decode()
    assert 'lang="zh-Hans"' in embedded(client, lang="xx")


def test_links_open_a_page_of_their_own(client: Client, village: Center) -> None:
    activity = make_activity(village, day=TODAY)
    html = embedded(client)
    assert f'href="{activity.get_absolute_url()}" target="_blank"' in html.replace("\n", " ").replace("  ", "")
    assert html.count("<a ") == html.count('target="_blank"')


def test_the_same_for_who_has_signed_in(client: Client, village: Center, resident: User) -> None:
    make_activity(village, day=TODAY)
    before = embedded(client)
    client.force_login(resident)
    assert embedded(client) == before


def test_the_calendar_and_the_feed_say_the_same(client: Client, village: Center) -> None:
    coming = make_activity(village, title="读书会", day=TODAY, capacity=5)
    off = make_activity(village, title="取消的", day=TODAY, state=ActivityState.CANCELLED)
    calendar = Calendar.from_ical(client.get(CALENDAR, {"center": village.code}).content)
    events = {str(event["summary"]): str(event["status"]) for event in calendar.walk("VEVENT")}
    assert events == {"读书会": "CONFIRMED", "取消的": "CANCELLED"}
    response = client.get(JSON, {"center": village.code})
    assert response["Content-Type"] == "application/feed+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{JSON}?center={village.code}"
    assert [(item["title"], item["url"]) for item in feed["items"]] == [
        (one.title, f"http://testserver{one.get_absolute_url()}") for one in (coming, off)
    ]
    about = feed["items"][0]["_activity"]
    assert about["starts_at"] == "2026-11-24T14:00:00+08:00"
    assert (about["center"], about["places_left"], about["is_cancelled"]) == (village.code, 5, False)


def test_what_to_copy_works(client: Client, village: Center) -> None:
    """The element on the page leads to the list, escaped as a page of HTML needs it."""
    html = client.get(reverse("activities:embed_help"), {"center": village.code, "days": 7}).content.decode()
    address = f"http://testserver{EMBED}?center={village.code}&amp;amp;days=7"
    assert f"&lt;iframe src=&quot;{address}&quot;" in html
    assert "frame-src 'self'" in client.get(reverse("activities:embed_help"))["Content-Security-Policy"]
    assert client.get(f"{EMBED}?center={village.code}&days=7").status_code == 200


@pytest.mark.parametrize("address", ALL)
def test_the_queries_dont_grow(client: Client, village: Center, address: str) -> None:
    def grow(count: int) -> None:
        for _ in range(count):
            make_activity(village, day=TODAY).co_hosts.add(Center.objects.get(code="330482"))

    assert_constant_queries(grow, lambda: client.get(address))
