"""Metric, center and period that a page is asked for, out of its address."""

from django.http import Http404, HttpRequest

from accounts.domain.requests import SignedInRequest
from centers import access
from centers.choices import WORKING
from centers.models import Center
from stats.access import reach_of
from stats.domain import metrics
from stats.domain.metrics import Metric
from stats.values.periods import Period


def asked_metric(code: str) -> Metric:
    """The metric of a code. Raises Http404 where there is none."""
    metric = metrics.find(code)
    if metric is None:
        raise Http404
    return metric


def asked_center(request: SignedInRequest) -> Center:
    """The center that the address says, for those who work there or above it; their first own one if it says none.

    Raises Http404 for others: a figure of another center must not be taken for that of the one asked for.
    """
    code = request.GET.get("center", "")
    if not code:
        return reach_of(request).chosen
    # What the database can't even be asked for is nobody's.
    within = access.scope(request.user, WORKING)
    center = within.filter(code=code).first() if code.isprintable() else None
    if center is None:
        raise Http404
    return center


def asked_period(request: HttpRequest) -> Period:
    """The period that the address says, the last month that is over where it says none.

    Raises Http404 for what is none.
    """
    text = request.GET.get("period", "")
    period = Period.said(text) if text else Period.last_over()
    if period is None:
        raise Http404
    return period
