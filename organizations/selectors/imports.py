"""Context of the page of a dry run."""

from collections.abc import Sequence
from typing import Any

from organizations.domain.import_verdicts import LABELS, TONES, Outcome, Verdict

# What somebody has to look at stands first.
ORDER = (Outcome.FAULTY, Outcome.CHANGED, Outcome.NEW, Outcome.KNOWN)


def dry_run(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Verdicts in the order in which they need a look, and their number by outcome. No query."""
    numbers = {outcome: sum(verdict.outcome == outcome for verdict in verdicts) for outcome in ORDER}
    return {
        "verdicts": sorted(verdicts, key=lambda verdict: ORDER.index(verdict.outcome)),
        "counts": [(LABELS[outcome], TONES[outcome], numbers[outcome]) for outcome in ORDER],
        "faulty": numbers[Outcome.FAULTY],
        "changed": numbers[Outcome.CHANGED],
        "can_write": bool(numbers[Outcome.NEW] or numbers[Outcome.CHANGED]),
    }
