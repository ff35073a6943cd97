"""Activities on other websites: the list in a frame, the public feeds, and the page that says how to use them."""

from html import escape
from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from activities.forms.embedding import DAYS, EmbeddingForm
from activities.selectors.public_feeds import MOST_LISTED, coming_under, feed_title, json_feed, public_events
from activities.selectors.rows import activity_rows
from centers.models import Center
from common.calendar_files import CONTENT_TYPE, calendar_file
from common.http.views import public_page

KEPT_SECONDS = 300
# A frame has no visitor whose language one could ask for: the town's website says it.
LANGUAGES = {"zh": "zh-hans", "en": "en"}


@csp_update({"frame-src": [SELF]})
@public_page
def embed_help(request: HttpRequest) -> HttpResponse:
    """Public. What to copy into another website, with the list as it will stand there."""
    form = EmbeddingForm({"days": DAYS, **request.GET.dict()})
    form.is_valid()
    center = form.chosen_center
    query = {**({"center": center.code} if center else {}), "days": form.chosen_days}
    frame_path = f"{reverse('activities:embed_list')}?{urlencode(query)}"
    of_center = f"?{urlencode({'center': center.code})}" if center else ""
    context = {
        "form": form,
        "center": center,
        "frame_path": frame_path,
        "snippet": _snippet(request.build_absolute_uri(frame_path)),
        "calendar_url": request.build_absolute_uri(reverse("activities:public_calendar") + of_center),
        "json_url": request.build_absolute_uri(reverse("activities:public_json") + of_center),
        "list_url": request.build_absolute_uri(_list_url(center)),
    }
    return render(request, "activities/embed_help.html", context)


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@public_page
def embed_list(request: HttpRequest) -> HttpResponse:
    """Public, in a frame of any website. The same for everybody: nobody is asked who they are, no cookie is set."""
    form = EmbeddingForm(request.GET)
    form.is_valid()
    is_unknown = "center" in form.errors
    center = form.chosen_center
    with translation.override(LANGUAGES.get(request.GET.get("lang", ""), LANGUAGES["zh"])):
        found = [] if is_unknown else list(coming_under(center, form.chosen_days)[:MOST_LISTED])
        context = {
            "center": center,
            "rows": activity_rows(AnonymousUser(), found),
            "is_unknown": is_unknown,
            "days": form.chosen_days,
            "all_url": request.build_absolute_uri(_list_url(center)),
        }
        # Without the request: what a page says to its visitor has no place in a frame of somebody else's.
        response = HttpResponse(
            render_to_string("activities/embed_list.html", context), status=404 if is_unknown else 200
        )
        response["Content-Language"] = translation.get_language() or ""
    return _kept(response)


@public_page
def public_calendar(request: HttpRequest) -> HttpResponse:
    """Public. The activities to come as a calendar to subscribe to."""
    center = _center(request)
    events = public_events(center, request.build_absolute_uri)
    return _open(HttpResponse(calendar_file(events, name=feed_title(center)), content_type=CONTENT_TYPE))


@public_page
def public_json(request: HttpRequest) -> HttpResponse:
    """Public. The activities to come as a JSON Feed."""
    center = _center(request)
    feed = json_feed(center, request.build_absolute_uri, feed_url=request.get_full_path(), home_url=_list_url(center))
    kind: dict[str, Any] = {"content_type": "application/feed+json", "json_dumps_params": {"ensure_ascii": False}}
    return _open(JsonResponse(feed, **kind))


def _snippet(url: str) -> str:
    """Element to copy into a page, as plain text."""
    src, title = escape(url), escape(_("Coming activities"))
    return f'<iframe src="{src}" title="{title}" width="100%" height="480" loading="lazy"></iframe>'


def _center(request: HttpRequest) -> Center | None:
    """The center of the address; None for all. Raises Http404 for one that there isn't."""
    form = EmbeddingForm(request.GET)
    form.is_valid()
    if "center" in form.errors:
        raise Http404
    return form.chosen_center


def _list_url(center: Center | None) -> str:
    query = f"?{urlencode({'near': center.code})}" if center else ""
    return reverse("activities:activity_list") + query


def _kept(response: HttpResponse) -> HttpResponse:
    """Kept by caches for a while: the same for everybody, and not a page of its own for search engines."""
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    response["X-Robots-Tag"] = "noindex"
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """Read by scripts of any website: nothing in it is anybody's."""
    response["Access-Control-Allow-Origin"] = "*"
    return _kept(response)
