"""The one search through the API: the page's answer, by kind."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.api.asking import assert_problem
from tests.factories.activities import make_activity
from tests.factories.bookings import make_space
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
FIND = "/api/v1/find/"


@pytest.fixture
def cast(clock: TestClock) -> Cast:
    return make_cast()


def test_what_was_found_stands_by_kind_with_its_page(client: Client, cast: Cast) -> None:
    room = make_space(cast.center, name="红船书房")
    activity = make_activity(cast.center, title="红船故事会")
    body = client.get(FIND, {"q": "hongchuan"}).json()
    assert body == {
        "count": 2,
        "groups": [
            {"kind": kind, "count": 1, "things": [{"title": title, "url": f"http://testserver{url}"}]}
            for kind, title, url in (
                ("rooms", "红船书房", room.get_absolute_url()),
                ("activities", "红船故事会", activity.get_absolute_url()),
            )
        ],
        "alike": [],
    }
    assert [one["title"] for one in client.get(FIND, {"q": "红传书房"}).json()["alike"]][:1] == ["红船书房"]


@pytest.mark.parametrize("query", ["", "q=", "q=%20", f"q={'x' * 41}", "q=%00"])
def test_words_that_make_no_sense_are_refused(client: Client, cast: Cast, query: str) -> None:
    body = assert_problem(client.get(f"{FIND}?{query}"), 400, "invalid")
    assert [error["field"] for error in body["errors"]] == ["q"]


def test_the_page_about_it_names_it(client: Client, cast: Cast) -> None:
    assert FIND in client.get(reverse("pages:api_docs")).content.decode()
