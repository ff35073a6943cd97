"""Refusals of ledger: one class a rule, the same code and words on pages and in the API."""

from common.errors import DomainError


class LedgerError(DomainError):
    """Base of everything that is refused here."""

    code = "ledger_refused"
