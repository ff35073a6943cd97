"""An installation with the register alone.

Its first person, made by command, sets up a center by the pages; a resident books there.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from bookings.models import Space
from centers.choices import DayKind
from centers.models import Center
from common import clock
from tests.browser.walk import MANY, Taps, Walk
from tests.factories.people import PASSWORD
from tests.support.browser import Mode, Visitor
from tests.support.server import PortalServer, running_portal

FIRST, CHANGED, OWN = "first-person", "another-2026-word", "lake-and-bridge-7"
VILLAGE = "330482001001"
ROOM = "议事厅"


@pytest.fixture
def empty_portal(django_test_environment: None, django_db_blocker: Any, worker_id: str) -> Iterator[PortalServer]:
    """A portal without demo records, with its worker."""
    with running_portal(f"{worker_id}-empty", django_db_blocker.unblock, {"DEMO": "0"}) as server:
        server.start_worker()
        yield server


@pytest.fixture
def visit_empty(browser, empty_portal: PortalServer) -> Iterator[Any]:
    visitors: list[Visitor] = []

    def sit_down(mode: Mode) -> Visitor:
        visitors.append(Visitor(browser, empty_portal, mode))
        return visitors[-1]

    yield sit_down
    for visitor in visitors:
        visitor.leave()


def test_from_createcityadmin_to_the_first_booking(empty_portal, visit_empty):
    said = empty_portal.manage("createcityadmin", "--username", FIRST, "--name", "首位管理员", "--password", PASSWORD)
    assert FIRST in said

    admin = visit_empty(Mode(1280))
    assert_nothing_of_a_demo(admin)
    sign_in_as_staff(admin, FIRST, PASSWORD, own=OWN)
    enter_hours_of_the_city(admin)
    go_to_the_village(admin)
    add_a_room(admin)
    let_staff_decide(admin)
    enter_staff(admin, "yuangong", CHANGED)

    walk = Walk(visit_empty(Mode(360)), the_room(empty_portal), Taps())
    walk.look_for_a_room()
    walk.choose_the_room()
    walk.go_on_to_check()
    walk.ask_for_a_code("19900000042")
    walk.enter_code(code_sent_by(empty_portal))
    walk.fill_in("首位居民")
    walk.submit()
    expect(walk.page.locator("h1")).to_contain_text("申请已提交")

    staff = visit_empty(Mode(1280))
    sign_in_as_staff(staff, "yuangong", CHANGED, own=OWN)
    staff.page.get_by_role("button", name=walk.reference).click()
    expect(staff.page.get_by_role("status").filter(has_text="首位居民")).to_be_visible()

    walk.visitor.open(f"/bookings/{walk.reference}/")
    expect(walk.page.locator(".status-panel")).to_contain_text("已通过")


def assert_nothing_of_a_demo(visitor: Visitor) -> None:
    visitor.open("/")
    expect(visitor.page.locator("header .demo-banner")).to_have_count(0)
    visitor.assert_accessible()


def sign_in_as_staff(visitor: Visitor, username: str, password: str, *, own: str) -> None:
    """With the password that was given; `own` takes its place before anything else."""
    visitor.open("/accounts/login/")
    visitor.page.locator("[name=login]").fill(username)
    visitor.page.locator("[name=password]").fill(password)
    visitor.page.locator("form:has([name=password]) button[type=submit]").click()
    arrive(visitor, "/accounts/password/")
    visitor.page.locator("[name=password]").fill(own)
    visitor.page.locator("[name=again]").fill(own)
    save(visitor)
    arrive(visitor, "/work/")


def enter_hours_of_the_city(visitor: Visitor) -> None:
    """From 8 to 21 on every kind of day; the centers below inherit it."""
    visitor.page.locator("main").get_by_role("link", name="设置").click()
    arrive(visitor, "/manage/centers/")
    follow(visitor, "/hours/")
    for kind in DayKind:
        visitor.page.locator(f"[name={kind}_opens_1]").fill("08:00")
        visitor.page.locator(f"[name={kind}_closes_1]").fill("21:00")
    save(visitor)


def go_to_the_village(visitor: Visitor) -> None:
    """One level at a time, as the workbench offers it."""
    visitor.open("/work/")
    for code in (VILLAGE[:-3], VILLAGE):
        picker = visitor.page.locator("form.center-filter select")
        picker.select_option(code)
        arrive(visitor, f"center={code}")
        expect(visitor.page.locator("form.center-filter select")).to_have_value(code)


def add_a_room(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("a[href$='/spaces/new/']").first.click()
    arrive(visitor, "/spaces/new/")
    page.locator("[name=name]").fill(ROOM)
    page.locator("[name=capacity]").fill(str(MANY))
    page.locator("[name=equipment]").first.check()
    save(visitor)
    expect(page.locator("main")).to_contain_text(ROOM)


def let_staff_decide(visitor: Visitor) -> None:
    follow(visitor, f"/manage/centers/{VILLAGE}/")
    follow(visitor, "/policy/")
    visitor.page.locator("[name=confirm_mode]").select_option("staff")
    visitor.page.locator("[name=longest_minutes]").fill("120")
    save(visitor)


def enter_staff(visitor: Visitor, username: str, password: str) -> None:
    """An account with a dated role, and the list that then shows both."""
    page = visitor.page
    follow(visitor, "/roles/")
    follow(visitor, "/staff/new/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=name]").fill("演示工作人员01")
    page.locator("[name=password]").fill(password)
    page.locator("[name=role]").select_option("staff")
    page.locator("[name=first]").fill(str(clock.today()))
    save(visitor)
    arrive(visitor, "/roles/")
    expect(page.locator("main")).to_contain_text(username)


def follow(visitor: Visitor, address: str) -> None:
    """The first link of the page's content that ends so."""
    link_to(visitor.page, address).click()
    arrive(visitor, address)


def link_to(page: Page, address: str) -> Locator:
    return page.locator(f"main a[href$='{address}']").first


def save(visitor: Visitor) -> None:
    """Send the form of the page; it must not come back with something to change."""
    visitor.page.locator("main form[method=post] button.primary").first.click()
    visitor.page.wait_for_load_state("load")
    expect(visitor.page.locator("main .error-summary")).to_have_count(0)
    visitor.look()
    visitor.assert_accessible()


def arrive(visitor: Visitor, address: str) -> None:
    expect(visitor.page).to_have_url(re.compile(re.escape(address)))
    visitor.page.wait_for_load_state("load")
    visitor.look()


def the_room(server: PortalServer) -> Space:
    with server.database():
        assert Space.objects.filter(center=Center.objects.get(code=VILLAGE)).count() == 1
        return Space.objects.select_related("center").get()


def code_sent_by(server: PortalServer) -> str:
    """The last one that the console channel printed."""
    return re.findall(r"SMS to 199\*+0042: .*?(\d{6})", server.log_of(server.web))[-1]
