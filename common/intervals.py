"""Sets of half-open intervals: joining them and cutting pieces out. Pure; works on anything that can be ordered."""

from collections.abc import Iterable
from typing import Any

Span = tuple[Any, Any]


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same times as few spans in order: what overlaps or touches becomes one, what is empty goes."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def subtract(spans: Iterable[Span], cuts: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of `spans` when `cuts` are taken out, merged and in order."""
    left = merge(spans)
    for cut_start, cut_end in merge(cuts):
        left = tuple(
            piece
            for start, end in left
            for piece in ((start, min(end, cut_start)), (max(start, cut_end), end))
            if piece[0] < piece[1]
        )
    return left
