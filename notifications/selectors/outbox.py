"""The state of the outbox for whoever runs the portal."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from notifications.choices import Outcome
from notifications.models import Outbox


@dataclass(frozen=True)
class OutboxStatus:
    """Status of the outbox: messages that wait, that are due, the oldest one's moment, and outcomes of the others."""

    waiting: int
    due: int
    oldest: dt.datetime | None
    outcomes: dict[Outcome, int]


def outbox_status(now: dt.datetime) -> OutboxStatus:
    """Status of the whole outbox at `now`."""
    waiting = Outbox.objects.waiting().aggregate(
        waiting=Count("pk"), due=Count("pk", filter=Q(next_try_at__lte=now)), oldest=Min("created_at")
    )
    done = dict(
        Outbox.objects.filter(done_at__isnull=False).values_list("outcome").annotate(count=Count("pk")).order_by()
    )
    return OutboxStatus(**waiting, outcomes={outcome: done.get(outcome, 0) for outcome in Outcome})
