"""A center: its public page, and the page it is set up from."""

import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from centers.access import managed_center, visible_centers
from centers.services.facts import change_facts
from common.http.forms import one_at_a_time, render_form, submit_form
from common.http.views import posted, private_form, public_page
from pages.forms.facts import CenterFactsForm
from pages.selectors.center import center_overview, center_page


@public_page
def center_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Public. A center that isn't open to the public yet, or any more, is seen by those who work for it."""
    center = get_object_or_404(visible_centers(request.user).select_related("level"), code=code)
    return render(request, "pages/center_detail.html", center_page(request.user, center))


@private_form
def center_manage(request: HttpRequest, code: str) -> HttpResponse:
    """Set-up of a center: what is there and what isn't yet; its phone and address."""
    center = managed_center(request.user, code)
    with one_at_a_time(request, "centers.facts", center.pk):
        center.refresh_from_db(fields=CenterFactsForm.Meta.fields)
        # A form writes what was typed into its instance, right or wrong; the page tells of the center as it is.
        form = CenterFactsForm(posted(request), instance=copy.copy(center))
        saved = submit_form(
            request,
            form,
            # A field that wasn't sent keeps what it held, as the form's instance does.
            lambda _typed: change_facts(
                actor=request.user,
                center=center,
                **{name: getattr(form.instance, name) for name in CenterFactsForm.Meta.fields},
            ),
            success=_("Phone, address and English name are saved."),
            redirect_to=reverse("pages:center_manage", args=[center.code]),
        )
    return saved or render_form(request, "pages/center_manage.html", form, center_overview(center))
