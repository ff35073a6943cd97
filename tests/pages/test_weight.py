"""What a first visit costs: the home page and all it asks for, compressed as it is sent."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests.factories.bookings import make_space, open_daily
from tests.support.cast import make_cast

MOST_BYTES = 50 * 1024
MOST_REQUESTS = 6
ASKED_FOR = re.compile(
    r'<(?:link rel="(?:stylesheet|icon)"|script) [^>]*?(?:href|src)="/static/([^"]+)"'
    r'|<link rel="icon" href="/static/([^"]+)"'
)


@pytest.mark.django_db
def test_a_first_page_stays_light() -> None:
    cast = make_cast()
    open_daily(cast.city)
    for number in range(12):
        make_space(cast.center, f"活动室{number}")
    page = Client().get(reverse("pages:home")).content
    names = ["".join(match) for match in ASKED_FOR.findall(page.decode())]
    assert {"css/portal.css", "js/portal.js", "img/favicon.svg"} <= set(names)
    assert len(names) + 1 <= MOST_REQUESTS
    files = [Path(str(finders.find(name))).read_bytes() for name in names]
    assert len(gzip.compress(page)) + sum(len(brotli.compress(body)) for body in files) <= MOST_BYTES
