"""Messages of reports: to those who manage a center, of what came of its report."""

from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from common.words.times import deadline_words
from notifications.domain import message_kinds
from notifications.domain.message_kinds import MessageKind
from notifications.services.posting import post_messages
from notifications.values.texts import MessageText
from stats.choices import ReportState
from stats.models import CenterReport, ReopenGrant, ReportEvent

RETURNED, REOPENED = "report_returned", "report_reopened"
SUBJECT = "center_report"


def post_report(kind: str, report: CenterReport, managers: Collection[int]) -> int:
    """Tell the people who manage its center. One statement and the query of who they are; returns how many."""
    people = User.objects.filter(pk__in=managers)
    return post_messages(to=[(user, str(report.pk)) for user in people], kind=kind)


def report_texts(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words about reports, by their id; none where the report has gone on meanwhile. Three queries."""
    found = CenterReport.objects.filter(pk__in=[int(pk) for pk in subject_ids]).select_related("center")
    reasons = dict(
        ReportEvent.objects.filter(report__in=found, to_state="returned")
        .exclude(reason="")
        .order_by("pk")
        .values_list("report", "reason")
    )
    grants = {grant.report_id: grant for grant in ReopenGrant.objects.running().filter(report__in=found)}
    texts = {}
    for report in found:
        parts = {
            "where": report.center.shown_short_name,
            "month": date_format(report.month, "YEAR_MONTH_FORMAT"),
            "reason": reasons.get(report.pk, ""),
        }
        is_current = report.state == ReportState.RETURNED
        if kind == RETURNED:
            title = _("The report of %(month)s was returned") % parts
            body = _("%(where)s: %(reason)s Please put the records right and submit again.") % parts
        elif grant := grants.get(report.pk):
            is_current = report.is_to_submit
            title = _("%(month)s was reopened") % parts
            body = _("%(where)s can submit again %(until)s. Reason: %(reason)s") % (
                parts | {"until": deadline_words(grant.expires_at), "reason": grant.reason}
            )
        else:
            continue
        texts[str(report.pk)] = MessageText(
            title=title, body=body, url=report.get_absolute_url(), is_current=is_current
        )
    return texts


def register_all() -> None:
    """Make the messages known to the notifications."""
    for kind in (RETURNED, REOPENED):
        message_kinds.register(MessageKind(kind, SUBJECT, report_texts, is_texted=False))
