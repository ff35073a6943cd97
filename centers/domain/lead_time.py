"""Lead time: the earliest day that lies so many whole working days ahead, for many centers at once."""

import datetime as dt
from collections.abc import Callable, Collection

from centers.domain import hours
from centers.domain.hours import LOOK_AHEAD_DAYS
from centers.values.holidays import DayMark
from common import clock

DAY = dt.timedelta(days=1)
DayKinds = Callable[[Collection[int], dt.date, dt.date], dict[int, dict[dt.date, DayMark]]]


class LeadTimes:
    """Earliest days for pairs of a center and a number of working days. Two queries; none where nobody can be too late."""

    def __init__(
        self,
        pairs: Collection[tuple[int, int]],
        first: dt.date,
        last: dt.date,
        day_kinds: DayKinds = hours.day_kinds,
    ) -> None:
        """`pairs`: (center id, working days); days from `first` to `last` will be asked for.

        `day_kinds` answers what kind of days they are: the database, or a snapshot.
        """
        self.today = clock.today()
        # So many days on, any number of working days up to the largest has passed.
        most = max((workdays for _center, workdays in pairs), default=0)
        self._late = self.today + dt.timedelta(days=2 * most + LOOK_AHEAD_DAYS)
        self._earliest: dict[tuple[int, int], dt.date] = {}
        asked = {pair for pair in pairs if pair[1]}
        if asked and first <= self._late:
            last = min(last, self._late)
            self._fill(asked, last, day_kinds({center for center, _workdays in asked}, self.today + DAY, last))

    def _fill(self, pairs: set[tuple[int, int]], last: dt.date, marks: dict[int, dict[dt.date, DayMark]]) -> None:
        for center, count in pairs:
            workdays = [day for day, mark in marks.get(center, {}).items() if mark.is_workday]
            self._earliest[center, count] = workdays[count - 1] if len(workdays) >= count else last + DAY

    def earliest(self, center_id: int, workdays: int) -> dt.date:
        """The first day before which `workdays` whole working days lie. Any later day is as good as that one."""
        return self._earliest.get((center_id, workdays), self.today)
