"""The public list, kept for a minute: a change is seen at once, and one's own sign-ups by oneself alone."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from activities.models import Activity
from activities.services.activities import cancel_activity
from centers.models import Center
from common.clock import today
from tests.factories.activities import join, make_activity
from tests.support.time import TestClock

LIST = reverse("activities:activity_list")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keeps(settings: Any) -> None:
    settings.KEEPS_FRAGMENTS = True
    caches["fragments"].clear()


def page(client: Client, **query: Any) -> str:
    return client.get(LIST, query).content.decode()


def places(html: str) -> list[str]:
    return re.findall(r"还有(\d+)个名额", html)


def queries(client: Client, **query: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, **query)
    return len(captured)


def test_the_second_in_a_minute_gets_it_as_it_was_made(client: Client, village: Center, clock: TestClock) -> None:
    make_activity(village)
    page(client)
    again = queries(client)
    assert again == 2, "the network's version, and the week's"
    assert "新春送福" in page(Client())
    clock.advance(minutes=1)
    assert queries(client) > again


def test_a_place_taken_is_seen_at_once(client: Client, village: Center) -> None:
    activity = make_activity(village, capacity=2)
    assert places(page(client)) == ["2"]
    join(activity, 1)
    assert places(page(client)) == ["1"]


def test_what_is_cancelled_is_seen_at_once(client: Client, village: Center, staff: User) -> None:
    activity = make_activity(village)
    assert "<del>" not in page(client)
    cancel_activity(actor=staff, activity=activity, reason="停电")
    assert "<del>" in page(client)
    assert "停电" in client.get(activity.get_absolute_url()).content.decode()


def test_a_new_one_is_seen_at_once_and_a_center_that_shuts_is_not(client: Client, village: Center) -> None:
    page(client)
    make_activity(village, title="刚发布")
    assert "刚发布" in page(client)
    Center.objects.filter(pk=village.pk).update(status="planned")
    assert "刚发布" not in page(client)


def test_languages_filters_and_fragments_are_kept_apart(client: Client, village: Center) -> None:
    make_activity(village)
    whole = page(client)
    assert client.get(LIST, headers={"HX-Request": "true"}).content.decode() != whole
    assert "新春送福" not in page(client, kind="training")
    client.cookies["django_language"] = "en"
    assert "Activities this week" in page(client)


def test_ones_own_is_shown_to_oneself_alone(client: Client, village: Center) -> None:
    activity = make_activity(village)
    page(client)
    own = Client()
    own.force_login(join(activity, 1).made_by)
    assert "已报名" in page(own)
    assert "已报名" not in page(Client())


def test_words_of_ones_own_are_not_kept(client: Client, village: Center) -> None:
    make_activity(village)
    page(client, q="新春")
    page(client, week=str(today() + dt.timedelta(weeks=9)))
    assert Activity.objects.count() == 1
    assert not caches["fragments"]._cache
