"""Whether a page feels the number of rows: the slowest twentieth of its answers among many and among few."""

import statistics
from collections.abc import Callable

from bench import data, pages, places
from bench.rounds import Result, p95, ratio, seconds


def of_bookings(scenario: str, path: Callable[[], str], quick: bool) -> Result:
    """p95 among 100,000 bookings and among 1,000."""
    notes = f"p95 at {data.LARGE_BOOKINGS:,} ÷ at {data.SMALL_BOOKINGS:,} bookings"
    return measure(scenario, path, quick, many=places.LARGE, few=places.SMALL, target=1.2, notes=notes)


def measure(
    scenario: str, path: Callable[[], str], quick: bool, *, many: str, few: str, target: float, notes: str
) -> Result:
    """p95 in milliseconds in the database with `many` rows (ours) and in that with `few` (reference), in turns.

    Medians over the rounds.
    """
    application = pages.Application()
    with places.database(many):
        asked = path()
    found: dict[str, list[float]] = {many: [], few: []}
    for number in range(3 if quick else 9):
        for name in sorted(found, reverse=bool(number % 2)):
            with places.database(name):
                seconds(lambda: application.answer(asked), 5)
                found[name].append(1000 * p95(seconds(lambda: application.answer(asked), 20 if quick else 40)))
    medians = statistics.median(found[many]), statistics.median(found[few])
    return Result(
        scenario, *medians, ratio(found[many], found[few]), target=target, at_least=False, unit="ms", notes=notes
    )
