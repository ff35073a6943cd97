"""Session authentication for the API, with the pages' CSRF check."""

from rest_framework import authentication, exceptions
from rest_framework.request import Request

from common.api.framework import CsrfFailed


class SessionAuthentication(authentication.SessionAuthentication):
    """DRF's session authentication, whose CSRF refusal has a code of its own and is translated."""

    def enforce_csrf(self, request: Request) -> None:
        """Raise `CsrfFailed` unless the request proves that a page of ours, or a client with our cookie, made it."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise CsrfFailed from error
