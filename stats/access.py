"""Access to statistics: those who work at a center see it with all below; a peer's name and rank, no more.

Reports are also open to those who review them: to the center above as it stood in that month.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.domain.requests import SignedInRequest
from accounts.models import User
from centers import access
from centers.choices import WORKING
from centers.models import Center
from centers.selectors.switcher import CenterSwitcher, switcher_of
from common.months import Month
from stats import permissions
from stats.models import CenterReport, LateChange, MonthCenter


def reach_of(request: SignedInRequest) -> CenterSwitcher:
    """The centers the person works for, looking at the one in the address; for others there is no such page."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    return reach


def asked_month(said: str) -> Month:
    """The month of an address; of one that is none, or lies ahead, there is no page."""
    month = Month.said(said)
    if month is None:
        raise Http404
    return month


def readable_report(user: User, code: str, month: Month) -> CenterReport:
    """Report of a center for a month, as a new one where nobody has begun it.

    To those who work for the center today, or for one that it stood under in that month; else Http404.
    """
    if not code.isprintable():
        raise Http404
    center = get_object_or_404(Center.objects.select_related("level"), code=code)
    placed = MonthCenter.objects.filter(month=month.first, center=center).values_list("lineage", flat=True).first()
    reachable = access.scope(user, WORKING).filter(pk__in=[center.pk, *(placed or [])])
    if not reachable.exists():
        raise Http404
    found = CenterReport.objects.filter(month=month.first, center=center)
    report = found.select_related("submitted_by", "approved_by").first() or CenterReport(month=month.first)
    report.center = center
    return report


def begun_report(user: User, code: str, month: Month) -> CenterReport:
    """The same, of a report that there is; else Http404."""
    report = readable_report(user, code, month)
    if not report.is_begun:
        raise Http404
    return report


def must_lock(user: User, report: CenterReport) -> CenterReport:
    """The report, for those who lock it and decide what changes later. Raises PermissionDenied."""
    if not permissions.manages(user, permissions.locking_node(permissions.lineage_of(report))):
        raise PermissionDenied
    return report


def managed_node(user: User, code: str) -> Center:
    """The center of that code, for those who manage it by a role there; Http404 out of reach, else PermissionDenied."""
    if not code.isprintable():
        raise Http404
    node: Center = get_object_or_404(access.scope(user, WORKING), code=code)
    if not permissions.manages(user, node.pk):
        raise PermissionDenied
    return node


def late_change_to_decide(user: User, pk: int) -> LateChange:
    """A late change, for those who decide it; Http404 to those who don't work for its center."""
    mine = access.scope(user, WORKING).values("pk")
    change: LateChange = get_object_or_404(LateChange.objects.filter(center__in=mine).select_related("center"), pk=pk)
    must_lock(user, get_object_or_404(CenterReport, month=change.month, center=change.center_id))
    return change
