"""Change of a figure against another period: a share of what it was, or the difference alone."""

import dataclasses
from decimal import Decimal

PER_CENT = 100


@dataclasses.dataclass(frozen=True)
class Change:
    """Change from `before` to `now`; None where a figure is missing, which is not the same as 0."""

    now: Decimal | None
    before: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def percent(self) -> Decimal | None:
        """Share of what it was, in percent to one place; None where there is no base: it was 0, or is missing."""
        if self.difference is None or not self.before:
            return None
        return (self.difference * PER_CENT / self.before).quantize(Decimal("0.1"))

    @property
    def direction(self) -> int:
        """1 for more, -1 for less, 0 for the same or where nothing can be said."""
        difference = self.difference or 0
        return (difference > 0) - (difference < 0)
