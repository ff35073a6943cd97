"""The page about the API, as people with a browser read it."""

import pytest

from tests.support.browser import THREE_MODES, Mode, Visit

OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


# Folded it is read with every page; what unfolds has colours of its own, and the same in every language and size.
@pytest.mark.parametrize("mode", THREE_MODES[:2], ids=str)
def test_it_is_accessible_unfolded_too(visit: Visit, mode: Mode) -> None:
    visitor = visit(mode)
    visitor.open("/api/")
    visitor.page.evaluate(OPEN_ALL)
    visitor.look()
    visitor.assert_accessible()


def test_it_needs_no_script(visit: Visit) -> None:
    page = visit(Mode(360, "en", javascript=False)).open("/api/")
    answer = page.locator("details", has_text="The answer").first
    answer.locator("summary").click()
    assert answer.locator("pre").is_visible()
