"""Addresses of the statistics: period and center stand in them, so that a page can be sent to somebody."""

from urllib.parse import urlencode

from django.urls import reverse

from centers.models import Center
from stats.domain.metrics import Metric
from stats.values.periods import Period


def figure_url(metric: Metric, center: Center, period: Period) -> str:
    """Address of what a figure is made of."""
    return f"{reverse('stats:record_list', args=[metric.code])}?{_query(center, period)}"


def overview_url(center: Center, period: Period, **more: str) -> str:
    """Address of the overview of a center for a period; what is blank of `more` is left out."""
    return f"{reverse('stats:overview')}?{_query(center, period, **more)}"


def _query(center: Center, period: Period, **more: str) -> str:
    return urlencode(
        {"center": center.code, "period": str(period), **{name: said for name, said in more.items() if said}}
    )
