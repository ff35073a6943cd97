"""Calendar feeds: opened when first asked for, renewed when the link got about, ended."""

from accounts.models import User
from activities.models import CalendarFeed
from activities.models.feeds import new_token
from common import clock


def renew_feed(*, actor: User) -> CalendarFeed:
    """Open the feed of an account, or give it a new secret: calendars that have the old link read nothing more."""
    feed, _is_new = CalendarFeed.objects.update_or_create(
        account=actor, defaults={"token": new_token(), "renewed_at": clock.now()}
    )
    return feed


def end_feed(*, actor: User) -> None:
    """End the feed of an account. Safe to repeat."""
    CalendarFeed.objects.filter(account=actor).delete()
