"""Access to statistics: those who work at a center see it with all below; a peer's name and rank, no more."""

from django.http import Http404

from accounts.domain.requests import SignedInRequest
from centers.selectors.switcher import CenterSwitcher, switcher_of


def reach_of(request: SignedInRequest) -> CenterSwitcher:
    """The centers the person works for, looking at the one in the address; for others there is no such page."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    return reach
