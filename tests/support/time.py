"""The clock of the tests."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from common import clock

# Between two bookable half hours of an ordinary Tuesday, with the year's holiday arrangement published.
START = dt.datetime(2026, 11, 24, 10, 5, tzinfo=clock.SHANGHAI)
# Between midnight and 8:00 UTC has yesterday's date.
NIGHT = dt.datetime(2026, 11, 25, 0, 30, tzinfo=clock.SHANGHAI)


def on_the_day_of_the_tests(time: str) -> dt.datetime:
    """The moment when Shanghai's clocks show `time` (`0:30`) on the day the tests' clock stands at."""
    hour, minute = time.split(":")
    return START.replace(hour=int(hour), minute=int(minute))


class TestClock:
    """Holds the product's clock; a test moves it forth and back."""

    __test__ = False

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    @classmethod
    @contextmanager
    def started(cls, moment: dt.datetime = START) -> Iterator["TestClock"]:
        with ExitStack() as stack:
            held = cls(stack)
            held.move_to(moment)
            yield held

    @property
    def now(self) -> dt.datetime:
        return clock.now()

    def move_to(self, moment: dt.datetime) -> None:
        """Show `moment` (aware) from now on."""
        self._stack.enter_context(clock.frozen(moment))

    def advance(self, **parts: float) -> None:
        """Go on by `minutes=…`, `hours=…`, `days=…`."""
        self.move_to(clock.now() + dt.timedelta(**parts))
