"""Rooms and rules by plain forms: what they write, what they say when refused, and that they keep what was typed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import BookingPolicy, Space
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

ROOM = {
    "name": "二楼活动室",
    "area_kind": "activity",
    "capacity": "30",
    "equipment": ["projector", "step_free"],
    "is_active": "on",
}


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    return cast


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(cast["manager"])
    return client


def create_url(cast: Cast) -> str:
    return reverse("bookings:space_create", args=[cast.center.code])


def test_the_first_room_is_made_and_shown(cast: Cast, manager: Client) -> None:
    assert (
        "No rooms yet" in manager.get(reverse("bookings:space_list_manage", args=[cast.center.code])).content.decode()
    )

    response = manager.post(create_url(cast), ROOM, follow=True)

    space = Space.objects.get()
    assert (space.center, space.capacity, space.equipment, space.cells.count()) == (
        cast.center,
        30,
        ["projector", "step_free"],
        1,
    )
    assert 'Added: <span lang="zh">二楼活动室</span>.' in response.content.decode()


def test_sent_twice_there_is_one_room_and_what_was_typed_is_kept(cast: Cast, manager: Client) -> None:
    manager.post(create_url(cast), ROOM)
    response = manager.post(create_url(cast), {**ROOM, "capacity": "31"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "has a room of that name already" in page
    assert 'href="#id_name"' in page
    assert 'value="31"' in page
    assert Space.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "长" * 41),
        ("capacity", "0"),
        ("capacity", "many"),
        ("area_kind", "roof"),
        ("equipment", "cannon"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(cast: Cast, manager: Client, field: str, value: str) -> None:
    response = manager.post(create_url(cast), {**ROOM, field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Space.objects.exists()


def test_an_english_name_is_optional_and_shown_on_english_pages_alone(cast: Cast, manager: Client) -> None:
    url = create_url(cast)
    assert "English pages show the Chinese name" in manager.get(url).content.decode()
    done = manager.post(url, {**ROOM, "name_en": "Second-floor Activity Room"}, follow=True).content.decode()
    assert "Added: Second-floor Activity Room." in done
    space = Space.objects.get()
    assert (space.name, space.name_en) == ("二楼活动室", "Second-floor Activity Room")

    manager.post(reverse("bookings:space_edit", args=[space.pk]), {**ROOM, "name_en": ""})
    space.refresh_from_db()
    assert (space.name, space.name_en) == ("二楼活动室", "")
    assert manager.post(url, {**ROOM, "name": "长", "name_en": "x" * 81}).status_code == 422


def test_a_hall_is_made_of_the_rooms_ticked(cast: Cast, manager: Client) -> None:
    one, two = make_space(cast.center, "一号"), make_space(cast.center, "二号")
    assert "parts" in manager.get(create_url(cast)).context["form"].fields

    manager.post(create_url(cast), {**ROOM, "name": "大厅", "parts": [one.pk, two.pk]})
    hall = Space.objects.get(name="大厅")
    assert set(hall.cells.all()) == {*one.cells.all(), *two.cells.all()}
    edit = manager.get(reverse("bookings:space_edit", args=[one.pk])).content.decode()
    assert "Shares its place with these" in edit

    refused = manager.post(create_url(cast), {**ROOM, "name": "半厅", "parts": [one.pk]})
    assert "two rooms or more" in refused.content.decode()


def test_rooms_of_other_centers_cant_be_ticked(cast: Cast, manager: Client) -> None:
    for n in (1, 2):
        make_space(cast.center, f"{n}号")
    elsewhere = make_space(cast.sibling)
    response = manager.post(create_url(cast), {**ROOM, "name": "大厅", "parts": [elsewhere.pk]})
    assert response.status_code == 422
    assert not Space.objects.filter(name="大厅").exists()


def test_a_room_taken_out_of_use_says_which_bookings_still_stand(cast: Cast, manager: Client) -> None:
    space = make_space(cast.center)
    book(make_booker(41), space)
    changed = {key: value for key, value in ROOM.items() if key != "is_active"}
    response = manager.post(reverse("bookings:space_edit", args=[space.pk]), changed, follow=True)

    space.refresh_from_db()
    assert not space.is_active
    page = response.content.decode()
    assert "1 booking of it still stands" in page
    assert "Out of use" in page


def test_a_room_isnt_renamed_to_another(cast: Cast, manager: Client) -> None:
    make_space(cast.center, "一号")
    space = make_space(cast.center, "二号")
    manager.cookies["django_language"] = "zh-hans"
    response = manager.post(reverse("bookings:space_edit", args=[space.pk]), {**ROOM, "name": "一号"})

    assert response.status_code == 409
    page = response.content.decode()
    for part in ("title", "h1"):
        [words] = re.findall(f"<{part}[ >].*?</{part}>", page, re.DOTALL)
        assert "二号" in words and "一号" not in words, "the page is still about the room that it was asked for"
    space.refresh_from_db()
    assert space.name == "二号"


def test_a_rule_left_blank_says_what_it_inherits_and_from_where(cast: Cast, manager: Client) -> None:
    make_policy(cast.town, quota_count=9)
    page = manager.get(reverse("bookings:policy_edit", args=[cast.center.code])).content.decode()

    assert f"If left blank: 9, from {cast.town.name_en}." in page
    assert "If left blank: 30, the portal's default." in page


def test_the_rules_of_a_center_are_set_and_given_up(cast: Cast, manager: Client) -> None:
    url = reverse("bookings:policy_edit", args=[cast.center.code])
    response = manager.post(url, {"quota_count": "2", "notice_workdays": "0", "confirm_mode": "staff"})
    policy = BookingPolicy.objects.get()
    assert (policy.center, policy.quota_count, policy.notice_workdays, policy.confirm_mode) == (
        cast.center,
        2,
        0,
        "staff",
    )
    assert response["Location"] == reverse("pages:center_manage", args=[cast.center.code])

    manager.post(url, {})
    assert not BookingPolicy.objects.exists()


def test_the_rules_of_a_room_come_before_its_centers(cast: Cast, manager: Client) -> None:
    space = make_space(cast.center)
    make_policy(cast.center, quota_count=9)
    url = reverse("bookings:space_policy_edit", args=[space.pk])
    assert f"If left blank: 9, from {cast.center.name_en}." in manager.get(url).content.decode()

    manager.post(url, {"quota_count": "1"})
    assert BookingPolicy.objects.get(space=space).quota_count == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("turnaround_minutes", "241"), ("horizon_days", "0"), ("quota_count", "x"), ("confirm_mode", "never")],
)
def test_a_rule_out_of_range_is_named_and_kept(cast: Cast, manager: Client, field: str, value: str) -> None:
    response = manager.post(
        reverse("bookings:policy_edit", args=[cast.center.code]), {field: value, "cancel_hours": "12"}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="12"' in response.content.decode()
    assert not BookingPolicy.objects.exists()


@pytest.mark.parametrize("role", ["staff", "sibling_manager", "other_town_admin"])
def test_others_can_post_nothing(cast: Cast, role: str) -> None:
    space = make_space(cast.center)
    client = Client()
    client.force_login(cast[role])
    expected = 403 if role == "staff" else 404
    for url in (
        create_url(cast),
        reverse("bookings:space_edit", args=[space.pk]),
        reverse("bookings:policy_edit", args=[cast.center.code]),
        reverse("bookings:space_policy_edit", args=[space.pk]),
    ):
        assert client.post(url, ROOM).status_code == expected
    assert Space.objects.get().name == space.name


def test_the_list_asks_the_same_of_two_rooms_and_of_twenty(cast: Cast, manager: Client) -> None:
    numbers = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            make_space(cast.center, f"场所{next(numbers)}")

    assert_constant_queries(grow, lambda: manager.get(reverse("bookings:space_list_manage", args=[cast.center.code])))


def test_the_list_is_said_in_chinese_too(cast: Cast, manager: Client) -> None:
    manager.cookies["django_language"] = "zh-hans"
    make_space(cast.center, "长" * 40)
    page = manager.get(reverse("bookings:space_list_manage", args=[cast.center.code])).content.decode()
    assert '<html lang="zh-Hans"' in page
    assert "长" * 40 in page


@pytest.mark.parametrize(
    ("field", "typed"), [("name", "\u200b"), ("name", "\u202e\u3164"), ("name_en", "Room 二"), ("name_en", "301")]
)
def test_a_room_has_names_that_can_be_read(cast: Cast, manager: Client, field: str, typed: str) -> None:
    assert manager.post(create_url(cast), {**ROOM, field: typed}).status_code == 422
    assert not Space.objects.exists()


def test_what_nobody_sees_is_left_out_of_a_name(cast: Cast, manager: Client) -> None:
    manager.post(create_url(cast), {**ROOM, "name": "𠮷\u202e活动室\u200b", "name_en": "Ｒｏｏｍ 1"})
    assert Space.objects.values_list("name", "name_en").get() == ("𠮷活动室", "Room 1")


def test_two_rooms_of_a_center_have_two_english_names(cast: Cast, manager: Client) -> None:
    make_space(cast.sibling, "活动室", name_en="East Hall")
    first = make_space(cast.center, "东厅", name_en="East Hall")
    second = make_space(cast.center, "西厅", name_en="West Hall")
    edit = reverse("bookings:space_edit", args=[second.pk])

    for url, name in ((create_url(cast), "北厅"), (edit, "西厅")):
        response = manager.post(url, {**ROOM, "name": name, "name_en": "east hall"})
        assert (response.status_code, list(response.context["form"].errors)) == (409, ["name_en"])
    own = reverse("bookings:space_edit", args=[first.pk])
    assert manager.post(own, {**ROOM, "name": "东厅", "name_en": "EAST HALL"}).status_code == 302
    for name in ("北厅", "南厅"):
        assert manager.post(create_url(cast), {**ROOM, "name": name, "name_en": ""}).status_code == 302
