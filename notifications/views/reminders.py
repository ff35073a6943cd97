"""Reminders that somebody wants."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from common.http.forms import render_form, submit_form
from common.http.views import posted, private_form
from notifications.forms.reminders import ReminderForm
from notifications.models import ReminderPreference
from notifications.services.reminders import set_reminders


@private_form
def reminder_edit(request: SignedInRequest) -> HttpResponse:
    """Choose which reminders one gets of one's bookings and sign-ups."""
    wanted = ReminderPreference.objects.filter(account=request.user).first() or ReminderPreference()
    initial = {"day_before": wanted.day_before, "two_hours": wanted.two_hours}
    form = ReminderForm(posted(request), initial=initial)
    done = submit_form(
        request,
        form,
        lambda data: set_reminders(actor=request.user, **data),
        success=_("Saved."),
        redirect_to="notifications:reminder_edit",
    )
    return done or render_form(request, "notifications/reminder_edit.html", form)
