"""The demo's services: visibly demo, added once, and never in the way of what people made."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings

from catalog.domain.offers import offers_at
from catalog.models import Service, ServiceVersion
from catalog.services.publishing import adapt_service, edit_service, retire_service
from catalog.services.shipped import add_shipped_services
from demo.services.network import Network, load
from demo.services.seed_services import add_services
from tests.support.time import TestClock

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def network(db: None, clock: TestClock) -> Network:
    found = load(TODAY)
    assert found
    return found


def test_they_say_that_they_are_demo(network: Network) -> None:
    add_shipped_services(settings.BASE_DIR / "data")
    assert add_services(network) == 7
    own = Service.objects.filter(key="")
    said = [value for row in own for value in (row.title, row.place, row.process, row.bring) if value]
    assert said and all(value.startswith("演示：") for value in said)
    titles = [offer.title for offer in offers_at(network.home)]
    assert "演示：民意信箱" in titles and "指导策划" not in titles and "阵地场所" in titles


def test_a_second_time_adds_nothing(network: Network) -> None:
    add_shipped_services(settings.BASE_DIR / "data")
    add_services(network)
    versions = ServiceVersion.objects.count()
    assert (add_services(network), ServiceVersion.objects.count()) == (0, versions)


def test_what_people_made_stays(network: Network) -> None:
    shipped: Any = {service.key: service for service in add_shipped_services(settings.BASE_DIR / "data")}
    adapt_service(actor=None, center=network.home, service=shipped["general"], place="自己的")
    retire_service(actor=None, service=shipped["talks"])
    assert add_services(network) == 5
    assert Service.objects.get(center=network.home, adapts=shipped["general"]).place == "自己的"

    own = Service.objects.get(title="演示：代办服务")
    edit_service(actor=None, service=own, place="自己的")
    retire_service(actor=None, service=own)
    assert add_services(network) == 0


def test_without_shipped_services_there_is_nothing_to_adapt(network: Network) -> None:
    assert add_services(network) == 2
    assert not Service.objects.filter(adapts__isnull=False).exists()
