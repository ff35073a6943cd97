"""The last search, in a cookie of one's own browser: when, for how many, near where. Nothing in it says who asked."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "search"
LASTS_SECONDS = 180 * 24 * 3600
LONGEST = 400
# What is likely to be meant the next time too.
LASTING = ("near", "headcount")


def remember_search(response: HttpResponse, query: Iterable[tuple[str, str]]) -> None:
    """Keep the conditions of a search that made sense; one that is too long for a person's isn't kept."""
    value = urlencode(list(query))
    if len(value) <= LONGEST:
        response.set_cookie(
            COOKIE,
            value,
            max_age=LASTS_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def last_search(request: HttpRequest) -> list[tuple[str, str]]:
    """All of it, as names and values; empty where nothing was looked for yet."""
    value = request.COOKIES.get(COOKIE, "")
    return parse_qsl(value) if len(value) <= LONGEST else []


def lasting_part(request: HttpRequest) -> dict[str, str]:
    """Place and number of people of the last search: what the next one begins with."""
    return {name: value for name, value in last_search(request) if name in LASTING}
