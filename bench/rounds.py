"""Measuring in turns.

A few calls of ours, a few of the reference, again and again; then medians, which a noisy neighbour can't move.
"""

import dataclasses
import statistics
import time
from collections.abc import Callable, Sequence

Call = Callable[[], object]
# CPython 3.11 keeps frames in chunks of 16 KiB and maps a new one whenever a call crosses a chunk's end. Where that
# falls within a page's rendering it is thousands of system calls (measured: 2,800, half of a page's time), by the
# accident of how deep the caller stands. So every round calls from another depth, over a whole chunk's length, in steps
# fine enough that the medians are the same again in the next run.
FRAMES_A_ROUND = 4
ROUNDS, QUICK_ROUNDS = 45, 5


@dataclasses.dataclass(frozen=True)
class Result:
    """One line of the table. `ratio` is ours ÷ reference; `at_least` False means that it must stay below the target."""

    scenario: str
    ours: float
    reference: float
    ratio: float
    target: float
    at_least: bool
    unit: str
    notes: str = ""
    conditions: bool = True

    @property
    def ok(self) -> bool:
        reached = self.ratio >= self.target if self.at_least else self.ratio <= self.target
        return reached and self.conditions


def seconds(call: Call, calls: int) -> list[float]:
    """Seconds that each of `calls` calls took."""
    taken = []
    for _ in range(calls):
        started = time.perf_counter()
        call()
        taken.append(time.perf_counter() - started)
    return taken


def deeper(frames: int, act: Callable[[], list[float]]) -> list[float]:
    """Do it so many calls further down the stack."""
    return deeper(frames - 1, act) if frames else act()


def throughputs(ours: Call, reference: Call, *, calls: int, quick: bool) -> tuple[float, float, float]:
    """Calls a second of ours and of the reference, and the ratio.

    Each the median over rounds that follow each other closely.
    """
    seconds(ours, 3)
    seconds(reference, 3)
    ours_a_second: list[float] = []
    reference_a_second: list[float] = []
    for number in range(QUICK_ROUNDS if quick else ROUNDS):
        pair = [(ours, ours_a_second), (reference, reference_a_second)]
        for call, rates in pair if number % 2 else reversed(pair):
            taken: list[float] = deeper(number * FRAMES_A_ROUND, lambda call=call: seconds(call, calls))  # type: ignore[misc]
            rates.append(calls / sum(taken))
    return (
        statistics.median(ours_a_second),
        statistics.median(reference_a_second),
        ratio(ours_a_second, reference_a_second),
    )


def ratio(ours: Sequence[float], reference: Sequence[float]) -> float:
    """Median of the rounds' own ratios."""
    return statistics.median(a / b for a, b in zip(ours, reference, strict=True))


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
