"""Six pages against a hard reference: the same bytes sent from memory, through the whole middleware and one query.

The ratio is what is left of the portal's greatest possible speed. No target yet: the figures say where the time goes.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from accounts.models import User
from bench import data, pages, places, search_city, week_grid
from bench.rounds import Result, throughputs
from centers.models import Center, CenterRole

NOTES = "page ÷ its bytes from memory, through the whole middleware and one query"


def measure(scenario: str, path: Callable[[], str], quick: bool, *, signed_in: bool = False) -> Result:
    with places.database(places.LARGE):
        ours, reference = pages.pair_from_memory(path(), _session() if signed_in else "")
        rates = throughputs(ours, reference, calls=4, quick=quick)
    return Result(scenario, *rates, target=0.0, at_least=True, unit="pages/s", notes=NOTES)


def home(quick: bool) -> Result:
    return measure("home", lambda: reverse("pages:home"), quick)


def center_list(quick: bool) -> Result:
    return measure("center_list", lambda: reverse("centers:center_list"), quick)


def search(quick: bool) -> Result:
    return measure("search", search_city.path, quick)


def week(quick: bool) -> Result:
    return measure("week", week_grid.path, quick)


def center_page(quick: bool) -> Result:
    return measure("center_page", _busiest_center, quick)


def workbench(quick: bool) -> Result:
    return measure("workbench", lambda: reverse("pages:workbench"), quick, signed_in=True)


def _busiest_center() -> str:
    return reverse("pages:center_detail", args=[Center.objects.get(pk=data.busiest_room().center_id).code])


def _session() -> str:
    """The cookie of somebody who administers the first center of the network."""
    role = CenterRole.objects.filter(role="admin").order_by("center__order").select_related("user")[0]
    return session_of(role.user)


def session_of(user: User) -> str:
    """The cookie of somebody who is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
