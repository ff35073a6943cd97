"""Target page of a form or a detour: where a person was going, or the page they came from.

It travels in the address and is never lost.

It always is a page: an address that only takes what a form sends would show nothing to who is led there.
"""

from urllib.parse import unquote, urlencode, urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

from common.http.htmx import wants_fragment
from common.http.methods import is_post_only

FIELD = "next"
SAFE_METHODS = ("GET", "HEAD")


def is_ours(request: HttpRequest, url: str) -> bool:
    """Whether `url` is a path from this host's root: anything else is no address, or a door to somewhere else."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def next_of(request: HttpRequest) -> str:
    """The page to go on to, as a header may hold it (a line end, or Chinese, is quoted).

    What isn't ours, or no page, is as good as nothing.
    """
    url = request.POST.get(FIELD) or request.GET.get(FIELD) or ""
    return iri_to_uri(url) or "" if url and is_ours(request, url) and is_page(url) else ""


def page_of(request: HttpRequest) -> str:
    """The page that the person has before them, to come back to: path and query, or empty where nobody can tell.

    For a page that is asked for it is its own address. What is sent, or fetched into a page, says by its headers which
    page it came from; where they don't, its own address serves if that is a page, and else the page that it leads on
    to.
    """
    own = request.get_full_path() if _is_for_a_page(request) else ""
    if own and request.method in SAFE_METHODS and not wants_fragment(request):
        return own
    came_from = (_path_at_home(request, request.headers.get(header, "")) for header in ("HX-Current-URL", "Referer"))
    return next((url for url in came_from if url and is_page(url)), own) or _next_if_readable(request)


def is_page(url: str) -> bool:
    """Whether going to `url`, a path of ours, shows something, be it that there is nothing there."""
    try:
        return not is_post_only(resolve(unquote(urlsplit(url).path)).func)
    except Resolver404:
        return True


def with_next(url: str, target: str) -> str:
    """`url` carrying `target`, unless there is none or it carries one already."""
    if not target or FIELD in urlsplit(url).query:
        return url
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode({FIELD: target})}"


def _is_for_a_page(request: HttpRequest) -> bool:
    """`is_page` of the request's own address, which has been looked up already, unless something answered before."""
    match = request.resolver_match
    return not is_post_only(match.func) if match else is_page(request.get_full_path())


def _next_if_readable(request: HttpRequest) -> str:
    """`next_of`, or empty where the body can't be read: the page that says so asks too."""
    try:
        return next_of(request)
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return ""


def _path_at_home(request: HttpRequest, url: str) -> str:
    """Path and query of a whole address of this host; empty for any other."""
    home = f"{request.scheme}://{request.get_host()}"
    path = url.removeprefix(home).partition("#")[0] if url.startswith(f"{home}/") else ""
    return path if is_ours(request, path) else ""
