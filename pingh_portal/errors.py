"""What Django's own error handlers answer: the API gets problem details, everybody else the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.views import defaults
from rest_framework.exceptions import APIException, NotFound, ParseError

from common.api.problems import problem_page

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_page(ParseError) if request.path_info.startswith(API) else defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_page(NotFound) if request.path_info.startswith(API) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    return problem_page(APIException) if request.path_info.startswith(API) else defaults.server_error(request)


class MethodPageMiddleware:
    """A page for who goes to an address that only takes what a form sends: Django has no handler for that and answers with nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response
