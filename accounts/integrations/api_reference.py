"""API reference entries for refusals that concern signing in."""

from accounts.exceptions import OwnPasswordNeeded
from common.api import reference


def register_all() -> None:
    """Register the refusals that any operation may answer with."""
    reference.register_general_refusals([OwnPasswordNeeded])
