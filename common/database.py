"""What PostgreSQL refused.

Which named constraint an error is about, and whether two transactions waited for each other.
"""

from django.db import Error

DEADLOCK = "40P01"


def violates(error: Error, constraint: str) -> bool:
    """Whether `error` (an IntegrityError) was raised by the named constraint."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) == constraint


def is_deadlock(error: Error) -> bool:
    """Whether PostgreSQL ended the transaction because it and another waited for each other."""
    return getattr(error.__cause__, "pgcode", None) == DEADLOCK
