"""Context of the frame around every page.

Demo banner, elder mode, navigation, the operator's details, the link to the workbench, numbers of waiting things.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.values.preferences import is_elder
from centers import access
from common.http.next_page import page_of
from common.navigation import Menu, counts_of, links

# Pages nobody wants to come back to after signing in.
SIGNING_IN = ("account_", "accounts:")
# How the addresses begin on which a center is set up.
SET_UP = "manage/"


def frame(request: HttpRequest) -> dict[str, object]:
    """Context variable `frame`, for `base.html`.

    `staff`, `counts` and `manages` are lazy, and need no query for visitors.
    """
    counts = counts_of(request)
    match = request.resolver_match
    view_name = match.view_name if match else ""
    page = page_of(request)
    return {
        "frame": {
            "demo": settings.DEMO,
            "elder": is_elder(request.COOKIES),
            "nav": links(Menu.SECTIONS, view_name, counts=counts),
            "page": page,
            "here": "" if view_name.startswith(SIGNING_IN) else page,
            "operator": _operator(),
            "staff": SimpleLazyObject(lambda: _works_at_a_center(request)),
            "counts": counts,
            "manages": SimpleLazyObject(lambda: access.first_managed(request.user)),
            "at_set_up": bool(match and match.route.startswith(SET_UP)),
        }
    }


def _operator() -> dict[str, str]:
    """Operator's details that the settings name (host, operator, contact, filing numbers), without blank ones."""
    return {key: value for key, value in getattr(settings, "PORTAL_OPERATOR", {}).items() if value}


def _works_at_a_center(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and access.has_any_role(user))
