"""Themes: the calendar for everybody, and setting up themes and campaigns, for those who manage the whole network."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import must_manage_themes
from activities.forms.themes import CampaignForm, EditCampaignForm, EditThemeForm, ThemeForm
from activities.models import Campaign, Theme
from activities.permissions import can_manage_themes
from activities.selectors.themes import set_up_lists, theme_calendar
from activities.services.themes import save_campaign, save_theme
from common import clock
from common.http.forms import one_at_a_time, render_form, submit_form
from common.http.views import posted, private_form, private_page, public_page
from common.words.names import zh

LIST = "activities:theme_list_manage"


class YearQuery(forms.Form):
    """Query of the calendar; a year that makes no sense is as if it weren't there."""

    year = forms.IntegerField(min_value=2000, max_value=2100)


@public_page
def theme_list(request: HttpRequest) -> HttpResponse:
    """Public. What is planned for each theme in a year, by month."""
    query = YearQuery(request.GET)
    year = query.cleaned_data["year"] if query.is_valid() else clock.today().year
    context = {**theme_calendar(request.user, year), "can_manage": can_manage_themes(request.user)}
    return render(request, "activities/theme_list.html", context)


@private_page
def theme_list_manage(request: SignedInRequest) -> HttpResponse:
    """Themes and campaigns, with how many activities each has."""
    must_manage_themes(request.user)
    return render(request, "activities/theme_list_manage.html", set_up_lists())


@private_form
def theme_create(request: SignedInRequest) -> HttpResponse:
    """Enter a theme. Sent twice, the second says that the name is taken."""
    must_manage_themes(request.user)
    form = ThemeForm(posted(request))
    done = submit_form(
        request, form, lambda data: save_theme(actor=request.user, **data), success=_saved, redirect_to=LIST
    )
    return done or render_form(request, "activities/theme_form.html", form)


@private_form
def theme_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a theme."""
    must_manage_themes(request.user)
    with one_at_a_time(request, "activities.theme", pk):
        theme = get_object_or_404(Theme, pk=pk)
        form = EditThemeForm(posted(request), initial=ThemeForm.initial_of(theme))
        done = submit_form(
            request,
            form,
            lambda data: save_theme(
                actor=request.user, theme=theme, **{name: data[name] for name in ThemeForm.base_fields}
            ),
            success=_saved,
            redirect_to=LIST,
        )
    return done or render_form(request, "activities/theme_form.html", form, {"theme": theme})


@private_form
def campaign_create(request: SignedInRequest) -> HttpResponse:
    """Enter a campaign. Sent twice, the second says that the name is taken."""
    must_manage_themes(request.user)
    form = CampaignForm(posted(request))
    done = submit_form(
        request, form, lambda data: save_campaign(actor=request.user, **data), success=_saved, redirect_to=LIST
    )
    return done or render_form(request, "activities/campaign_form.html", form)


@private_form
def campaign_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a campaign."""
    must_manage_themes(request.user)
    with one_at_a_time(request, "activities.campaign", pk):
        campaign = get_object_or_404(Campaign, pk=pk)
        form = EditCampaignForm(posted(request), initial=CampaignForm.initial_of(campaign))
        done = submit_form(
            request,
            form,
            lambda data: save_campaign(
                actor=request.user, campaign=campaign, **{name: data[name] for name in CampaignForm.base_fields}
            ),
            success=_saved,
            redirect_to=LIST,
        )
    return done or render_form(request, "activities/campaign_form.html", form, {"campaign": campaign})


def _saved(row: Theme | Campaign) -> str:
    return format_html(_("Saved: {name}."), name=zh(row.shown_name))
