"""A center's page, and the page it is set up from."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from centers.choices import AreaKind, CenterStatus
from centers.models import Center, Closure, FunctionalArea, SpecialDay
from common import clock as portal_clock
from organizations.choices import OrganizationType
from organizations.services.organizations import dissolve_organization
from tests.factories.bookings import TOMORROW, book, make_booker, make_space, open_daily
from tests.factories.organizations import make_organization
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    return cast


def client_of(cast: Cast, role: str | None = None, language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    if role:
        client.force_login(cast[role])
    return client


def detail(center: Center) -> str:
    return reverse("pages:center_detail", args=[center.code])


def test_everybody_sees_where_it_stands_and_its_rooms_but_no_invented_contact(cast: Cast) -> None:
    space = make_space(cast.center)
    book(make_booker(51), space, 14, 15, day=portal_clock.today())
    response = client_of(cast).get(detail(cast.center))
    page = response.content.decode()

    assert [center.code for center in response.context["path"]] == [cast.city.code, cast.town.code]
    assert "Open until 21:00" in page
    assert space.get_absolute_url() in page
    assert f"?near={cast.center.code}" in page
    assert "tel:" not in page
    assert "Set up" not in page
    assert "演示居民01" not in page
    [room] = response.context["rooms"]
    assert "14:00–15:30" in room.day_bar["label"]


def test_phone_and_address_are_shown_once_entered(cast: Cast) -> None:
    Center.objects.filter(pk=cast.center.pk).update(phone="0573 8500 0000", address="演示路1号")
    page = client_of(cast).get(detail(cast.center)).content.decode()
    assert 'href="tel:057385000000"' in page
    assert '<span lang="zh">演示路1号</span>' in page


def test_the_week_says_holidays_other_hours_and_closures_with_their_reason(cast: Cast, clock: TestClock) -> None:
    SpecialDay.objects.create(center=cast.town, day=TOMORROW, opens=dt.time(9), closes=dt.time(12), reason="消防演练")
    start = portal_clock.midnight(TOMORROW + dt.timedelta(days=1))
    Closure.objects.create(center=cast.city, starts_at=start, ends_at=start + dt.timedelta(days=1), reason="台风")
    page = client_of(cast).get(detail(cast.center)).content.decode()
    assert "9:00–12:00" in page
    assert "消防演练" in page
    assert "台风" in page

    clock.move_to(dt.datetime(2026, 9, 30, 10, tzinfo=portal_clock.SHANGHAI))
    week = client_of(cast).get(detail(cast.center)).context["week"]
    assert week[1].mark
    assert not week[0].mark


def test_a_year_whose_holidays_arent_published_is_said(cast: Cast, clock: TestClock) -> None:
    clock.move_to(dt.datetime(2031, 3, 3, 10, tzinfo=portal_clock.SHANGHAI))
    assert (
        "The public holidays of 2031 aren’t published yet" in client_of(cast).get(detail(cast.center)).content.decode()
    )


def test_without_hours_the_page_says_so(cast: Cast) -> None:
    cast.city.weekly_hours.all().delete()
    assert client_of(cast).get(detail(cast.center)).content.decode().count("Hours not entered yet") == 8


def test_areas_stand_in_the_articles_order_with_the_centers_own_last(cast: Cast) -> None:
    FunctionalArea.objects.create(center=cast.center, kind=AreaKind.CUSTOM, own_name="智慧体验区")
    make_space(cast.center, area_kind=AreaKind.DELIBERATION)
    areas = client_of(cast).get(detail(cast.center)).context["areas"]
    assert [item.area.kind for item in areas] == [*list(AreaKind)[:8], AreaKind.CUSTOM]
    assert [item.area.kind for item in areas if item.rooms] == [AreaKind.DELIBERATION]


def test_a_town_shows_the_first_of_its_centers_and_how_many_there_are(cast: Cast) -> None:
    context = client_of(cast).get(detail(cast.town)).context
    assert cast.center in [child for child, _state in context["below"]]
    assert len(context["below"]) <= 12
    assert context["below_count"] >= len(context["below"])


@pytest.mark.parametrize("status", [CenterStatus.PLANNED, CenterStatus.CLOSED])
def test_a_center_that_isnt_public_is_seen_by_those_who_work_for_it(cast: Cast, status: CenterStatus) -> None:
    Center.objects.filter(pk=cast.center.pk).update(status=status)
    assert [
        client_of(cast, role).get(detail(cast.center)).status_code
        for role in (None, "resident", "sibling_staff", "staff", "city_admin")
    ] == [404, 404, 404, 200, 200]


def test_a_suspended_center_is_shown_shut(cast: Cast) -> None:
    Center.objects.filter(pk=cast.center.pk).update(status=CenterStatus.SUSPENDED)
    response = client_of(cast).get(detail(cast.center))
    assert "Not operating at present" in response.content.decode()
    assert not response.context["state"].is_open


def test_a_code_nobody_has_is_not_found(cast: Cast) -> None:
    assert client_of(cast).get("/centers/nowhere/").status_code == 404


def test_the_page_asks_the_same_of_two_rooms_and_of_twenty(cast: Cast) -> None:
    client = client_of(cast)
    numbers = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            n = next(numbers)
            book(make_booker(300 + n), make_space(cast.center, f"场所{n}"), 14, 15)

    assert_constant_queries(grow, lambda: client.get(detail(cast.center)))


def test_set_up_says_what_is_missing_and_where_the_rest_comes_from(cast: Cast) -> None:
    url = reverse("pages:center_manage", args=[cast.center.code])
    client = client_of(cast, "manager")
    page = client.get(url).content.decode()
    assert f"Those of {cast.city.name_en}" in page
    assert "Missing" in page

    make_space(cast.center)
    assert "Missing" not in client.get(url).content.decode()


def test_managers_enter_phone_and_address_and_nothing_else(cast: Cast) -> None:
    url = reverse("pages:center_manage", args=[cast.center.code])
    client = client_of(cast, "manager")
    response = client.post(
        url, {"phone": "０５７３－85000000", "address": "演示路1号", "name": "改名", "code": "1"}, follow=True
    )
    changed = Center.objects.get(pk=cast.center.pk)
    assert (changed.phone, changed.address, changed.name, changed.code) == (
        "0573-85000000",
        "演示路1号",
        cast.center.name,
        cast.center.code,
    )
    assert "Phone, address and English name are saved." in response.content.decode()

    refused = client.post(url, {"phone": "call me", "address": "演示路2号"})
    assert refused.status_code == 422
    assert 'value="call me"' in refused.content.decode()
    assert "演示路2号" in refused.content.decode()
    assert Center.objects.get(pk=cast.center.pk).phone == "0573-85000000"


def test_what_is_typed_wrong_is_not_the_centers_name(cast: Cast) -> None:
    url = reverse("pages:center_manage", args=[cast.center.code])
    client = client_of(cast, "manager")
    for typed in ({"phone": "call me", "name_en": "Nobody's Palace"}, {"name_en": "Nobody's 宫"}):
        refused = client.post(url, typed)
        assert refused.status_code == 422
        assert refused.context["center"].name_en == cast.center.name_en
        assert refused.content.decode().count("Nobody&#x27;s") == 1, "in the field alone"


@pytest.mark.parametrize(("role", "status"), [("staff", 403), ("sibling_manager", 404), ("resident", 404)])
def test_others_enter_nothing(cast: Cast, role: str, status: int) -> None:
    response = client_of(cast, role).post(reverse("pages:center_manage", args=[cast.center.code]), {"phone": "110"})
    assert response.status_code == status
    assert Center.objects.get(pk=cast.center.pk).phone == ""


@pytest.mark.parametrize(
    ("language", "makeup", "holiday"),
    [("en", "Make-up workday (for National Day)", "National Day"), ("zh-hans", "调休上班日（国庆节）", "国庆节")],
)
def test_a_workday_that_pays_for_a_holiday_is_not_tagged_as_the_holiday(
    cast: Cast, clock: TestClock, language: str, makeup: str, holiday: str
) -> None:
    """Saturday 10 October 2026 is worked for the National Day of the week before."""
    clock.move_to(portal_clock.at(dt.date(2026, 10, 6), dt.time(10)))
    page = client_of(cast, language=language).get(detail(cast.center)).content.decode()
    assert f'<span class="tag info">{makeup}</span>' in page
    assert f'<span class="tag info">{holiday}</span>' in page


def test_the_party_organisations_of_a_center_and_below_it(client: Client, cast: Cast) -> None:
    for n in range(9):
        make_organization(cast.center, f"演示第{n}党支部")
    make_organization(cast.center, "演示志愿队", type=OrganizationType.PARTNER)
    gone = make_organization(cast.center, "演示撤销党支部")
    dissolve_organization(actor=None, organization=gone, on=dt.date(2026, 11, 20))
    context = client.get(cast.center.get_absolute_url()).context
    assert ([one.name for one in context["party"]], context["party_count"]) == (
        [f"演示第{n}党支部" for n in range(8)],
        9,
    )
    of_town = client.get(cast.town.get_absolute_url()).context
    assert (of_town["party"], of_town["party_count"]) == ([], 9)
    html = client.get(cast.center.get_absolute_url()).content.decode()
    assert f'href="{reverse("organizations:organization_list")}?under={cast.center.code}"' in html
    assert "演示志愿队" not in html and 'id="party"' not in client.get(cast.sibling.get_absolute_url()).content.decode()
