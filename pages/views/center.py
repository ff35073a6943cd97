"""A center: its public page, and the page it is set up from."""

import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from centers import access
from centers.access import managed_center
from centers.choices import PUBLIC, WORKING
from centers.forms.facts import CenterFactsForm
from centers.models import Center
from pages.selectors.center import center_overview, center_page


@require_safe
def center_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Public. A center that isn't open to the public yet, or any more, is seen by those who work for it."""
    center = get_object_or_404(visible_centers(request.user).select_related("level"), code=code)
    return render(request, "pages/center_detail.html", center_page(request.user, center))


def visible_centers(user: Any) -> Any:
    if not user.is_authenticated:
        return Center.objects.public()
    return Center.objects.filter(Q(status__in=PUBLIC) | Q(pk__in=access.scope(user, WORKING)))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def center_manage(request: HttpRequest, code: str) -> HttpResponse:
    """What is set up at a center and what isn't yet; its phone and address."""
    center = managed_center(request.user, code)
    # A form writes what was typed into its instance, right or wrong; the page tells of the center as it is.
    form = CenterFactsForm(request.POST if request.method == "POST" else None, instance=copy.copy(center))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Phone, address and English name are saved."))
        return redirect("pages:center_manage", code=center.code)
    context = {**center_overview(center), "form": form}
    return render(request, "pages/center_manage.html", context, status=400 if form.errors else 200)
