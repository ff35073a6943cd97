"""Registry of rules that a month's report is checked by before it is submitted: some block, some ask for words.

Rules on figures alone stand in `stats.domain.figure_rules`; each app registers those on its records from
`integrations.report_rules` when it is ready. Nothing here names an app.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from common.months import Month
from stats.choices import Severity
from stats.domain.metrics import Shown

Figures = Mapping[str, Decimal]


@dataclass(frozen=True)
class Case:
    """Center and month that are checked. `figures`: what its own records come to, by metric.

    `past`: own figures of the months before by month, of those in which it had to report; a month without any is an
    empty one, and one that isn't known is left out.
    """

    center_id: int
    month: Month
    figures: Figures
    past: Mapping[Month, Figures]


@dataclass(frozen=True)
class Outcome:
    """Outcome of a rule. `is_hit`: whether it is broken. `params`: what its words are made of, kept with the report.

    `records`: what to put right, shown whether or not there is enough of it for a hit.
    """

    is_hit: bool
    params: Mapping[str, Any] = field(default_factory=dict)
    records: tuple[Shown, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Rule of a report. `words` says what is wrong from the params of an outcome; `passed` what was found in order.

    `check` returns None where what it needs isn't there: then the rule is kept as not checked, never as passed.
    """

    code: str
    severity: Severity
    name: Promise
    passed: Promise
    words: Callable[[Mapping[str, Any]], str]
    check: Callable[[Case], Outcome | None]


@dataclass(frozen=True)
class Finding:
    """Rule with its outcome for one report; None where it couldn't be tried."""

    rule: Rule
    outcome: Outcome | None

    @property
    def is_skipped(self) -> bool:
        return self.outcome is None

    @property
    def is_hit(self) -> bool:
        return self.outcome is not None and self.outcome.is_hit

    @property
    def blocks(self) -> bool:
        return self.is_hit and self.rule.severity == Severity.BLOCKS

    @property
    def asks(self) -> bool:
        """Whether it asks for an explanation."""
        return self.is_hit and self.rule.severity == Severity.EXPLAIN

    @property
    def words(self) -> str:
        return self.rule.words(self.outcome.params) if self.outcome else str(self.rule.name)

    @property
    def records(self) -> tuple[Shown, ...]:
        return self.outcome.records if self.outcome else ()


_rules: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Add rules. Registering the same again is harmless."""
    for rule in rules:
        _rules[rule.code] = rule


def all_rules() -> list[Rule]:
    """Rules by their code: those that block first."""
    return [rule for _code, rule in sorted(_rules.items())]


def find(code: str) -> Rule | None:
    """The rule of a code, or None."""
    return _rules.get(code)


def findings_of(case: Case) -> list[Finding]:
    """Findings of all rules for one report."""
    return [Finding(rule, rule.check(case)) for rule in all_rules()]
