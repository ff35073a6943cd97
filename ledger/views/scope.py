"""The center and the month that a page is about, out of its address."""

from django.http import Http404

from accounts.domain.requests import SignedInRequest
from centers.selectors.switcher import CenterSwitcher, switcher_of
from common import clock
from common.months import Month


def scope_of(request: SignedInRequest) -> tuple[CenterSwitcher, Month]:
    """The centers to choose from, with the one chosen, and the month: the present one unless another is said."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    return reach, Month.said(request.GET.get("month", "")) or Month.of(clock.today())
