"""A resident on a phone books a room.

By tap, without JavaScript, by keyboard; somebody is quicker; a second click; a worker decides.
"""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bookings.choices import Purpose
from bookings.models import Booking, Space
from bookings.services.booking import create_booking
from bookings.values.slot_request import SlotRequest
from centers.choices import Role
from centers.models import Center
from common import clock
from tests.browser.walk import MANY, Keys, Taps, Walk
from tests.factories.bookings import CONTACT
from tests.factories.centers import grant
from tests.factories.people import PASSWORD, make_staff
from tests.support.browser import Mode
from tests.support.live import live_resident, live_space
from tests.support.server import PortalServer

PHONE, PHONE_NOJS = Mode(360), Mode(360, javascript=False)
# Not the center whose pages other tests read.
CENTER = "330482002010"
MOST_TAPS = 3
SetOut = Callable[..., Walk]


@pytest.fixture
def set_out(visit, portal_server: PortalServer) -> SetOut:
    """`set_out(mode, means)`: a resident and a room made for them. Nobody has used up a limit yet."""
    portal_server.forget_limits()

    def begin(mode: Mode = PHONE, means: Taps | Keys | None = None, *, user: object = None, **policy: object) -> Walk:
        space = live_space(portal_server, code=CENTER, **policy)
        with portal_server.database():
            Space.objects.filter(pk=space.pk).update(capacity=MANY)
        return Walk(visit(mode, user=user), space, means or Taps())

    return begin


def bookings_of(server: PortalServer, space: Space) -> int:
    with server.database():
        return Booking.objects.filter(space=space).count()


@pytest.mark.parametrize("mode", [PHONE, PHONE_NOJS], ids=["with scripts", "without"])
def test_three_taps_after_the_form_and_signing_in_loses_nothing(set_out, portal_server, mode):
    taps = Taps()
    walk = set_out(mode, taps)
    walk.look_for_a_room()
    taps.count = 0

    walk.choose_the_room()
    walk.go_on_to_check()
    way_there = taps.count
    walk.sign_in("19912345601" if mode.javascript else "19912345602")
    expect(walk.page.locator(".summary-list")).to_contain_text(walk.space.name)
    expect(walk.page.locator(".summary-list")).to_contain_text(str(MANY))
    walk.fill_in()
    walk.submit()

    expect(walk.page.locator("h1")).to_contain_text("预约成功")
    expect(walk.page.locator(".status-panel")).to_contain_text(walk.space.name)
    assert way_there + 1 <= MOST_TAPS
    assert bookings_of(portal_server, walk.space) == 1


def test_by_keyboard_alone(set_out, portal_server):
    walk = set_out(PHONE, Keys())

    walk.look_for_a_room()
    walk.choose_the_room()
    walk.go_on_to_check()
    walk.sign_in("19912345603")
    walk.fill_in()
    walk.submit()

    expect(walk.page.locator("h1")).to_contain_text("预约成功")
    assert bookings_of(portal_server, walk.space) == 1


@pytest.fixture
def at_the_check(set_out, portal_server) -> Walk:
    """A signed-in resident who has filled in everything and hasn't sent it."""
    walk = set_out(user=live_resident(portal_server))
    walk.look_for_a_room()
    walk.choose_the_room()
    walk.go_on_to_check()
    walk.fill_in("演示居民07")
    walk.page.locator("[name=note]").fill("需要投影仪")
    return walk


def test_going_back_after_a_mistake_and_a_booking_asks_nothing(at_the_check):
    walk = at_the_check
    walk.page.locator("[name=name]").fill("")
    walk.submit(then=r"/book/\?")
    walk.page.locator("[name=name]").fill("演示居民07")
    walk.submit()
    booked = walk.page.url.partition("?")[0]
    walk.page.go_back()
    walk.arrive(re.escape(booked.removeprefix(walk.visitor.server.url)))


def test_the_language_is_changed_without_losing_what_was_typed(at_the_check):
    walk = at_the_check
    walk.page.get_by_role("button", name="English").locator("visible=true").tap()
    expect(walk.page.locator("html")).to_have_attribute("lang", "en")
    expect(walk.page.locator("[name=note]")).to_have_value("需要投影仪")
    expect(walk.page.locator("[name=name]")).to_have_value("演示居民07")


def take_the_slot(server: PortalServer, walk: Walk) -> None:
    """Somebody else books just what the page in front of the resident is about to send."""
    rival = live_resident(server)
    start, end = (slot_time(walk.page.locator(f"[name={name}]").input_value()) for name in ("starts_at", "ends_at"))
    with server.database():
        create_booking(
            actor=rival,
            request=SlotRequest(start, end, 5, walk.space.pk, rival.pk),
            purpose=Purpose.RESIDENTS_MEETING,
            contact=CONTACT,
        )


def slot_time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


def test_a_slot_lost_at_the_last_moment_leaves_three_ways_on(at_the_check, portal_server):
    walk = at_the_check
    take_the_slot(portal_server, walk)
    walk.submit(then="/book/")

    alert = walk.page.get_by_role("alert")
    expect(alert).to_contain_text("该时段已被预约")
    expect(alert).to_be_focused()
    ways = alert.locator(".alternative")
    expect(ways).to_have_count(3)
    expect(walk.page.locator("[name=name]")).to_have_value("演示居民07")
    expect(walk.page.locator("[name=note]")).to_have_value("需要投影仪")

    walk.visitor.assert_accessible()
    walk.means.press(ways.first)
    walk.arrive(r"/spaces/\d+/book/\?")
    expect(walk.page.locator("[name=name]")).to_have_value("演示居民07")
    expect(walk.page.locator("[name=note]")).to_have_value("需要投影仪")
    walk.submit()
    expect(walk.page.locator("h1")).to_contain_text("预约成功")
    assert bookings_of(portal_server, walk.space) == 2


def test_back_after_success_shows_the_booking_and_books_nothing_more(at_the_check, portal_server):
    walk = at_the_check
    walk.submit()
    expect(walk.page.locator("h1")).to_contain_text("预约成功")
    reference = walk.reference

    walk.page.go_back()
    walk.arrive(f"/bookings/{reference}/$")
    expect(walk.page.locator("[name=agree]")).to_have_count(0)
    assert bookings_of(portal_server, walk.space) == 1


@pytest.mark.parametrize("mode", [PHONE, PHONE_NOJS], ids=["with scripts", "without"])
def test_two_clicks_book_once(set_out, portal_server, mode):
    walk = set_out(mode, user=live_resident(portal_server))
    walk.look_for_a_room()
    walk.choose_the_room()
    walk.go_on_to_check()
    walk.fill_in()
    walk.page.locator("form:has([name=agree]) button[type=submit]").dblclick()

    expect(walk.page.locator(".status-panel")).to_contain_text(walk.space.name)
    assert bookings_of(portal_server, walk.space) == 1


def test_a_worker_approves_and_the_resident_sees_it(set_out, visit, portal_worker):
    resident = live_resident(portal_worker)
    with portal_worker.database():
        worker = make_staff(f"worker-{resident.pk}", name="演示工作人员01")
        grant(worker, Center.objects.get(code=CENTER), Role.STAFF)
    walk = set_out(user=resident, confirm_mode="staff")
    walk.look_for_a_room()
    walk.choose_the_room()
    walk.go_on_to_check()
    walk.fill_in(f"演示居民{resident.pk}")
    walk.submit()
    expect(walk.page.locator("h1")).to_contain_text("申请已提交")
    reference = walk.reference

    desk = visit(Mode(1280))
    desk.open("/work/")
    desk.page.locator(".sign-in-ways").get_by_role("link", name="工作人员登录").click()
    desk.page.locator("[name=login]").fill(worker.username)
    desk.page.locator("[name=password]").fill(PASSWORD)
    desk.page.locator("form:has([name=password]) button[type=submit]").click()
    expect(desk.page).to_have_url(re.compile("/work/$"))
    desk.look()
    desk.page.get_by_role("button", name=reference).click()
    expect(desk.page.get_by_role("status").filter(has_text=f"演示居民{resident.pk}")).to_be_visible()
    expect(desk.page.get_by_role("button", name=reference)).to_have_count(0)
    desk.look()

    walk.visitor.open(f"/bookings/{reference}/")
    expect(walk.page.locator(".status-panel")).to_contain_text("已通过")
    expect_in_inbox(walk, "已通过")


def expect_in_inbox(walk: Walk, words: str) -> None:
    """The message comes by the worker, within its sweep."""
    for _ in range(30):
        walk.visitor.open("/inbox/")
        if walk.page.locator("#messages", has_text=words).count():
            return
        walk.page.wait_for_timeout(500)
    raise AssertionError(f"No message says {words}: {walk.page.locator('#main').inner_text()}")
