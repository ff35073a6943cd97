"""One search over all that the portal has: found in Chinese, English and letters; nothing found leads on."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from activities.choices import ActivityState
from activities.services.activities import edit_activity
from bookings.models import Space
from bookings.services.spaces import change_space
from centers.models import Center
from organizations.services.organizations import change_organization
from tests.factories.activities import make_activity, make_plan
from tests.factories.bookings import make_space, open_daily
from tests.factories.catalog import make_service
from tests.factories.organizations import make_organization
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
FIND = reverse("pages:find")


@pytest.fixture
def cast(clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    return cast


@pytest.fixture
def room(cast: Cast) -> Space:
    return make_space(cast.center, name="红船书房", name_en="Red Boat Study", equipment=["projector"])


def find(client: Client, q: str, **query: str) -> dict[str, list[str]]:
    """Titles that were found, by kind."""
    context = client.get(FIND, {"q": q, **query}).context
    return {group.kind.name: [row.title for row in group.rows] for group in context.get("groups", [])}


@pytest.mark.parametrize("words", ["红船", "hongchuan", "hcsf", "HCSF", "red boat", "红船 书房", "红船 投影"])
def test_a_room_is_found_by_its_name_in_chinese_english_and_letters(client: Client, room: Space, words: str) -> None:
    assert find(client, words) == {"rooms": ["红船书房"]}


def test_a_room_is_found_with_the_name_of_its_center(client: Client, room: Space, cast: Cast) -> None:
    assert find(client, f"{cast.center.short_name} 红船")["rooms"] == ["红船书房"]


def test_each_kind_is_found(client: Client, cast: Cast) -> None:
    make_space(cast.center, name="暖心室")
    make_activity(cast.center, title="暖心手工编织")
    make_service(cast.city, "暖心代办")
    make_organization(cast.center, "暖心党支部")
    found = {
        "rooms": ["暖心室"],
        "activities": ["暖心手工编织"],
        "services": ["暖心代办"],
        "organizations": ["暖心党支部"],
    }
    assert find(client, "暖心") == find(client, "nuanxin") == found
    # The English name of a center holds it too: Sanxing.
    assert find(client, "nx") == {**found, "centers": ["三兴村党群服务中心"]}


@pytest.mark.parametrize(("typed", "is_found"), [("hcs", True), ("ho", True), ("ufa", False), ("uan", False)])
def test_few_letters_begin_the_name_or_stand_for_its_characters(
    client: Client, room: Space, typed: str, is_found: bool
) -> None:
    assert ("红船书房" in find(client, typed).get("rooms", [])) is is_found


@pytest.mark.parametrize("words", ["当湖街道", "danghu", "dhjd", "Danghu Sub"])
def test_a_center_is_found(client: Client, cast: Cast, words: str) -> None:
    assert "当湖街道" in [title.removesuffix("党群服务中心") for title in find(client, words)["centers"]]


def test_what_isnt_public_or_is_over_isnt_found(client: Client, cast: Cast) -> None:
    make_activity(cast.center, title="暖心一", state=ActivityState.DRAFT)
    make_activity(cast.center, title="暖心二", day=dt.date(2026, 11, 20))
    make_activity(cast.center, title="暖心三", is_listed=False)
    make_space(cast.center, name="暖心室", is_active=False)
    assert find(client, "暖心") == {}


def test_a_room_of_the_nearest_center_comes_first(client: Client, cast: Cast) -> None:
    for center in (cast.city, cast.town, cast.center):
        make_space(center, name="红船书房")
    client.cookies["search"] = f"near={cast.center.code}"
    rows = client.get(FIND, {"q": "红船"}).context["groups"][0].rows
    assert [cast.center.short_name in row.meta for row in rows] == [True, False, False]


def test_five_are_shown_and_the_way_to_all(client: Client, cast: Cast) -> None:
    for n in range(7):
        make_activity(cast.center, title=f"读书会{n}", start=8 + n, end=9 + n)
        make_service(cast.city, f"读书服务{n}")
    groups = {group.kind.name: group for group in client.get(FIND, {"q": "读书"}).context["groups"]}
    assert {name: (len(group.rows), group.count) for name, group in groups.items()} == {
        "activities": (5, 7),
        "services": (5, 7),
    }
    assert groups["services"].all_url == f"{reverse('catalog:service_list')}?q=%E8%AF%BB%E4%B9%A6"
    everything = client.get(groups["activities"].all_url)
    assert [row.title for row in everything.context["rows"]] == [f"读书会{n}" for n in range(7)]
    assert client.get(groups["services"].all_url).context["page"].paginator.count == 7


@pytest.mark.parametrize("words", ["红传书房", "hongchaunshufang", "hongchuansufang"])
def test_another_character_of_the_sound_or_a_slip_finds_the_nearest(client: Client, room: Space, words: str) -> None:
    response = client.get(FIND, {"q": words})
    assert response.context["count"] == 0
    assert response.context["alike"][0].title == "红船书房"
    assert reverse("bookings:space_detail", args=[room.pk]) in response.content.decode()


def test_nothing_at_all_leads_to_the_phone(client: Client, cast: Cast) -> None:
    Center.objects.filter(pk=cast.city.pk).update(phone="0573-00000001")
    html = client.get(FIND, {"q": "zzzzzzzz"}).content.decode()
    assert 'href="tel:0573-00000001"' in html
    assert '<h1>没有找到 <span class="muted" lang="">“zzzzzzzz”</span></h1>' in html


def test_none_of_the_kind_shows_what_there_is(client: Client, room: Space) -> None:
    context = client.get(FIND, {"q": "红船", "kind": "services"}).context
    assert [group.kind.name for group in context["groups"]] == ["rooms"]


@pytest.mark.parametrize("words", ["x" * 41, "\0", "a\0b"])
def test_words_that_make_no_sense_come_back_with_the_reason(client: Client, cast: Cast, words: str) -> None:
    response = client.get(FIND, {"q": words})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"q"}


@pytest.mark.parametrize("query", ["q=%ED%A0%80", "q=%FF", "q=%25", "q=_", "q=\u202e", "q=x&kind=none&page=-1"])
def test_bytes_that_are_no_words_find_nothing_of_everybody(client: Client, cast: Cast, query: str) -> None:
    make_space(cast.center, name="红船书房")
    response = client.get(f"{FIND}?{query}")
    assert response.status_code == 200
    assert "红船书房" not in response.content.decode()


def test_whoever_asks_too_often_waits(client: Client, cast: Cast, settings: Any) -> None:
    settings.SEARCH_RATE = "2/m"
    caches["volatile"].clear()
    assert [client.get(FIND, {"q": "x"}).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("query", [{"q": "红船"}, {"q": "红船", "kind": "rooms"}, {"q": "红传"}])
def test_the_queries_dont_grow(client: Client, cast: Cast, query: dict[str, str]) -> None:
    def grow(count: int) -> None:
        for _ in range(count):
            n = Space.objects.count()
            make_space(cast.center, name=f"红船书房{n}")
            make_activity(cast.center, title=f"红船{n}")
            make_service(cast.city, f"红船{n}")
            make_organization(cast.center, f"红船支部{n}")

    assert_constant_queries(grow, lambda: client.get(FIND, query))


def test_a_new_name_is_found_by_its_letters(client: Client, cast: Cast, room: Space) -> None:
    """The letters are of the name as it is, whatever path changed it."""
    organization = make_organization(cast.center, "旧名党支部")
    change_organization(actor=None, organization=organization, name="新民党支部")
    change_space(actor=cast["manager"], space=room, name="新仓书房")
    assert find(client, "xinmin")["organizations"] == ["新民党支部"]
    assert find(client, "xcsf")["rooms"] == ["新仓书房"]
    assert find(client, "hcsf") == {}
    activity = make_activity(cast.center, title="旧题")
    edit_activity(actor=cast["staff"], activity=activity, plan=make_plan(title="新题"))
    assert find(client, "xinti")["activities"] == ["新题"]
    assert find(client, "jiuti") == {}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_box_stands_on_home_and_in_the_masthead(client: Client, cast: Cast, language: str) -> None:
    headers = {"Accept-Language": language}
    assert f'action="{FIND}"' in client.get("/", headers=headers).content.decode()
    assert f'href="{FIND}"' in client.get(reverse("pages:about"), headers=headers).content.decode()
