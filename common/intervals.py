"""Half-open intervals [start, end): overlap, union, difference. Pure; the bounds are anything that can be ordered."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

Span = tuple[Any, Any]
# All moments there are.
EVER = (dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC))


def overlaps(one: Span, other: Span) -> bool:
    """Whether two intervals share a moment; those that only touch don't."""
    return bool(one[0] < other[1] and one[1] > other[0])


def overlaps_any(span: Span, others: Iterable[Span]) -> bool:
    """Whether an interval shares a moment with any of the others."""
    start, end = span
    return any(start < until and end > since for since, until in others)


def covers(outer: Iterable[Span], inner: Span) -> bool:
    """Whether a single one of the outer intervals holds all of the inner one."""
    return any(since <= inner[0] and inner[1] <= until for since, until in outer)


def clip(spans: Iterable[Span], within: Span) -> list[Span]:
    """Parts of intervals inside another one, in the order given; empty parts are left out."""
    start, end = within
    return [(max(since, start), min(until, end)) for since, until in spans if since < end and until > start]


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Union of spans as few spans in order: what overlaps or touches becomes one, empty spans go."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def subtract(spans: Iterable[Span], cuts: Iterable[Span]) -> tuple[Span, ...]:
    """Difference of `spans` and `cuts`, merged and in order."""
    left = merge(spans)
    for cut_start, cut_end in merge(cuts):
        left = tuple(
            piece
            for start, end in left
            for piece in ((start, min(end, cut_start)), (max(start, cut_end), end))
            if piece[0] < piece[1]
        )
    return left
