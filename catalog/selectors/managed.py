"""The services of a center as those see them who set it up."""

import dataclasses

from catalog.domain.offers import Offer, known_at
from catalog.models import Service
from centers.models import Center


@dataclasses.dataclass(frozen=True)
class ManagedOffer:
    """A service with what its center, or a center below, has made of it."""

    offer: Offer
    row: Service | None
    is_off_above: bool

    @property
    def is_adapted(self) -> bool:
        """Whether this center says something of it in its own words."""
        return self.row is not None and self.row.adapts_id is not None and bool(self.row.says_anything)


def managed_offers(center: Center) -> dict[str, list[ManagedOffer]]:
    """Services of a center (`own`) and those it takes from above (`above`), off ones too, withdrawn ones not.

    One query.
    """
    known = [one for one in known_at(center) if one.service.retired_at is None]
    told = [ManagedOffer(one, one.row_of(center), one.is_off_above(center)) for one in known]
    return {
        "own": [one for one in told if one.offer.service.center_id == center.pk],
        "above": [one for one in told if one.offer.service.center_id != center.pk],
    }


def inherited(center: Center, service: Service) -> Offer:
    """A service from above in the words that hold at `center` as long as it says nothing itself. One query."""
    offer = next((one for one in known_at(center) if one.service.pk == service.pk), Offer(service))
    return Offer(offer.service, tuple(row for row in offer.adaptations if row.center_id != center.pk))
