"""Without a session, a request for what isn't a page opens the sign-in page whole, which leads on to a page."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.http import next_page
from tests.accounts.sign_in import sign_in_staff
from tests.factories.people import PASSWORD, make_staff
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
HOME = "http://testserver"
LIST = reverse("bookings:decision_list")
QUEUE = f"{LIST}?status=pending"
RESIDENTS, STAFF, OWN = (reverse(name) for name in ("account_request_login_code", "account_login", "accounts:password"))
APPROVE = reverse("bookings:booking_approve", args=["7K2M9QX4RT"])
POSTED = [
    APPROVE,
    reverse("bookings:booking_phone", args=["7K2M9QX4RT"]),
    reverse("centers:special_day_remove", args=["330482001001"]),
]


def to(sign_in: str, page: str) -> str:
    return next_page.with_next(sign_in, page)


def htmx(page: str = f"{HOME}{QUEUE}", **more: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Current-URL": page, **more}


class TestHtmx:
    @pytest.mark.parametrize(
        ("method", "path"), [("get", f"{LIST}?day=2026-11-28"), ("post", APPROVE), ("get", "/work/?center=1")]
    )
    def test_leaves_the_page_and_comes_back_to_it(self, method: str, path: str, client: Client) -> None:
        answer = getattr(client, method)(path, headers=htmx())
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["HX-Redirect"] == to(RESIDENTS, QUEUE) and "Location" not in answer.headers
        assert "no-store" in answer.headers["Cache-Control"] and "HX-Request" in answer.headers["Vary"]

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://evil.example/work/", "//evil.example/", f"{HOME}//evil.example/", "x", f"{HOME}@evil.example/"],
    )
    def test_no_page_elsewhere_is_gone_back_to(self, elsewhere: str, client: Client) -> None:
        assert client.post(APPROVE, headers=htmx(elsewhere)).headers["HX-Redirect"] == RESIDENTS
        assert client.get(QUEUE, headers=htmx(elsewhere)).headers["HX-Redirect"] == to(RESIDENTS, QUEUE)

    def test_a_boosted_link_goes_on_to_where_it_leads(self, client: Client) -> None:
        answer = client.get("/inbox/?page=2", headers=htmx(f"{HOME}/inbox/", **{"HX-Boosted": "true"}))
        assert unquote(answer.headers["HX-Redirect"]) == f"{RESIDENTS}?next=/inbox/?page=2"

    def test_a_page_restored_from_history_is_followed_as_by_a_browser(self, client: Client) -> None:
        answer = client.get("/inbox/", headers=htmx(**{"HX-History-Restore-Request": "true"}))
        assert unquote(answer.headers["Location"]) == f"{RESIDENTS}?next=/inbox/"

    def test_staff_who_were_idle_come_to_their_own_sign_in(self, client: Client, clock: TestClock) -> None:
        make_staff("guanli")
        sign_in_staff(client, "guanli", PASSWORD)
        clock.advance(minutes=31)
        assert client.post(APPROVE, headers=htmx()).headers["HX-Redirect"] == to(STAFF, QUEUE)

    def test_a_password_of_ones_own_comes_first(self, client: Client) -> None:
        someone = make_staff("guanli")
        User.objects.filter(pk=someone.pk).update(must_set_password=True)
        client.force_login(someone)
        assert client.get(LIST, headers=htmx()).headers["HX-Redirect"] == to(OWN, QUEUE)
        assert client.post(APPROVE, headers=htmx()).headers["HX-Redirect"] == to(OWN, QUEUE)


class TestSent:
    @pytest.mark.parametrize("path", POSTED)
    def test_one_comes_back_to_the_page_it_was_pressed_on(self, path: str, client: Client) -> None:
        assert client.post(path, headers={"Referer": f"{HOME}{QUEUE}"}).headers["Location"] == to(RESIDENTS, QUEUE)

    def test_or_to_where_it_would_have_led(self, client: Client) -> None:
        for headers in ({}, {"Referer": "https://evil.example/"}, {"Referer": f"{HOME}{APPROVE}"}):
            assert client.post(APPROVE, {"next": QUEUE}, headers=headers).headers["Location"] == to(RESIDENTS, QUEUE)
        assert client.post(APPROVE).headers["Location"] == RESIDENTS

    def test_a_form_with_a_page_of_its_own_comes_back_to_that(self, client: Client) -> None:
        cancel = reverse("bookings:booking_cancel", args=["7K2M9QX4RT"])
        assert client.post(cancel, {"next": "/me/"}).headers["Location"] == to(RESIDENTS, cancel)

    @pytest.mark.parametrize("path", [*POSTED, "/preferences/elder/", "/preferences/language/"])
    def test_nothing_goes_on_to_an_address_that_shows_nothing(self, path: str, client: Client) -> None:
        make_staff("guanli")
        assert sign_in_staff(client, "guanli", PASSWORD, next_url=path).headers["Location"] == reverse("pages:arrival")
        assert client.post(reverse("accounts:elder_mode"), {"next": path}).headers["Location"] == "/"
        assert client.post(reverse("set_language"), {"next": path, "language": "en"}).headers["Location"] == "/"


@pytest.mark.parametrize("switch", [reverse("set_language"), reverse("accounts:elder_mode")])
@pytest.mark.parametrize(
    ("sent", "led"),
    [
        ("/\n", "/%0A"),
        ("/search/?near=1\r\nSet-Cookie: a=b", "/search/?near=1%0D%0ASet-Cookie:%20a=b"),
        ("/centers/?q=水洞埭", "/centers/?q=%E6%B0%B4%E6%B4%9E%E5%9F%AD"),
        ("/centers/?q=%E6%B0%B4", "/centers/?q=%E6%B0%B4"),
    ],
)
def test_a_target_fits_into_a_header(switch: str, sent: str, led: str, client: Client) -> None:
    answer = client.post(switch, {"next": sent, "language": "en"})
    assert (answer.status_code, answer.headers["Location"]) == (302, led)


class TestSwitches:
    """Of language and type size, on a page that answers something sent."""

    def page(self, client: Client, path: str, **headers: str) -> Any:
        return client.get(path, headers=headers).context["frame"]

    def test_they_come_back_to_the_page_before(self, client: Client) -> None:
        client.force_login(make_staff("guanli"))
        refused = client.post(APPROVE, headers={"Referer": f"{HOME}{QUEUE}"})
        assert refused.status_code == 404 and refused.context["frame"]["page"] == QUEUE

    def test_on_a_page_they_stay_on_it(self, client: Client) -> None:
        assert self.page(client, "/search/?headcount=4", Referer=f"{HOME}/")["page"] == "/search/?headcount=4"

    def test_where_nothing_is_to_be_seen_they_lead_out(self, client: Client) -> None:
        assert self.page(client, APPROVE)["page"] == ""
        assert self.page(client, APPROVE, Referer=f"{HOME}/me/")["here"] == "/me/"


@pytest.mark.parametrize("path", [*POSTED, "/preferences/elder/", "/preferences/language/"])
def test_an_address_that_takes_no_visit_says_so(path: str, client: Client) -> None:
    client.force_login(make_staff("guanli"))
    page = client.get(path)
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "It only takes what a button on a page sends. Nothing was changed." in page.content.decode()
    assert client.head(path).content == b""
