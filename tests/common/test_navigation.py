"""The menus: each app adds its own, every entry leads to a page, one entry is current."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from common import navigation
from common.navigation import Entry, Menu
from tests.architecture.permission_table import all_names
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.support.cast import make_cast
from tests.support.time import TestClock


def labels(menu: Menu) -> list[str]:
    return [entry.url_name for entry in navigation.entries(menu)]


def test_the_menus_are_those_the_apps_added() -> None:
    assert labels(Menu.SECTIONS) == [
        "pages:home",
        "bookings:space_search",
        "activities:activity_list",
        "centers:center_list",
        "catalog:service_list",
        "pages:find",
        "pages:my_page",
    ]
    assert labels(Menu.WORK) == [
        "pages:workbench",
        "bookings:decision_list",
        "activities:record_held",
        "notifications:message_list",
        "activities:manage_list",
        "activities:visit_queue",
        "activities:rectification_list",
        "ratings:rating_list",
        "stats:overview",
        "stats:report_list",
        "ledger:ledger_list",
        "ledger:work_log",
        "activities:coverage_detail",
        "imports:import_list",
        "pages:more",
    ]
    assert labels(Menu.SET_UP) == [
        "pages:center_manage",
        "bookings:space_list_manage",
        "organizations:organization_list_manage",
        "bookings:policy_edit",
        "catalog:service_list_manage",
        "centers:hours_edit",
        "centers:special_day_list",
        "centers:role_list",
    ]


def test_pages_that_belong_to_an_entry_exist() -> None:
    """`names` are beginnings of URL names: each has one that begins so."""
    begun = {name for menu in Menu for entry in navigation.entries(menu) for name in entry.names}
    assert begun
    assert {start for start in begun if not any(name.startswith(start) for name in all_names())} == set()


@pytest.mark.parametrize(
    ("menu", "view", "current", "mark"),
    [
        (Menu.SECTIONS, "pages:home", "pages:home", "page"),
        (Menu.SECTIONS, "pages:center_detail", "centers:center_list", "true"),
        (Menu.SECTIONS, "bookings:space_detail", "bookings:space_search", "true"),
        (Menu.SECTIONS, "bookings:booking_create", "bookings:space_search", "true"),
        (Menu.SECTIONS, "bookings:booking_detail", "pages:my_page", "true"),
        (Menu.SECTIONS, "account_login", "pages:my_page", "true"),
        (Menu.SECTIONS, "activities:activity_detail", "activities:activity_list", "true"),
        (Menu.SECTIONS, "activities:sign_up_create", "activities:activity_list", "true"),
        (Menu.SECTIONS, "activities:sign_up_detail", "pages:my_page", "true"),
        (Menu.SECTIONS, "activities:participant_list", "pages:my_page", "true"),
        (Menu.SECTIONS, "pages:about", None, None),
        (Menu.SET_UP, "centers:staff_password", "centers:role_list", "true"),
        (Menu.SET_UP, "bookings:space_policy_edit", "bookings:space_list_manage", "true"),
        (Menu.SET_UP, "bookings:policy_edit", "bookings:policy_edit", "page"),
        (Menu.SET_UP, "catalog:service_retire", "catalog:service_list_manage", "true"),
        (Menu.WORK, "bookings:booking_reject", "bookings:decision_list", "true"),
        (Menu.WORK, "ratings:code_activity", "ratings:rating_list", "true"),
        (Menu.WORK, "bookings:booking_detail", "bookings:decision_list", "true"),
        (Menu.WORK, "activities:record_held", "activities:record_held", "page"),
        (Menu.WORK, "pages:network_centers", "pages:workbench", "true"),
        (Menu.WORK, "activities:visit_refuse", "activities:visit_queue", "true"),
        (Menu.WORK, "activities:rectification_detail", "activities:rectification_list", "true"),
        (Menu.WORK, "activities:inspection_detail", "activities:manage_list", "true"),
        (Menu.WORK, "stats:review_list", "stats:report_list", "true"),
    ],
)
def test_at_most_one_is_current(menu: Menu, view: str, current: str | None, mark: str | None) -> None:
    args = ["330482"] if menu == Menu.SET_UP else []
    found = [(link.entry.url_name, link.current) for link in navigation.links(menu, view, args) if link.current]
    assert found == ([(current, mark)] if current else [])


def test_the_tab_bar_holds_what_fits_a_phone(db: None) -> None:
    """The center map stands in the masthead and the site map alone."""
    page = Client().get(reverse("pages:home")).content.decode()
    bar = page[page.index('class="tab-bar"') :]
    assert reverse("activities:activity_list") in bar and f'href="{reverse("centers:center_list")}"' not in bar
    assert f'href="{reverse("centers:center_list")}"' in page[: page.index('class="tab-bar"')]


def test_staff_have_a_bar_of_their_own_with_what_waits(db: None, clock: TestClock) -> None:
    """At work the five entries of the work menu that fit; on public pages the public bar."""
    cast, client = make_cast(), Client()
    make_policy(cast.city, confirm_mode="staff", turnaround_minutes=0)
    open_daily(cast.city)
    book(make_booker(31), make_space(cast.center))
    client.force_login(cast["staff"])
    for name, at_work in (("pages:workbench", True), ("bookings:decision_list", True), ("pages:home", False)):
        page = client.get(reverse(name)).content.decode()
        bar = page[page.index('class="tab-bar"') :]
        assert re.findall(r'href="([^"]+)"', bar) == (
            [reverse(entry.url_name) for entry in navigation.entries(Menu.WORK) if entry.in_tab_bar]
            if at_work
            else [*(reverse(e.url_name) for e in navigation.entries(Menu.SECTIONS) if e.in_tab_bar), "/work/"]
        )
        assert bool(re.search(r"count-badge\">1<span", bar)) == at_work


def test_an_entry_of_a_new_app_is_on_the_pages(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Nothing but its registration: masthead, tab bar and site map read the same menu."""
    menus = {menu: dict(found) for menu, found in navigation._menus.items()}
    monkeypatch.setattr(navigation, "_menus", menus)
    navigation.register(Menu.SECTIONS, Entry("pages:accessibility", "Activities", 25, icon="calendar", short="Do"))
    page = Client().get(reverse("pages:site_map")).content.decode()
    address = reverse("pages:accessibility")
    assert page.count(f'<a href="{address}">Activities</a>') == 2
    assert f'<a href="{address}">\n' in page and "Do" in page


def test_a_number_of_a_new_app_stands_beside_its_entry(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(navigation, "_menus", {menu: dict(found) for menu, found in navigation._menus.items()})
    monkeypatch.setattr(navigation, "_counters", dict(navigation._counters))
    navigation.register(Menu.WORK, Entry("pages:accessibility", "Records", 40, icon="calendar", count="unrecorded"))
    asked_for: list[object] = []
    navigation.register_counter("unrecorded", "to record", lambda user: asked_for.append(user.pk) or 7)
    client, manager = Client(), make_cast()["manager"]
    client.force_login(manager)
    page = client.get(reverse("pages:more")).content.decode()
    assert re.search(r'id="rail-unrecorded">7<span class="visually-hidden"> to record</span>', page)
    assert asked_for == [manager.pk], "once, however many menus show it"


def test_entries_are_grouped(db: None) -> None:
    """What has no room at the side stands in no group: the page of the rest doesn't list itself."""
    groups = navigation.grouped(navigation.links(Menu.WORK, "pages:workbench"))
    assert [(str(label), len(links)) for label, links in groups] == [("今天", 4), ("活动", 4), ("记录", 6)]
    cast, client = make_cast(), Client()
    client.force_login(cast["staff"])
    more = client.get(reverse("pages:more")).content.decode()
    assert re.findall(r'<h2 id="more-\d">(.*?)</h2>', more) == ["今天", "活动", "记录"]


def test_a_number_that_a_page_knows_is_not_read_again(monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> None:
    monkeypatch.setattr(navigation, "_counters", {})
    navigation.register_counter("known", "to do", lambda user: pytest.fail("read again"))
    request = rf.get("/")
    request.user = AnonymousUser()
    navigation.set_count(request, "known", 3)
    assert navigation.counts_of(request)["known"].n == 3


def test_every_entry_leads_to_a_page(db: None) -> None:
    cast = make_cast()
    client = Client()
    client.force_login(cast["manager"])
    for menu in Menu:
        for link in navigation.links(menu, "", [cast.center.code] if menu == Menu.SET_UP else []):
            assert client.get(link.url, follow=True).status_code == 200, link.url
