"""Authentication backend: allauth's, without the demo's accounts where there is no demo."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class PortalBackend(AuthenticationBackend):
    """Backend that finds people by phone or user name, and the person of a session."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse demo accounts unless DEMO is on.

        Their passwords are printed, and a restored demo would hand over the network.

        Asked at sign-in and again for the person of each session, so a session from the demo ends too.
        """
        allowed: bool = super().user_can_authenticate(user)
        return allowed and (settings.DEMO or not user.is_demo)
