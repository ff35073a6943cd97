"""Outage of the database, told from an error of ours, and its line in the log."""

import logging

from django.db import InterfaceError, OperationalError

# Classes of SQLSTATE that say the server can't be had: no connection, starting or stopping, too many connections.
AWAY = ("08", "57P", "53300")


def is_outage(error: BaseException | None) -> bool:
    """Whether `error` says that the database can't be reached. Without a SQLSTATE no server has said anything."""
    if not isinstance(error, InterfaceError | OperationalError):
        return False
    state = getattr(error.__cause__, "pgcode", None)
    return state is None or state.startswith(AWAY)


class OneLineOutages(logging.Filter):
    """Log filter that says in one line what a traceback of 8 KB a request would say while the database is away."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and is_outage(error):
            first = (str(error).splitlines() or [""])[0]
            record.msg, record.args = f"{record.getMessage()} (database away: {first})", ()
            record.exc_info = record.exc_text = None
        return True
