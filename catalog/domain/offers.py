"""Services that a center offers: the city's and each level's own down to it, in the words that hold there.

The rule, once. From the center upwards the nearest row that says something is right, field by field: the center's
adaptation, then that of the next level, then the service itself. What any level has switched off stays off for all
below it, whatever they had changed: nobody finds a door open that the town has shut. An adaptation counts while its
center stands below the service; where a center moves away, it has no effect.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

from django.db.models import F, Q

from catalog.choices import Function
from catalog.models import Service
from centers.choices import PUBLIC
from centers.models import Center
from common import clock
from common.i18n.bilingual import in_page_language

FUNCTIONS = list(Function)
EMPTY: tuple[Any, ...] = ("", None)


@dataclasses.dataclass(frozen=True)
class Offer:
    """A service in the words of one center. `adaptations`: those that hold there, the nearest first."""

    service: Service
    adaptations: tuple[Service, ...] = ()

    def nearest(self, field: str) -> Any:
        """Value of a field that holds here: of the nearest row that says any."""
        return getattr(self.source(field), field)

    def source(self, field: str) -> Service:
        """The row that gives a field its value here."""
        says = (row for row in self.adaptations if getattr(row, field) not in EMPTY)
        return next(says, self.service)

    @cached_property
    def title(self) -> str:
        return str(self.nearest("title"))

    @cached_property
    def title_en(self) -> str:
        """The English title of the row that gives the title: another row's would name something else."""
        return self.source("title").title_en

    @property
    def shown_title(self) -> str:
        """The title in the language of the page, as far as there is one."""
        return in_page_language(self.title, self.title_en)

    @property
    def titled(self) -> str:
        """The same for the title of a page, which can't mark words as Chinese.

        Without an English title, its function.
        """
        return in_page_language(self.title, self.title_en or str(self.function.label))

    @property
    def summary(self) -> str:
        return str(self.nearest("summary"))

    @property
    def place(self) -> str:
        return str(self.nearest("place"))

    @property
    def minutes(self) -> int | None:
        return self.nearest("minutes")

    @property
    def bring(self) -> str:
        return str(self.nearest("bring"))

    @property
    def process(self) -> str:
        return str(self.nearest("process"))

    @property
    def function(self) -> Function:
        return Function(self.service.function)

    @property
    def icon(self) -> str:
        return self.function.icon

    @property
    def off_at(self) -> Center | None:
        """The highest center that has switched it off; None while it is on."""
        return next((row.center for row in (self.service, *reversed(self.adaptations)) if not row.is_active), None)

    @property
    def is_offered(self) -> bool:
        return self.service.retired_at is None and self.off_at is None

    @property
    def updated_at(self) -> dt.datetime:
        return max(row.updated_at for row in (self.service, *self.adaptations))

    def row_of(self, center: Center) -> Service | None:
        """The row by which a center says something of it: the service itself, or its adaptation."""
        return next((row for row in self.rows if row.center_id == center.pk), None)

    def is_off_above(self, center: Center) -> bool:
        """Whether a center above has switched it off, so that `center` can't switch it on."""
        return any(not row.is_active for row in self.rows if row.center_id != center.pk)

    @property
    def rows(self) -> list[Service]:
        """The service and what of it holds here."""
        return [self.service, *self.adaptations]


def offers_at(center: Center | int) -> list[Offer]:
    """Services that a center offers today, by function. One query."""
    pk = center if isinstance(center, int) else center.pk
    return offers_at_each([pk])[pk]


def offers_at_each(center_ids: Collection[int]) -> dict[int, list[Offer]]:
    """Services that each of these centers offers today, by function; none is left out. One query."""
    return {pk: [one for one in found if one.is_offered] for pk, found in known_at_each(center_ids).items()}


def known_at(center: Center) -> list[Offer]:
    """Services of a center and from above, those that are off or withdrawn too. One query."""
    return known_at_each([center.pk])[center.pk]


def known_at_each(center_ids: Collection[int]) -> dict[int, list[Offer]]:
    """The same for each of these centers. One query."""
    found: dict[int, list[Any]] = {pk: [] for pk in center_ids}
    for row in _rows(center_ids):
        found[row.at].append(row)
    return {pk: resolved(rows) for pk, rows in found.items()}


def _rows(center_ids: Collection[int]) -> Iterable[Any]:
    """Services and adaptations of these centers and of all above them, with `at` (below whom) and `depth` (how far).

    Of a center that isn't public only its own people see what it prepares.
    """
    return (
        Service.objects.filter(
            center__descendant_rows__center__in=center_ids, center__descendant_rows__valid__contains=clock.today()
        )
        .annotate(at=F("center__descendant_rows__center"), depth=F("center__descendant_rows__depth"))
        .filter(Q(center__status__in=PUBLIC) | Q(depth=0))
        .select_related("center")
    )


def resolved(rows: Iterable[Any]) -> list[Offer]:
    """Offers of one center from its rows and those above it, each with its `depth`: by function, higher ones first."""
    originals, adapting = [], defaultdict(list)
    for row in sorted(rows, key=lambda one: one.depth):
        if row.adapts_id is None:
            originals.append(row)
        else:
            adapting[row.adapts_id].append(row)
    originals.sort(key=lambda one: (FUNCTIONS.index(Function(one.function)), -one.depth, one.pk))
    return [Offer(service, tuple(adapting[service.pk])) for service in originals]
