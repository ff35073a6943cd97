"""Whether a page feels the number of bookings: the slowest twentieth of its answers among 100,000 and among 1,000."""

import statistics
from collections.abc import Callable

from bench import data, pages, places
from bench.rounds import Result, p95, ratio, seconds


def measure(scenario: str, path: Callable[[], str], quick: bool) -> Result:
    """p95 in milliseconds with many bookings (ours) and with few (reference), in turns; medians over the rounds."""
    application = pages.Application()
    with places.database(places.LARGE):
        asked = path()
    found: dict[str, list[float]] = {places.LARGE: [], places.SMALL: []}
    for number in range(3 if quick else 9):
        for name in sorted(found, reverse=bool(number % 2)):
            with places.database(name):
                seconds(lambda: application.answer(asked), 5)
                found[name].append(1000 * p95(seconds(lambda: application.answer(asked), 20 if quick else 40)))
    large, small = found[places.LARGE], found[places.SMALL]
    notes = f"p95 at {data.LARGE_BOOKINGS:,} ÷ at {data.SMALL_BOOKINGS:,} bookings"
    medians = statistics.median(large), statistics.median(small)
    return Result(scenario, *medians, ratio(large, small), target=1.2, at_least=False, unit="ms", notes=notes)
