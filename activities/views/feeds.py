"""The calendar feed: its page, and the file that calendar programs read."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.models import CalendarFeed
from activities.selectors.calendar import feed_events
from activities.services.feeds import end_feed, renew_feed
from common.calendar_files import CONTENT_TYPE, calendar_file
from common.http.forms import render_form, submit_form
from common.http.views import posted, private_form, public_page


class FeedForm(forms.Form):
    """Whether to end the feed; else it is opened, or gets a new link."""

    end = forms.BooleanField(required=False)


@private_form
def feed_detail(request: SignedInRequest) -> HttpResponse:
    """The secret link (GET); open it, renew it, end it (POST)."""
    form = FeedForm(posted(request))
    done = submit_form(
        request,
        form,
        lambda data: end_feed(actor=request.user) if data["end"] else renew_feed(actor=request.user),
        success=lambda feed: _("The link is new; the one before is over.") if feed else _("The link is over."),
        redirect_to="activities:feed_detail",
    )
    if done:
        return done
    feed = CalendarFeed.objects.filter(account=request.user).first()
    url = request.build_absolute_uri(reverse("activities:feed_file", args=[feed.token])) if feed else ""
    return render_form(request, "activities/feed_detail.html", form, {"feed": feed, "feed_url": url})


@public_page
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """Public to who knows the token: what its account has booked and is signed up for."""
    feed = get_object_or_404(
        CalendarFeed.objects.filter(account__is_active=True).select_related("account"), token=token
    )
    events = feed_events(feed.account, request.build_absolute_uri)
    response = HttpResponse(calendar_file(events, name=_("Pinghu Party-Mass")), content_type=CONTENT_TYPE)
    # Whose calendar it is stands in the address alone: no cache keeps it.
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response
