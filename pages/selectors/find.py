"""One search over centers, rooms, activities, services and organisations: each app finds its own, here they meet."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.models import Activity
from activities.selectors import search as activities
from activities.selectors.rows import Tag, tag_of
from bookings.models import Space
from bookings.querysets import SpaceQuerySet
from bookings.selectors.search import words as rooms
from catalog.domain.offers import Offer
from catalog.models import Service
from catalog.selectors import search as services
from centers.domain.hours import OpenState
from centers.domain.snapshot import NetworkSnapshot
from centers.models import Center
from centers.selectors import search as centers
from centers.selectors.near_choices import NearChoices
from common.words.letters import sound_of, sounding_like
from common.words.names import zh
from common.words.times import span_words
from organizations.models import Organization
from organizations.selectors import search as organizations
from pages.selectors.call import CallCard, call_card

SHOWN, A_PAGE = 5, 20
# What sounds like the words where nothing holds them: so many of a kind, so many in all.
ALIKE_OF_A_KIND, ALIKE_IN_ALL = 3, 6


@dataclasses.dataclass(frozen=True)
class FoundRow:
    """Something that was found, as one line. `meta`: what it is and where, in words."""

    title: str
    url: str
    meta: str
    icon: str
    tag: Tag | None = None
    state: OpenState | None = None


@dataclasses.dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found. `matching`: those that hold all words; `load`: the rows of some of them.

    `order` puts them in an order that the database doesn't know, as ids, which `load` then takes; `list_url`: name of
    the list that takes the words as `q`, where there is one.
    """

    name: str
    label: Promise
    icon: str
    matching: Callable[[str], QuerySet[Any]]
    load: Callable[[list[Any], NetworkSnapshot], list[FoundRow]]
    list_url: str = ""
    order: Callable[[Any, NearChoices], list[int]] | None = None

    def find(self, words: str, places: NearChoices) -> Sequence[Any] | QuerySet[Any]:
        """Things that hold all words, or their ids."""
        return self.order(self.matching(words), places) if self.order else self.matching(words)


@dataclasses.dataclass(frozen=True)
class Group:
    """The first things of one kind, how many there are, and where all of them stand."""

    kind: Kind
    rows: list[FoundRow]
    count: int
    all_url: str

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


def find_page(words: str, kind: str, places: NearChoices, page: str | None) -> dict[str, Any]:
    """Context of what was found for `words`; of one `kind`, where it names one with any, a page of all.

    Twelve queries at most for any number of things found, besides those of the snapshot; six more where nothing was.
    """
    chosen = next((one for one in KINDS if one.name == kind), None)
    if not words:
        return {"words": "", "kinds": KINDS}
    if chosen is not None and (of_kind := Paginator(chosen.find(words, places), A_PAGE)).count:
        shown: Page[Any] = of_kind.get_page(page)
        rows = chosen.load(list(shown.object_list), places.snapshot)
        return {"words": words, "chosen": chosen, "rows": rows, "page": shown, "count": of_kind.count}
    groups = [group for one in KINDS if (group := _group(one, words, places)).count]
    alike = [] if groups else _alike(words, places.snapshot)
    card: CallCard | None = None if groups else call_card(places)
    return {
        "words": words,
        "groups": groups,
        "count": sum(group.count for group in groups),
        "alike": alike,
        "call": card,
    }


def found_words(count: int) -> str:
    """Title of the page: how much was found. What was typed, in whatever language, stands beside it."""
    return ngettext("{n} found", "{n} found", count).format(n=count) if count else _("Nothing found")


def _group(kind: Kind, words: str, places: NearChoices) -> Group:
    paginator: Paginator[Any] = Paginator(kind.find(words, places), SHOWN)
    rows = kind.load(list(paginator.get_page(1).object_list), places.snapshot) if paginator.count else []
    query = urlencode({"q": words}) if kind.list_url else urlencode({"q": words, "kind": kind.name})
    return Group(kind, rows, paginator.count, f"{reverse(kind.list_url or 'pages:find')}?{query}")


def _alike(words: str, snapshot: NetworkSnapshot) -> list[FoundRow]:
    """Things that sound like the words, the likest first: another character of one sound, a slip in the letters."""
    sound = sound_of(words)
    found = [
        (thing.likeness, place, kind, thing)
        for place, kind in enumerate(KINDS)
        for thing in sounding_like(kind.matching(""), sound)[:ALIKE_OF_A_KIND]
    ]
    found.sort(key=lambda one: (-one[0], one[1]))
    best = found[:ALIKE_IN_ALL]
    rows: dict[tuple[str, int], FoundRow] = {}
    for kind in KINDS:
        things = [thing for _likeness, _place, of, thing in best if of is kind]
        asked = [thing.pk for thing in things] if kind.order else things
        for thing, row in zip(things, kind.load(asked, snapshot) if asked else [], strict=True):
            rows[kind.name, thing.pk] = row
    return [rows[kind.name, thing.pk] for _likeness, _place, kind, thing in best]


def _centers(found: list[Center], snapshot: NetworkSnapshot) -> list[FoundRow]:
    states = snapshot.open_states([center.pk for center in found])
    return [
        FoundRow(
            center.shown_name,
            reverse("pages:center_detail", args=[center.code]),
            str(center.level),
            "pin",
            state=states[center.pk],
        )
        for center in found
    ]


def _rooms(pks: list[int], snapshot: NetworkSnapshot) -> list[FoundRow]:
    return [_room(space) for space in rooms.in_this_order(pks)]


def _room(space: Space) -> FoundRow:
    up_to = _("Up to {n} people").format(n=space.capacity)
    meta = format_html("{} · {}", zh(space.center.shown_short_name), up_to)
    return FoundRow(space.shown_name, space.get_absolute_url(), meta, "door")


def _activities(found: list[Activity], snapshot: NetworkSnapshot) -> list[FoundRow]:
    return [
        FoundRow(
            activity.title,
            activity.get_absolute_url(),
            format_html(
                "{} · {}", span_words(activity.starts_at, activity.ends_at), zh(activity.center.shown_short_name)
            ),
            "calendar",
            tag_of(activity),
        )
        for activity in found
    ]


def _services(found: list[Service], snapshot: NetworkSnapshot) -> list[FoundRow]:
    return [_service(Offer(service)) for service in found]


def _service(offer: Offer) -> FoundRow:
    service = offer.service
    meta = format_html("{} · {}", zh(offer.summary or offer.function.label), zh(service.center.shown_short_name))
    return FoundRow(offer.shown_title, service.get_absolute_url(), meta, offer.icon)


def _organizations(found: list[Organization], snapshot: NetworkSnapshot) -> list[FoundRow]:
    return [
        FoundRow(
            organization.shown_name,
            organization.get_absolute_url(),
            format_html("{} · {}", organization.get_type_display(), zh(organization.center.shown_short_name)),
            "people",
        )
        for organization in found
    ]


def _nearest_rooms(found: SpaceQuerySet, places: NearChoices) -> list[int]:
    return rooms.nearest_first(found, places.snapshot.ranked_from(places.chosen.id if places.chosen else None))


def _services_matching(words: str) -> QuerySet[Any]:
    return services.matching(words).select_related("center").in_order()


KINDS = (
    Kind("centers", gettext_lazy("Centers"), "pin", centers.matching, _centers, "centers:center_list"),
    Kind("rooms", gettext_lazy("Rooms"), "door", rooms.matching, _rooms, order=_nearest_rooms),
    Kind("activities", gettext_lazy("Coming activities"), "calendar", activities.matching, _activities),
    Kind("services", gettext_lazy("What can be done"), "list", _services_matching, _services, "catalog:service_list"),
    Kind(
        "organizations",
        gettext_lazy("Organisations"),
        "people",
        organizations.matching,
        _organizations,
        "organizations:organization_list",
    ),
)
