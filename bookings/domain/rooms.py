"""The public rooms of the whole network as plain rows: what a search goes through. No model instances, one query."""

from collections.abc import Collection
from typing import NamedTuple

from bookings.models import Space
from centers.values.names import short_name, short_name_en
from common.i18n.bilingual import in_page_language


class Room(NamedTuple):
    """A space as a search sees it. `area` and `equipment` are the values of their choices."""

    id: int
    name: str
    name_en: str
    capacity: int
    area: str
    equipment: list[str]
    center_id: int
    center_code: str
    center_name: str
    center_name_en: str

    @property
    def is_public(self) -> bool:
        """Always: others aren't listed."""
        return True

    @property
    def shown_name(self) -> str:
        """The room's name in the language of the page, as far as there is one; the next two are its center's."""
        return in_page_language(self.name, self.name_en)

    @property
    def shown_center_name(self) -> str:
        return in_page_language(self.center_name, self.center_name_en)

    @property
    def shown_center_short_name(self) -> str:
        return in_page_language(short_name(self.center_name), short_name_en(self.center_name_en))


FIELDS = (
    "id", "name", "name_en", "capacity", "area_kind", "equipment", "center_id", "center__code", "center__name",
    "center__name_en",
)  # fmt: skip


def public_rooms(center_ids: Collection[int] | None = None) -> list[Room]:
    """Every space residents may book, of these centers or of all, in no particular order."""
    spaces = Space.objects.public()
    if center_ids is not None:
        spaces = spaces.filter(center__in=center_ids)
    return [Room._make(row) for row in spaces.order_by().values_list(*FIELDS)]
