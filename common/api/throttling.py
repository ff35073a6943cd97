"""Throttles of the API: DRF's interface, counted as pages are (`common.http.rate_limit`)."""

from typing import TYPE_CHECKING, ClassVar

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from common.http.rate_limit import seconds_over, visitor_of

if TYPE_CHECKING:
    # It imports this module itself, by the settings.
    from rest_framework.views import APIView


class _Throttle(BaseThrottle):
    """Throttle of one kind of visitor at the rate `DEFAULT_THROTTLE_RATES[scope]`."""

    scope: ClassVar[str]
    is_for_accounts: ClassVar[bool]
    rate: str | None = None
    seconds = 0

    def allow_request(self, request: Request, view: "APIView") -> bool:
        if request.user.is_authenticated != self.is_for_accounts:
            return True
        rate = self.rate or api_settings.DEFAULT_THROTTLE_RATES[self.scope]
        self.seconds = seconds_over(f"api-{self.scope}", visitor_of(request), str(rate) if rate else None)
        return self.seconds == 0

    def wait(self) -> float:
        return self.seconds


class Anonymous(_Throttle):
    """Throttle by network address, for visitors who haven't signed in."""

    scope = "anonymous"
    is_for_accounts = False


class SignedIn(_Throttle):
    """Throttle by account."""

    scope = "signed-in"
    is_for_accounts = True
