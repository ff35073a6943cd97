"""What Django's own error handlers answer: the API gets problem details, everybody else the page."""

from django.http import HttpRequest, HttpResponse
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
