"""Services of the demo: what the home center and its town make of the city's, and a few of their own.

Visibly demo, through the product's own services. What is there already, or was withdrawn, stays as it is.
"""

from typing import Any

from catalog.models import Service
from catalog.services.publishing import adapt_service, create_service, switch_service
from centers.models import Center
from demo.services.network import Network
from demo.values import samples

SEVERAL = ("audience", "groups", "channels")
WORDS = ("title", "title_en", "place", "process", "bring")


def add_services(network: Network) -> int:
    """Add those that were never added; returns how many. Without the shipped services there is nothing to adapt."""
    places = {"home": network.home, "above": network.above}
    shipped = {one.key: one for one in Service.objects.exclude(key="").select_related("center")}
    added = [
        _adapt(places[row["at"]], shipped[row["key"]], row) if row["key"] else _create(places[row["at"]], row)
        for row in samples.rows("services")
        if not row["key"] or row["key"] in shipped
    ]
    return sum(added)


def _adapt(center: Center, service: Service, row: samples.Row) -> bool:
    is_there = Service.objects.filter(center=center, adapts=service).exists()
    is_from_above = service.pk in set(Service.objects.originals().above(center).values_list("pk", flat=True))
    if is_there or not is_from_above or service.center_id == center.pk or service.retired_at:
        return False
    if row["off"]:
        switch_service(actor=None, center=center, service=service, on=False)
    else:
        adapt_service(actor=None, center=center, service=service, **_words(row))
    return True


def _create(center: Center, row: samples.Row) -> bool:
    if Service.objects.filter(center=center, title=row["title"]).exists():
        return False
    several: dict[str, Any] = {name: row[name].split() for name in SEVERAL}
    create_service(actor=None, center=center, function=row["function"], **_words(row), **several)
    return True


def _words(row: samples.Row) -> dict[str, Any]:
    words: dict[str, Any] = {name: row[name] for name in WORDS if row[name]}
    return {**words, "minutes": int(row["minutes"])} if row["minutes"] else words
