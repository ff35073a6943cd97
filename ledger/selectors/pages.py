"""Contexts of the pages of ledgers, their files and the work log."""

import dataclasses
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.choices import ActivityKind
from centers.models import Center
from common import clock
from common.months import Month
from ledger import exceptions as refused
from ledger.choices import ExportFormat, ExportKind, ExportState
from ledger.domain.documents import changes_words, day_lines, kind_words, month_words, published_words, sign_in_words
from ledger.models import LedgerExport
from ledger.selectors.ledgers import ledgers_of_month
from ledger.selectors.work_log import days_of
from ledger.values.facts import ActivityFacts, DayFacts

LAST_FILES = 10
MISSING: dict[str, Promise] = {
    "record": _("not recorded"),
    "notice": _("no notice"),
    "sign_in": _("no sign-in"),
    "photos": _("no photo"),
    "note": _("no summary line"),
}
# What became of a file that couldn't be made, by the code of the refusal.
FAILURES: dict[str, Any] = {
    error.code: error.message for error in (refused.FontMissing, refused.NothingToKeep, refused.TooManyActivities)
}
FAILED: Promise = _("Something went wrong on our side; it is written down. Ask for the file once more.")


@dataclasses.dataclass(frozen=True)
class LedgerRow:
    """Activity in the list of a month, with what its ledger lacks in words."""

    facts: ActivityFacts
    kind: str
    missing: list[Promise]


@dataclasses.dataclass(frozen=True)
class LogDay:
    """Day of the work log as its page shows it."""

    facts: DayFacts
    lines: list[str]


def ledger_month(center: Center, month: Month) -> dict[str, Any]:
    """Context of a month's ledgers. Nine queries at most."""
    ledgers = ledgers_of_month(center, month)
    rows = [LedgerRow(one, kind_words(one.kind), missing_words(one)) for one in ledgers]
    return {
        **months_context(month),
        "rows": rows,
        "people": sum(one.attendance or 0 for one in ledgers),
        "lacking": sum(bool(row.missing) for row in rows),
        "files": list(last_files(center)),
        "formats": ExportFormat.choices,
    }


def last_files(center: Center) -> QuerySet[LedgerExport]:
    """The files of months last asked for."""
    months = LedgerExport.objects.filter(center=center, kind=ExportKind.MONTH)
    return months.select_related("made_by").order_by("-id")[:LAST_FILES]


def ledger_page(facts: ActivityFacts) -> dict[str, Any]:
    """Context of one activity's ledger. No query."""
    return {
        "facts": facts,
        "kind": ActivityKind(facts.kind).label,
        "published": published_words(facts),
        "missing": missing_words(facts),
        "sign_in": sign_in_words(facts),
        "corrections": [(one, changes_words(one)) for one in facts.corrections],
        "formats": ExportFormat.choices,
    }


def missing_words(facts: ActivityFacts) -> list[Promise]:
    """Parts that a whole ledger has and this one lacks, in words."""
    return [MISSING[code] for code in facts.missing]


def export_page(export: LedgerExport) -> dict[str, Any]:
    """Context of a file that was asked for. No query."""
    month = Month(export.month) if export.month else None
    return {
        "export": export,
        "center": export.center,
        "month": month,
        "month_words": month_words(month) if month else "",
        "failure": FAILURES.get(export.error, FAILED) if export.state == ExportState.FAILED else "",
        "is_swept": export.state == ExportState.DONE and not export.has_file,
    }


def work_log_page(center: Center, month: Month) -> dict[str, Any]:
    """Context of a month's work log; of the present one the latest day first, as one comes to write. Four queries."""
    days = [LogDay(day, day_lines(day)) for day in days_of(center, month)]
    if month.is_present:
        days.reverse()
    return {**months_context(month), "days": days, "busy": sum(not day.facts.is_empty for day in days)}


def months_context(month: Month) -> dict[str, Any]:
    """The month in words, with the ones beside it."""
    return {
        "month": month,
        "month_words": month_words(month),
        "before": month.before,
        "after": None if month.is_present else month.after,
        "today": clock.today(),
    }
