"""Rows of reports, published figures and late changes that a constraint or trigger refuses, by what refuses."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from stats.choices import Disposition, ReportState, Severity
from stats.models import (
    LOCKED_STAYS,
    PUBLISHED_STAYS,
    REPORT_ONCE,
    CenterReport,
    LateChange,
    PublishedFact,
    PublishedRecord,
    ReopenGrant,
    RuleHit,
)
from tests.factories.bookings import slot

Rows = Iterable[models.Model] | Callable[[], Any]
MONTH = dt.date(2026, 10, 1)
NINE, TEN = slot(9, 10)


def report(world: Any, **changes: Any) -> CenterReport:
    return CenterReport(**{"month": MONTH, "center": world.center, **changes})


def locked(world: Any, **changes: Any) -> CenterReport:
    fields = {
        "state": ReportState.LOCKED,
        "revision": 1,
        "locked_revision": 1,
        "counted_revision": 1,
        "submitted_by": world.user,
        "submitted_at": NINE,
        "approved_by": world.cast["stranger"],
        "approved_at": TEN,
    }
    return report(world, **{**fields, **changes})


def hits(world: Any, times: int = 1, **changes: Any) -> Rows:
    of = report(world)
    of.save()
    fields = {"report": of, "revision": 1, "rule": "W2", "severity": Severity.EXPLAIN, "explanation": "说明"}
    return [RuleHit(**{**fields, **changes}) for _ in range(times)]


def grants(world: Any, times: int = 1, **changes: Any) -> Rows:
    of = report(world)
    of.save()
    fields = {
        "report": of,
        "from_state": ReportState.LOCKED,
        "granted_by": world.user,
        "at": NINE,
        "reason": "更正",
        "expires_at": TEN,
    }
    return [ReopenGrant(**{**fields, **changes}) for _ in range(times)]


def change(world: Any, **changes: Any) -> LateChange:
    fields = {
        "month": MONTH,
        "center": world.center,
        "revision": 1,
        "metric": "activity.people",
        "source": "activities",
        "record": 1,
        "before": 1,
        "after": 2,
        "found_at": NINE,
    }
    return LateChange(**{**fields, **changes})


def published(model: type[models.Model], **more: Any) -> Callable[[Any], Rows]:
    """A published row, changed afterwards."""

    def rows(world: Any) -> Rows:
        fields = {"month": MONTH, "center": world.center, "revision": 1, "metric": "activity.people", "value": 5}
        model._default_manager.create(**fields, **more)
        return lambda: model._default_manager.update(value=6)

    return rows


def reopened_by_hand(world: Any) -> Rows:
    made = locked(world)
    made.save()
    return lambda: CenterReport.objects.filter(pk=made.pk).update(state=ReportState.RETURNED)


REFUSED: dict[str, Callable[[Any], Rows]] = {
    REPORT_ONCE: lambda world: [report(world), report(world)],
    "report_month_is_a_month": lambda world: [report(world, month=MONTH.replace(day=2))],
    "report_counts_what_its_state_says": lambda world: [locked(world, counted_revision=None)],
    "report_submitted_by_somebody": lambda world: [locked(world, submitted_by=None)],
    "report_approved_by_another": lambda world: [locked(world, approved_by=world.user)],
    "rule_hit_once_a_revision": lambda world: hits(world, 2),
    "rule_hit_explained_or_skipped": lambda world: hits(world, explanation=""),
    "grant_expires_after_it_was_given": lambda world: grants(world, expires_at=NINE),
    "grant_has_reason": lambda world: grants(world, reason=""),
    "grant_once_at_a_time": lambda world: grants(world, 2),
    "late_change_decided_with_reason": lambda world: [change(world, disposition=Disposition.WAIVE)],
    "late_change_changes_something": lambda world: [change(world, after=1)],
    "late_change_once_undecided": lambda world: [change(world), change(world, after=3)],
}

TRIGGERED: dict[str, tuple[str, Callable[[Any], Rows]]] = {
    "CenterReport.locked_stays": (LOCKED_STAYS, reopened_by_hand),
    "PublishedFact.published_stays": (
        PUBLISHED_STAYS,
        published(PublishedFact, n_records=1, source_hash=1, lineage=[], at=NINE),
    ),
    "PublishedRecord.published_stays": (PUBLISHED_STAYS, published(PublishedRecord, source="activities", record=1)),
}
