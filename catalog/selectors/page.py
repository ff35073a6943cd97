"""The public page of one service: its facts as they hold at a center, and how they came about."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.choices import Audience, Channel, Function, Group, Verb
from catalog.domain.offers import Offer, known_at
from catalog.models import Service, ServiceVersion
from catalog.permissions import can_manage_services
from catalog.values.fields import WORDS
from centers.access import Viewer
from centers.models import Center
from common.words.names import zh
from common.words.times import duration

VERSIONS_SHOWN = 20
CHOICES = {"function": Function, "audience": Audience, "groups": Group, "channels": Channel}
# In the order in which people ask; title, line and function stand in the head of the page.
FACTS = ("audience", "groups", "channels", "place", "minutes", "process", "bring")
Words = str | SafeString


@dataclasses.dataclass(frozen=True)
class Fact:
    """Label and value in words; of a version, `before` is what it said until then."""

    label: Any
    value: Words


@dataclasses.dataclass(frozen=True)
class Change:
    """A version as the page tells it: when, what was done, at which center, and what it says since."""

    at: dt.datetime
    verb: Any
    center: Center
    actor: Any
    facts: list[Fact]


def service_page(user: Viewer, service: Service, center: Center | None) -> dict[str, Any]:
    """Context of the page, in the words of `center` where it is given and stands below. At most four queries.

    `edit_url`: where `user` changes what the page says, the service itself or what the center makes of it.
    """
    known = {one.service.pk: one for one in known_at(center)} if center else {}
    offer = known.get(service.pk)
    place = center if offer else None
    shown = offer or Offer(service)
    return {
        "offer": shown,
        "service": service,
        "center": place or service.center,
        "here": place,
        "pairs": facts_of(shown),
        "changes": changes_of(shown),
        "can_manage": can_manage_services(user, service.center),
        "edit_url": _edit_url(user, service, place),
    }


def _edit_url(user: Viewer, service: Service, here: Center | None) -> str:
    if service.retired_at is not None:
        return ""
    if here is not None and here.pk != service.center_id:
        args = [here.code, service.pk]
        return reverse("catalog:service_adapt", args=args) if can_manage_services(user, here) else ""
    return reverse("catalog:service_edit", args=[service.pk]) if can_manage_services(user, service.center) else ""


def facts_of(offer: Offer) -> list[Fact]:
    """Facts of a service that are filled in. No query."""
    values = {name: getattr(offer.service, name) for name in ("audience", "groups", "channels")}
    values |= {name: offer.nearest(name) for name in ("place", "minutes", "process", "bring")}
    return _told(values, FACTS)


def changes_of(offer: Offer) -> list[Change]:
    """Latest versions of a service and of what holds of it, each with the words that it changed. One query."""
    rows = {row.pk: row for row in offer.rows}
    versions = ServiceVersion.objects.filter(service__in=rows).select_related("actor").order_by("at", "pk")
    before: dict[int, dict[str, Any]] = {}
    changes = []
    for version in versions:
        earlier = before.get(version.service_id, {})
        changed = {name: value for name, value in version.words.items() if earlier.get(name, "") != value}
        before[version.service_id] = version.words
        facts = _told(changed, WORDS, blank=bool(earlier))
        center = rows[version.service_id].center
        changes.append(Change(version.at, Verb(version.verb).label, center, version.actor, facts))
    return changes[::-1][:VERSIONS_SHOWN]


def _told(values: dict[str, Any], order: Iterable[str], *, blank: bool = False) -> list[Fact]:
    """Facts in order; those left blank only where `blank` says that this is a change."""
    return [
        Fact(Service._meta.get_field(name).verbose_name, words(name, values[name]))  # type: ignore[union-attr]
        for name in order
        if name in values and (blank or values[name] not in ("", None, []))
    ]


def words(name: str, value: Any) -> Words:
    """Value of a field in words of the page's language; what people typed is marked as Chinese where it is."""
    if value in ("", None, []):
        return _("blank")
    if name == "title_en":
        return format_html('<span lang="en">{}</span>', value)
    if name == "minutes":
        return duration(value)
    if name in CHOICES:
        chosen = value if isinstance(value, list) else [value]
        return _(", ").join(str(CHOICES[name](one).label) for one in chosen)
    return zh(value)
