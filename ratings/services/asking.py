"""Asking those who were at an activity to rate it: the next morning, once."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef

from activities.models import Activity, SignUp
from common import clock
from ratings import messages
from ratings.domain.subjects import HELD
from ratings.models import RatingRequest

MORNING = dt.time(9)
# After a stop of longer nobody is asked any more: they have forgotten.
ASKED_WITHIN = dt.timedelta(days=3)


def ask_for_ratings(*, now: dt.datetime) -> int:
    """Ask those who were checked in at an activity that ended the day before. Returns for how many activities.

    Safe to repeat, and to run twice at once.
    """
    if clock.local(now).time() < MORNING:
        return 0
    today = clock.midnight(clock.local(now).date())
    there = SignUp.objects.filter(
        activity=OuterRef("pk"), checked_in_at__isnull=False, participant__account__isnull=False
    )
    ended = Activity.objects.filter(
        Exists(there), state__in=HELD, ends_at__gt=today - ASKED_WITHIN, ends_at__lte=today, rating_request__isnull=True
    )
    return sum(_ask(pk, now) for pk in ended.order_by("ends_at", "id").values_list("pk", flat=True))


@transaction.atomic
def _ask(pk: int, now: dt.datetime) -> bool:
    """Ask about one activity, each account once; False where another worker is at it, or was."""
    held = Activity.objects.filter(pk=pk, state__in=HELD).select_for_update(of=["self"], skip_locked=True).first()
    if held is None or RatingRequest.objects.filter(activity=held).exists():
        return False
    RatingRequest.objects.create(activity=held, at=now)
    there = held.sign_ups.filter(checked_in_at__isnull=False, participant__account__isnull=False)
    of_account = {
        one.participant.account_id: one for one in there.select_related("participant__account").order_by("-id")
    }
    messages.post_asked(of_account.values())
    return True
