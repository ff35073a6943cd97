"""What htmx can't fetch is said aloud, and who was signed out is led to sign in, not shown that page in a row."""

import re
from urllib.parse import unquote

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from centers.choices import Role
from centers.models import Center
from tests.factories.centers import grant
from tests.factories.people import make_staff
from tests.support.browser import Mode, Visitor
from tests.support.server import PortalServer

QUEUE, CENTER = reverse("bookings:decision_list"), "330482002010"
EXPIRED, FAILED = "This page has expired", "Something failed on our side"


@pytest.fixture
def at_the_queue(visit, portal_server: PortalServer, request: pytest.FixtureRequest) -> Visitor:
    """Somebody who works at a center, before the queue of its requests."""
    with portal_server.database():
        worker = make_staff(f"in-trouble-{abs(hash(request.node.name))}")
        grant(worker, Center.objects.get(code=CENTER), Role.STAFF)
    visitor = visit(getattr(request, "param", Mode(360, "en")), user=worker)
    visitor.open(QUEUE)
    visitor.forgive("Response Status Error|Failed to load resource|sendError|htmx:")
    return visitor


def choose_another_status(page: Page) -> None:
    page.locator("select[name=status]").select_option("approved")


@pytest.mark.parametrize(
    ("status", "said"), [(403, EXPIRED), (404, "no longer there"), (429, "wait a minute"), (500, FAILED), (502, FAILED)]
)
def test_an_error_is_said_and_the_page_stays(at_the_queue: Visitor, status: int, said: str) -> None:
    page = at_the_queue.page
    expect(page.get_by_role("alert")).to_have_count(0)
    page.route(f"**{QUEUE}?*", lambda route: route.fulfill(status=status, body="<h1>whole page</h1>"))
    choose_another_status(page)
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_role("alert")).to_be_in_viewport()
    assert page.get_by_text("whole page").count() == 0
    at_the_queue.faults = [fault for fault in at_the_queue.faults if f"answered {status}" not in fault]
    at_the_queue.look()
    at_the_queue.assert_accessible()


def test_a_refusal_stands_where_the_button_stood(at_the_queue: Visitor) -> None:
    """An error's status, and yet a fragment that is made for its place."""
    page = at_the_queue.page
    words = "<li id='refused'>This booking has already been decided.</li>"
    page.evaluate(
        """path => {
            const list = document.createElement("ul");
            list.innerHTML = `<li><button hx-post="${path}" hx-target="closest li" hx-swap="outerHTML">Try</button></li>`;
            document.querySelector("#queue").append(list);
            htmx.process(list);
        }""",
        f"{QUEUE}7K2M9QX4RT/approve/",
    )
    page.route(
        f"**{QUEUE}7K2M9QX4RT/approve/",
        lambda route: route.fulfill(status=409, headers={"Portal-Fragment": "true"}, body=words),
    )
    page.get_by_role("button", name="Try").click()
    expect(page.locator("#refused")).to_be_visible()
    expect(page.get_by_role("button", name="Try")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    at_the_queue.faults = [fault for fault in at_the_queue.faults if "answered 409" not in fault]


@pytest.mark.parametrize("at_the_queue", [Mode(1280, "zh"), Mode(360, "en", elder=True)], indirect=True, ids=str)
def test_no_connection_is_said_until_there_is_one(at_the_queue: Visitor) -> None:
    page = at_the_queue.page
    words = page.locator(".alert").get_attribute("data-unreachable")

    def cut(route: Route) -> None:
        route.abort()

    page.route(f"**{QUEUE}?*", cut)
    choose_another_status(page)
    expect(page.get_by_role("alert")).to_have_text(words)
    at_the_queue.look()
    page.unroute(f"**{QUEUE}?*")
    page.locator("select[name=status]").select_option("rejected")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page).to_have_url(re.compile("status=rejected"))


def test_signed_out_meanwhile_one_comes_to_the_door_and_back_to_the_page(at_the_queue: Visitor) -> None:
    page = at_the_queue.page
    at_the_queue.context.clear_cookies(name="sessionid")
    choose_another_status(page)
    expect(page.get_by_label("Mobile", exact=True)).to_be_visible()
    assert unquote(page.url).endswith(f"/accounts/login/code/?next={QUEUE}")
    assert page.locator("header").count() == 1
