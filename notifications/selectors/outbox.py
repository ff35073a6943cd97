"""The state of the outbox for whoever runs the portal."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from notifications.choices import Outcome
from notifications.models import Outbox


@dataclass(frozen=True)
class OutboxStatus:
    """How many messages wait, how many of them are due, since when the oldest waits; and what became of the others."""

    waiting: int
    due: int
    oldest: dt.datetime | None
    outcomes: dict[Outcome, int]


def outbox_status(now: dt.datetime) -> OutboxStatus:
    """The counts of the whole outbox at `now`. Two queries."""
    waiting = Outbox.objects.waiting().aggregate(
        waiting=Count("pk"), due=Count("pk", filter=Q(next_try_at__lte=now)), oldest=Min("created_at")
    )
    done = dict(
        Outbox.objects.filter(done_at__isnull=False).values_list("outcome").annotate(count=Count("pk")).order_by()
    )
    return OutboxStatus(**waiting, outcomes={outcome: done.get(outcome, 0) for outcome in Outcome})
