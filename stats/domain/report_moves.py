"""Steps of reports: the ones there are, and how one is written: state, what counts, version and event together."""

import datetime as dt
from collections.abc import Mapping, Sequence

from accounts.models import User
from stats import exceptions as refused
from stats.choices import IN_REVIEW, TO_SUBMIT, ReportState
from stats.models import CenterReport, ReopenGrant, ReportEvent

OPEN, SUBMITTED, UNDER_REVIEW, RETURNED, APPROVED, LOCKED, MISSING, REOPENED = ReportState
STEPS: Mapping[ReportState, frozenset[ReportState]] = {
    OPEN: frozenset({SUBMITTED, MISSING}),
    # Taken back by the center before anybody looks at it, it stands where it stood before.
    SUBMITTED: frozenset({UNDER_REVIEW, RETURNED, APPROVED, OPEN, REOPENED}),
    UNDER_REVIEW: frozenset({RETURNED, APPROVED}),
    RETURNED: frozenset({SUBMITTED, MISSING, LOCKED}),
    APPROVED: frozenset({RETURNED, LOCKED}),
    LOCKED: frozenset({REOPENED}),
    MISSING: frozenset({REOPENED}),
    REOPENED: frozenset({SUBMITTED, LOCKED, MISSING}),
}
BATCH = 500
FIELDS = [field.name for field in CenterReport._meta.concrete_fields if not field.primary_key]


def must_move(report: CenterReport, *states: ReportState) -> None:
    """Raise WrongStep unless the report is in one of these states."""
    if report.state not in states:
        raise refused.WrongStep(state=report.get_state_display())


def must_be_version(report: CenterReport, version: int | None) -> None:
    """Raise ReportChanged unless the report is as it was shown."""
    if version is not None and report.version != version:
        raise refused.ReportChanged(state=report.get_state_display())


def move(report: CenterReport, to: ReportState, *, actor: User | None, at: dt.datetime, reason: str = "") -> None:
    """Write one step of a locked row, with its event. A step that there isn't is a programming error."""
    move_all([report], to, actor=actor, at=at, reason=reason)


def move_all(
    reports: Sequence[CenterReport], to: ReportState, *, actor: User | None, at: dt.datetime, reason: str = ""
) -> None:
    """Write the same step of locked rows, with their events. Two statements for up to BATCH of them."""
    missed = _reopened_from_missing(reports, to)
    events = []
    for report in reports:
        before = ReportState(report.state)
        if to not in STEPS[before]:
            raise ValueError(f"no report goes from {before} to {to}")
        report.state = to
        report.counted_revision = _counted(report, report.pk in missed)
        report.version += 1
        events.append(
            ReportEvent(
                report=report,
                revision=report.revision,
                from_state=before,
                to_state=to,
                actor=actor,
                at=at,
                reason=reason,
            )
        )
    CenterReport.objects.bulk_update(reports, FIELDS, batch_size=BATCH)
    ReportEvent.objects.bulk_create(events, batch_size=BATCH)


def _counted(report: CenterReport, was_missing: bool) -> int | None:
    """Revision whose figures count in this state; None: the live records; 0: nothing."""
    if report.state in IN_REVIEW or report.state == APPROVED:
        return report.revision
    if report.state == MISSING:
        return 0
    return report.locked_revision or (0 if was_missing else None)


def _reopened_from_missing(reports: Sequence[CenterReport], to: ReportState) -> set[int]:
    """Ids of those that are open again after they weren't reported: until they are submitted nothing of them counts."""
    if to not in TO_SUBMIT:
        return set()
    grants = ReopenGrant.objects.running().filter(report__in=[report.pk for report in reports], from_state=MISSING)
    return set(grants.values_list("report", flat=True))
