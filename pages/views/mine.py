"""One's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from centers import access
from common.http.views import private_page
from pages.selectors import mine


@private_page
def my_page(request: HttpRequest) -> HttpResponse:
    """The person's next bookings, what they were told, and what can be set."""
    return render(request, "pages/my_page.html", mine.my_page(request.user))


@private_page
def arrival(request: HttpRequest) -> HttpResponse:
    """Redirect after a sign-in that went on to nothing in particular.

    Those who work at a center to their workbench, residents home.
    """
    return redirect("pages:workbench" if access.has_any_role(request.user) else "pages:home")
