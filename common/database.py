"""Database errors of PostgreSQL and advisory locks.

Errors are told apart by the named constraint they violate, and as deadlocks.
"""

from django.db import Error, connection

DEADLOCK = "40P01"


def violates(error: Error, constraint: str) -> bool:
    """Whether `error` (an IntegrityError) was raised by the named constraint."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) == constraint


def is_deadlock(error: Error) -> bool:
    """Whether PostgreSQL ended the transaction because it and another waited for each other."""
    return getattr(error.__cause__, "pgcode", None) == DEADLOCK


def advisory_lock(subject: str, key: int) -> None:
    """Wait for whoever holds the lock of this name and number, and hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [subject, key])
