"""Error handlers: the API gets problem details, everybody else the page.

Django's own handlers for 400 and 500 are checked for forged forms, and so read the form: where it can't be read they
fail themselves, and the answer has no page and no header. Ours read nothing.
"""

import sys
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseNotAllowed,
    HttpResponseServerError,
)
from django.template.loader import render_to_string
from django.views import defaults
from rest_framework.exceptions import APIException, NotFound, ParseError

from common.api.framework import Unavailable
from common.api.problems import problem_page
from pingh_portal.outages import is_outage

API = "/api/"
# A database that is started again answers within seconds.
RETRY_SECONDS = 10


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(API):
        return problem_page(ParseError)
    return HttpResponseBadRequest(render_to_string("400.html"))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page has forms, so it is made by Django's handler.

    A form that can't be read is a bad request at any address.
    """
    if request.path_info.startswith(API):
        return problem_page(NotFound)
    try:
        return defaults.page_not_found(request, exception)
    except BadRequest as unreadable:
        return bad_request(request, unreadable)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_outage(sys.exc_info()[1]):
        return unavailable(request)
    if request.path_info.startswith(API):
        return problem_page(APIException)
    return HttpResponseServerError(render_to_string("500.html"))


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is away: nothing of ours is broken, and whoever asks again soon will be served."""
    if request.path_info.startswith(API):
        response = problem_page(Unavailable)
    else:
        response = HttpResponse(render_to_string("503.html"), status=Unavailable.status_code)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


class MethodPageMiddleware:
    """A page for who goes to an address that only takes what a form sends.

    Django has no handler for that and answers with nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response
