"""Drafts: who gets back what was typed, and for how long."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from accounts.models import User
from common.http import drafts
from common.http.drafts import keep_draft, keeps_draft, register_switch, take_draft
from tests.support.time import TestClock

TYPED = {"name": "演示居民01", "note": "需要投影仪"}
ONE, OTHER, VISITOR = User(pk=1), User(pk=2), AnonymousUser()
Person = User | AnonymousUser
ALMOST, TOO_LATE = 4 * 60 + 59, 5 * 60  # seconds


@pytest.fixture
def session() -> SessionBase:
    """A session that stays whoever comes: no sign-in in between throws away what is in it."""
    return SessionStore()


def asked(session: SessionBase, person: Person, path: str = "/room/1/", **sent: str) -> HttpRequest:
    """A request of this person's in this browser; with `sent`, a form."""
    request = RequestFactory().post(path, sent) if sent else RequestFactory().get(path)
    request.session, request.user = session, person  # type: ignore[assignment]
    return request


@pytest.mark.parametrize(
    ("writer", "reader", "is_given"),
    [(ONE, ONE, True), (VISITOR, ONE, True), (ONE, OTHER, False), (ONE, VISITOR, False)],
    ids=["to its writer", "to who signs in next", "to nobody else", "to no visitor"],
)
def test_who_gets_a_draft(
    session: SessionBase, clock: TestClock, writer: Person, reader: Person, is_given: bool
) -> None:
    keep_draft(asked(session, writer, **TYPED))
    clock.advance(seconds=ALMOST)
    assert take_draft(asked(session, reader)) == (TYPED if is_given else {})
    assert take_draft(asked(session, writer)) == {}, "once, and what isn't given is thrown away"


@pytest.mark.parametrize("writer", [ONE, VISITOR], ids=["signed in", "a visitor"])
def test_a_draft_lasts_for_minutes(session: SessionBase, clock: TestClock, writer: Person) -> None:
    keep_draft(asked(session, writer, **TYPED))
    clock.advance(seconds=TOO_LATE)
    assert take_draft(asked(session, ONE)) == {}
    assert drafts.KEY not in session


@pytest.mark.parametrize("reader", [ONE, OTHER], ids=["too old", "somebody else's"])
def test_a_draft_that_nobody_gets_is_thrown_away_at_any_page(
    session: SessionBase, clock: TestClock, reader: User
) -> None:
    keep_draft(asked(session, ONE, **TYPED))
    clock.advance(seconds=TOO_LATE if reader is ONE else ALMOST)
    assert take_draft(asked(session, reader, "/room/2/")) == {}
    assert drafts.KEY not in session


def test_a_draft_waits_for_its_own_page(session: SessionBase, clock: TestClock) -> None:
    keep_draft(asked(session, ONE, **TYPED))
    assert take_draft(asked(session, ONE, "/room/2/")) == {}
    assert take_draft(asked(session, ONE)) == TYPED


def test_a_draft_of_the_release_before_is_thrown_away(session: SessionBase, clock: TestClock) -> None:
    session[drafts.KEY] = {"path": "/room/1/", "typed": TYPED}
    assert take_draft(asked(session, ONE)) == {}


def test_a_switch_that_was_registered_gets_what_was_sent(
    session: SessionBase, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "_switches", {})

    @keeps_draft
    def page(request: HttpRequest) -> Any:
        return "the page"

    assert page(asked(session, ONE, contrast="1", **TYPED)) == "the page"
    register_switch("contrast", "set_language")
    response = page(asked(session, ONE, contrast="1", **TYPED))
    assert (response.status_code, response.headers["Location"]) == (307, "/preferences/language/?next=%2Froom%2F1%2F")
    assert take_draft(asked(session, ONE)) == TYPED, "the switch itself is nothing typed"
