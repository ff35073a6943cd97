"""One's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from centers import access
from pages.selectors import mine


@require_safe
@never_cache
@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    """The person's next bookings, what they were told, and what can be set."""
    return render(request, "pages/my_page.html", mine.my_page(request.user))


@require_safe
@never_cache
@login_required
def arrival(request: HttpRequest) -> HttpResponse:
    """Where signing in leads that went on to nothing in particular.

    Those who work at a center to their workbench, residents home.
    """
    return redirect("pages:workbench" if access.has_any_role(request.user) else "pages:home")
