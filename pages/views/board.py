"""The board of a command room, which loads itself anew every minute."""

from django.http import HttpResponse

from accounts.domain.requests import SignedInRequest
from common.http.htmx import render_page
from common.http.views import private_page
from pages.selectors.board import board_page
from stats.access import reach_of


@private_page
def board(request: SignedInRequest) -> HttpResponse:
    """A center and all below it, for a screen of 1920 by 1080 that is read from five meters."""
    reach = reach_of(request)
    context = {"reach": reach, "board": board_page(reach.chosen)}
    return render_page(request, "pages/board.html", "pages/partials/_board.html", context)
