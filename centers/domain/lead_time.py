"""From which day on rooms can be booked, given the notice in working days of their policies: `rules.notice_is_given` for many at once."""

import datetime as dt
from collections.abc import Callable, Collection

from centers.domain import hours
from centers.domain.hours import LOOK_AHEAD_DAYS
from centers.values.holidays import DayMark
from common import clock

DAY = dt.timedelta(days=1)
DayKinds = Callable[[Collection[int], dt.date, dt.date], dict[int, dict[dt.date, DayMark]]]


class Notice:
    """Answers for pairs of a center and a number of working days, up to a last day. Two queries; none where nobody can be too late."""

    def __init__(
        self, asked: Collection[tuple[int, int]], first: dt.date, last: dt.date, day_kinds: DayKinds = hours.day_kinds
    ) -> None:
        """`asked`: (center id, working days) of the rooms in question; days from `first` to `last` will be asked for.

        `day_kinds` answers what kind of days they are: the database, or whoever knows already.
        """
        self.today = clock.today()
        # So many days on, any number of working days up to the largest has passed.
        most = max((workdays for _center, workdays in asked), default=0)
        self._late = self.today + dt.timedelta(days=2 * most + LOOK_AHEAD_DAYS)
        self._earliest: dict[tuple[int, int], dt.date] = {}
        pairs = {pair for pair in asked if pair[1]}
        if pairs and first <= self._late:
            last = min(last, self._late)
            self._reckon(pairs, last, day_kinds({center for center, _workdays in pairs}, self.today + DAY, last))

    def _reckon(self, pairs: set[tuple[int, int]], last: dt.date, marks: dict[int, dict[dt.date, DayMark]]) -> None:
        workdays_of = {
            center: [day for day, mark in of_center.items() if mark.is_workday] for center, of_center in marks.items()
        }
        for center, count in pairs:
            workdays = workdays_of.get(center, [])
            self._earliest[center, count] = workdays[count - 1] if len(workdays) >= count else last + DAY

    def is_given(self, center_id: int, workdays: int, day: dt.date) -> bool:
        """Whether `workdays` whole working days lie before `day`, which is within what was asked for."""
        return not workdays or day > self._late or day >= self._earliest.get((center_id, workdays), self.today)
