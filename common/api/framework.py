"""Refusals of the framework, made before any rule of ours is checked, in our words.

They are the pages' words where pages have the same case.
"""

from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions


class CsrfFailed(exceptions.PermissionDenied):
    default_code = "csrf_failed"


class Unavailable(exceptions.APIException):
    status_code = 503
    default_code = "unavailable"


# A 404 never tells what was looked for: outside one's subtree and missing read alike.
FRAMEWORK_WORDS: dict[type[exceptions.APIException], Any] = {
    exceptions.ValidationError: _("Some fields need correcting."),
    exceptions.ParseError: _("The body isn't valid JSON."),
    exceptions.NotAuthenticated: _("Sign in first."),
    exceptions.PermissionDenied: _("Permission denied"),
    CsrfFailed: format_lazy(
        _("The CSRF token is missing or wrong: send the cookie {cookie}'s value in the header X-CSRFToken."),
        cookie=settings.CSRF_COOKIE_NAME,
    ),
    exceptions.NotFound: _("Page not found"),
    exceptions.MethodNotAllowed: _("This address doesn't take this method."),
    exceptions.NotAcceptable: _("The API answers in JSON only."),
    exceptions.UnsupportedMediaType: _("Send the body as JSON, with Content-Type: application/json."),
    exceptions.Throttled: _("Too many requests"),
    Unavailable: _("The portal can't reach its records right now."),
    exceptions.APIException: _("Please retry later"),
}


def status_of(error: type[exceptions.APIException]) -> int:
    """HTTP status of the refusal.

    401 would have to name a way to authenticate, and a session has none: DRF answers 403.
    """
    return exceptions.PermissionDenied.status_code if error is exceptions.NotAuthenticated else error.status_code
