"""Measuring in turns: a few calls of ours, a few of the reference, again and again; then medians, which a noisy neighbour can't move."""

import dataclasses
import statistics
import time
from collections.abc import Callable, Sequence

Call = Callable[[], object]


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
    """How long each of `calls` calls took."""
    taken = []
    for _ in range(calls):
        started = time.perf_counter()
        call()
        taken.append(time.perf_counter() - started)
    return taken


def throughputs(ours: Call, reference: Call, *, rounds: int, calls: int) -> tuple[float, float, float]:
    """Calls a second of ours and of the reference, and the ratio: each the median over rounds that follow each other closely."""
    seconds(ours, 3)
    seconds(reference, 3)
    ours_a_second, reference_a_second = [], []
    for number in range(rounds):
        pair = [(ours, ours_a_second), (reference, reference_a_second)]
        for call, rates in pair if number % 2 else reversed(pair):
            rates.append(calls / sum(seconds(call, calls)))
    return statistics.median(ours_a_second), statistics.median(reference_a_second), ratio(ours_a_second, reference_a_second)


def ratio(ours: Sequence[float], reference: Sequence[float]) -> float:
    """Median of the rounds' own ratios."""
    return statistics.median(a / b for a, b in zip(ours, reference, strict=True))


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
