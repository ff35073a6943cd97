"""The page of the week shows what holds, also when it comes from above."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from centers.choices import DayKind
from centers.models import WeeklyHours
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    return make_cast()


@pytest.fixture
def manager(cast: Cast, client: Client) -> Client:
    client.force_login(cast["manager"])
    return client


def set_monday(center: object, opens: int, closes: int) -> None:
    WeeklyHours.objects.create(center=center, day_kind=DayKind.MON, opens=dt.time(opens), closes=dt.time(closes))


def test_inherited_hours_are_shown_and_named_and_stay_inherited_until_saved(cast: Cast, manager: Client) -> None:
    set_monday(cast.city, 8, 17)
    url = reverse("centers:hours_edit", args=[cast.center.code])
    page = manager.get(url)
    assert (page.context["source"], page.context["has_own"]) == (cast.city, False)
    assert 'value="08:00"' in page.content.decode()
    assert not cast.center.weekly_hours.exists()


def test_the_nearest_week_wins_and_ones_own_first(cast: Cast, manager: Client) -> None:
    url = reverse("centers:hours_edit", args=[cast.center.code])
    assert manager.get(url).context["source"] is None
    for center in (cast.city, cast.town, cast.center):
        set_monday(center, 9, 18)
        assert manager.get(url).context["source"] == center
    assert manager.get(url).context["has_own"]
