"""Metric, center and period that a page is asked for, out of its address."""

from django.http import Http404, HttpRequest

from common import clock
from common.months import Month
from stats.choices import PeriodKind
from stats.domain import metrics
from stats.domain.metrics import Metric
from stats.values.periods import Period


def asked_metric(code: str) -> Metric:
    """The metric of a code. Raises Http404 where there is none."""
    metric = metrics.find(code)
    if metric is None:
        raise Http404
    return metric


def asked_period(request: HttpRequest) -> Period:
    """The period that the address says, the present month where it says none. Raises Http404 for what is none."""
    text = request.GET.get("period", "")
    period = Period.said(text) if text else Period(PeriodKind.MONTH, Month.of(clock.today()))
    if period is None:
        raise Http404
    return period
