"""Horizon of a space: how far ahead its days are open for booking, each by the policy of that day of use."""

import datetime as dt

from bookings.domain.facts import UNREAD
from bookings.domain.rules import RULES_OF_HORIZON, day_refusal
from bookings.domain.snapshot import Snapshot
from bookings.models import Space
from bookings.values.limits import FARTHEST_DAYS
from bookings.values.policy import Policy
from bookings.values.space_facts import SpaceFacts
from centers.domain.hours import dates
from common import clock


class Horizon:
    """Days of a space, as far as the horizon goes.

    There may be days beyond it before others within it: a center can move to where people book farther ahead.
    """

    def __init__(self, space: Space, snapshot: Snapshot) -> None:
        self._space, self._snapshot, self._now = space, snapshot, clock.now()
        self.today = clock.local(self._now).date()
        self.farthest = self.today + dt.timedelta(days=FARTHEST_DAYS)

    def has_on(self, day: dt.date) -> bool:
        """Whether the horizon of that day's policy lets it be booked."""
        # No rule of the horizon looks at the calendar.
        facts = SpaceFacts(self._space.capacity, True, self._policy_on(day), UNREAD, self._now)
        return day_refusal(day, facts, RULES_OF_HORIZON) is None

    def has_from(self, day: dt.date) -> bool:
        """Whether that day or any later one lies within the horizon."""
        too_near = None
        for later in dates(day, self.farthest):
            policy = self._policy_on(later)
            # What lets people book no day so far off lets them book none farther off.
            if policy is not too_near:
                if self.has_on(later):
                    return True
                too_near = policy
        return False

    def _policy_on(self, day: dt.date) -> Policy:
        return self._snapshot.policies_on(day)[self._space.pk][0]

    def nearest(self, day: dt.date) -> dt.date:
        """The day itself, not before today; where nothing from it on can be booked as yet, the last day that can."""
        day = min(max(day, self.today), self.farthest)
        if self.has_from(day):
            return day
        return next(earlier for earlier in reversed(list(dates(self.today, day))) if self.has_on(earlier))
