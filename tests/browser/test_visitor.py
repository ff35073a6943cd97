"""The visitor of the browser tests finds the faults it is there to find: each is planted once."""

import pytest

from tests.support.axe import Looks
from tests.support.browser import Mode

PAGE = '<!doctype html><html lang="en"><title>t</title><meta name="viewport" content="width=device-width"><main><h1>t</h1>{}</main>'


def plant(visitor, body, status=200):
    """Serve `body` at /planted, without the portal."""
    visitor.context.route(
        "**/planted", lambda route: route.fulfill(status=status, content_type="text/html", body=PAGE.format(body))
    )
    visitor.context.route("**/favicon.ico", lambda route: route.fulfill(status=204))


def test_a_sound_page_passes(visit):
    visitor = visit(Mode(360))
    plant(visitor, "<p>sound</p>")
    visitor.open("/planted")
    visitor.assert_accessible()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<div style="width:900px">wide</div>', "sideways"),
        ("<script>console.error('planted')</script>", "planted"),
        ("<script>throw new Error('planted')</script>", "script error"),
        ('<img alt="" src="http://example.com/x.png">', "off this machine"),
    ],
)
def test_a_planted_fault_is_found(visit, body, fault):
    visitor = visit(Mode(360))
    plant(visitor, body)
    with pytest.raises(AssertionError, match=fault):
        visitor.open("/planted")
    visitor.page.goto("about:blank")
    visitor.faults.clear()


def test_a_page_that_answers_404_is_no_fault_when_expected(visit):
    visitor = visit()
    plant(visitor, "<p>gone</p>", status=404)
    visitor.open("/planted", status=404)


def test_axe_finds_a_button_without_a_name(visit):
    visitor = visit()
    plant(visitor, "<button></button>")
    visitor.open("/planted")
    with pytest.raises(AssertionError, match="button-name"):
        visitor.assert_accessible()


SOUND = '<p class="a" style="color:#000">sound words</p>'
FAINT = '<p class="a" style="color:{}">faint words</p>'


def test_colours_of_a_known_look_are_not_measured_again(visit, monkeypatch):
    visitor, known = visit(), Looks()
    plant(visitor, SOUND)
    visitor.open("/planted")
    visitor.assert_accessible(known)
    monkeypatch.setattr("tests.support.axe.COLOURS", "() => { throw new Error('measured again') }")
    visitor.open("/planted")
    visitor.assert_accessible(known)


@pytest.mark.parametrize(
    "body",
    [
        SOUND + FAINT.format("#ccc"),
        f'<div style="background:#111">{SOUND}</div>',
        f'<div style="opacity:.3">{SOUND}</div>',
        '<p class="a" style="color:#000"><a style="color:#bbb" href="/planted">faint link</a></p>',
    ],
    ids=["text", "background", "dimmed", "inside"],
)
def test_colours_of_another_look_are_measured_until_they_pass(visit, body):
    visitor, known = visit(), Looks()
    plant(visitor, SOUND)
    visitor.open("/planted")
    visitor.assert_accessible(known)
    visitor.context.unroute("**/planted")
    plant(visitor, body)
    visitor.open("/planted")
    for _twice in range(2):
        with pytest.raises(AssertionError, match="color-contrast"):
            visitor.assert_accessible(known)


def test_without_javascript_scripts_stay_silent(visit):
    visitor = visit(Mode(javascript=False))
    plant(visitor, "<script>console.error('planted')</script>")
    visitor.open("/planted")
