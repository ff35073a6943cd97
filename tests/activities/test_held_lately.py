"""What was held stands on the page of its center and on the pages of those who came."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import ActivityState
from activities.models import Activity, Photo, SignUp
from centers.models import Center
from tests.factories.activities import join, make_activity
from tests.support.queries import assert_constant_queries

YESTERDAY = dt.date(2026, 11, 23)


@pytest.fixture
def held(village: Center) -> Activity:
    return make_activity(village, day=YESTERDAY, state=ActivityState.RECORDED, attendance=12, title="读书会")


def page_of(client: Client, center: Center) -> str:
    return client.get(reverse("pages:center_detail", args=[center.code])).content.decode()


def add_photo(activity: Activity, **fields: object) -> Photo:
    return Photo.objects.create(activity=activity, key="0" * 31 + "1", width=80, height=60, **fields)


def test_a_center_shows_what_was_recorded_with_its_people(client: Client, village: Center, held: Activity) -> None:
    page = page_of(client, village)
    assert held.get_absolute_url() in page and "12人" in page


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({"state": ActivityState.PUBLISHED}, False),
        ({"state": ActivityState.CANCELLED}, False),
        ({"state": ActivityState.RECORDED, "attendance": 1, "is_listed": False}, False),
        ({"state": ActivityState.RECORDED, "attendance": 1, "day": dt.date(2026, 7, 1)}, False),
        ({"state": ActivityState.ARCHIVED, "attendance": 1}, True),
    ],
    ids=["not recorded", "called off", "not public", "long ago", "archived"],
)
def test_only_what_is_recorded_public_and_lately(
    client: Client, village: Center, fields: dict[str, object], is_shown: bool
) -> None:
    activity = make_activity(village, **{"day": YESTERDAY, **fields})  # type: ignore[arg-type]
    assert (activity.get_absolute_url() in page_of(client, village)) is is_shown


def test_a_photo_is_shown_with_consent_alone(client: Client, village: Center, held: Activity) -> None:
    photo = add_photo(held)
    assert photo.get_absolute_url() not in page_of(client, village)
    Photo.objects.update(is_public=True, consent="现场告知")
    assert photo.get_absolute_url() in page_of(client, village)


def test_my_page_tells_where_one_was(client: Client, village: Center) -> None:
    activity = make_activity(village)
    sign_up = join(activity)
    stayed_away = join(make_activity(village, 17, 18))
    Activity.objects.update(
        starts_at=dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC), ends_at=dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    )
    SignUp.objects.filter(pk=sign_up.pk).update(checked_in_at=dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC))
    client.force_login(User.objects.get(pk=sign_up.made_by_id))
    page = client.get(reverse("pages:my_page")).content.decode()
    assert sign_up.get_absolute_url() in page and stayed_away.get_absolute_url() not in page


def test_the_queries_dont_grow(client: Client, village: Center) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            activity = make_activity(village, day=YESTERDAY, state=ActivityState.RECORDED, attendance=1)
            add_photo(activity, is_public=True, consent="现场告知")

    assert_constant_queries(add, lambda: page_of(client, village))
