"""The archive: putting a complete record into it, and taking one out again."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities import permissions
from activities.access import led_activity
from activities.forms.archive import ArchiveForm, ReopenForm
from activities.selectors.archive import archive_page
from activities.services.archiving import archive_activity, reopen_activity
from common.http.forms import render_form, submit_form
from common.http.views import posted, private_form


@private_form
def archive_create(request: SignedInRequest, reference: str) -> HttpResponse:
    """Evidence that is there (GET); complete, the record goes into the archive (POST)."""
    activity = led_activity(request.user, reference)
    page = archive_page(request.user, activity)
    form = ArchiveForm(posted(request), asks_reason=page["asks_reason"])
    done = submit_form(
        request,
        form,
        lambda data: archive_activity(
            actor=request.user, activity=activity, no_photo_reason=data.get("no_photo_reason", "")
        ),
        success=_("It is in the archive. What it says stays as it is."),
        redirect_to=activity.get_desk_url(),
    )
    return done or render_form(request, "activities/archive_create.html", form, page)


@private_form
def archive_reopen(request: SignedInRequest, reference: str) -> HttpResponse:
    """Page that asks why (GET), then takes the record out of the archive (POST); for the center above."""
    activity = led_activity(request.user, reference)
    if not permissions.can_reopen(request.user, activity):
        raise PermissionDenied
    form = ReopenForm(posted(request))
    done = submit_form(
        request,
        form,
        lambda data: reopen_activity(actor=request.user, activity=activity, reason=data["reason"]),
        success=_("Taken out of the archive. Its record can be corrected."),
        redirect_to=activity.get_desk_url(),
    )
    context = archive_page(request.user, activity)
    return done or render_form(request, "activities/archive_reopen.html", form, context)
