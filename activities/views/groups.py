"""People who came as one organisation, counted at the desk in one step."""

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import led_activity
from activities.forms.groups import GroupForm
from activities.selectors.groups import group_page, organizations_for
from activities.services.door_sign_ups import count_group
from common.http.forms import render_form, submit_form
from common.http.views import posted, private_form
from common.words.names import zh


@private_form
def desk_group(request: SignedInRequest, reference: str) -> HttpResponse:
    """Choose an organisation and say how many came; `q` finds one. Sent twice, it counts once."""
    activity = led_activity(request.user, reference)
    context = group_page(activity, request.GET.get("q", ""))
    form = GroupForm(posted(request), organizations=organizations_for(activity), shown=context["organizations"])
    done = submit_form(
        request,
        form,
        lambda data: count_group(actor=request.user, activity=activity, group=form.group()),
        success=lambda counted: format_html(
            _("Counted: {name} +{n}."), name=zh(form.cleaned_data["organization"].shown_name), n=counted.count
        ),
        redirect_to=activity.get_desk_url(),
    )
    return done or render_form(request, "activities/desk_group.html", form, context)
