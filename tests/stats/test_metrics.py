"""What is counted, and how: the page, the document and the API name every metric that an app registered."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from stats.domain import metrics as registry

DOCUMENT = settings.BASE_DIR / "docs" / "mechanisms" / "statistics.md"


@pytest.mark.django_db
def test_the_page_has_every_metric() -> None:
    html = Client().get(reverse("stats:metric_list")).content.decode()
    for metric in registry.all_metrics():
        assert f'id="{metric.code}"' in html
        assert str(metric.definition) in html


def test_the_document_has_every_metric_and_no_other() -> None:
    """A row a metric: code, unit, whether it can be added, whether it is open."""
    rows = re.findall(r"^\| `([a-z_.]+)` \| (\w+) \| (\w+) \| (\w+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.M)
    assert rows == [
        (metric.code, metric.unit.value, added(metric), "yes" if metric.is_open else "no")
        for metric in registry.all_metrics()
    ]


def added(metric: Any) -> str:
    return "never" if not metric.is_additive else "yes" if metric.in_total else "months"


def test_codes_and_definitions_are_each_of_one_metric() -> None:
    codes = [metric.code for metric in registry.all_metrics()]
    assert len(codes) == len(set(codes))
    for metric in registry.all_metrics():
        assert metric.name and metric.definition and metric.basis and metric.version >= 1
