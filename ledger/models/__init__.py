"""Ledger files that were asked for, and the free lines of the work log.

Nothing that a ledger tells is kept here: it is made of activities, bookings and decisions each time.
"""

from ledger.models.exports import LedgerExport
from ledger.models.log_lines import CORRECTED_ONCE, FIRST_LINE_ONCE, LogLine

__all__ = ["CORRECTED_ONCE", "FIRST_LINE_ONCE", "LedgerExport", "LogLine"]
