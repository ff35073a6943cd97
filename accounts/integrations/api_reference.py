"""What the page about the API says of signing in."""

from accounts.exceptions import OwnPasswordNeeded
from common.api import reference


def register_all() -> None:
    """List what any call may be refused with."""
    reference.register_general_refusals([OwnPasswordNeeded])
