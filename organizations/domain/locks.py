"""Lock on the register of organisations for changes of who stands where."""

from common.database import advisory_lock

SUBJECT = "organizations"


def lock_register() -> None:
    """Wait for whoever changes the register, and keep others waiting until the transaction ends.

    One lock for all: changes are rare, and names, places and the hierarchy of several organisations hang together. The
    trigger of the hierarchy (`organizations.models.triggers`) takes the same.
    """
    advisory_lock(SUBJECT, 0)
