"""Calendar feeds: the secret address under which a calendar program reads what one is in."""

import secrets

from django.conf import settings
from django.db import models

from common import clock

TOKEN_BYTES = 32


def new_token() -> str:
    """A secret that nobody guesses, for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class CalendarFeed(models.Model):
    """Feed of an account. Whoever knows the token reads it, without signing in; a new token ends the old one."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    renewed_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"feed of {self.account_id}"
