"""What is typed at a door outlives a change of language, before anything is sent."""

import pytest
from django.urls import reverse

from tests.support.browser import Mode, Visit

NUMBER, STAFF = reverse("account_request_login_code"), reverse("account_login")


@pytest.mark.parametrize(("path", "field", "typed"), [(NUMBER, "phone", "1990000"), (STAFF, "login", "guanli")])
def test_what_was_typed_stands_in_the_other_language(visit: Visit, path: str, field: str, typed: str) -> None:
    visitor = visit(Mode(1280, "zh"))
    page = visitor.open(path)
    page.fill(f"[name={field}]", typed)
    page.locator("form[action$='/preferences/language/'] button").first.click()
    page.wait_for_selector("html[lang=en]")
    assert page.input_value(f"[name={field}]") == typed
    page.reload()
    assert not page.input_value(f"[name={field}]"), "kept for that once"


def test_a_password_is_not_kept(visit: Visit) -> None:
    visitor = visit(Mode(1280, "zh"))
    page = visitor.open(STAFF)
    page.fill("[name=password]", "secret-of-mine")
    page.locator("form[action$='/preferences/language/'] button").first.click()
    page.wait_for_selector("html[lang=en]")
    assert not page.input_value("[name=password]")
    assert "secret" not in page.evaluate("JSON.stringify(sessionStorage)")
