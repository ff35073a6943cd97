"""Where a person was going when they had to sign in. It travels in the address, with the chosen slot in its query, and is never lost."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "next"
SIGN_IN_PAGES = ("account_login", "account_request_login_code", "account_confirm_login_code")


def is_ours(request: HttpRequest, url: str) -> bool:
    """Whether `url` is a path from this host's root: anything else is no address, or a door to somewhere else."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def next_of(request: HttpRequest) -> str:
    """The page to go on to, or empty. What isn't ours is as good as nothing."""
    url = request.POST.get(FIELD) or request.GET.get(FIELD) or ""
    return url if url and is_ours(request, url) else ""


def with_next(url: str, target: str) -> str:
    """`url` carrying `target`, unless there is none or it carries one already."""
    if not target or FIELD in urlsplit(url).query:
        return url
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode({FIELD: target})}"


def keep_next(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A redirect from one sign-in page to another takes the target along; allauth's own don't always."""
    location = response.headers.get("Location", "")
    if urlsplit(location).path in {reverse(name) for name in SIGN_IN_PAGES}:
        response.headers["Location"] = with_next(location, next_of(request))
    return response
