"""An organisation that may be inspected, as rows of sheets name it."""

import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True)
class Inspectable:
    """Party organisation under a center, by its ids and names, from `first` until before `end`."""

    center: int
    organization: int
    names: tuple[str, ...]
    first: dt.date
    end: dt.date
