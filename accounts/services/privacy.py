"""Views of phone numbers: masked wherever they are shown, and in full only with a line in the log (PIPL art. 51)."""

from accounts.exceptions import PurposeMissing
from accounts.models import PhoneReveal, User
from common import clock


def log_phone_view(*, actor: User, subject: User | None, purpose: str) -> None:
    """Record that `actor` sees a number of `subject`, wherever it is kept. Seeing one's own isn't noted.

    None for somebody without an account.

    Raises PurposeMissing.

    `purpose` names the record it's needed for, at most 60 characters, no names or numbers. Whether `actor` may see it
    at all is for the caller to decide: this app knows no roles.
    """
    if not purpose.strip():
        raise PurposeMissing
    if subject is None or actor.pk != subject.pk:
        PhoneReveal.objects.create(viewer=actor, subject=subject, at=clock.now(), purpose=purpose.strip()[:60])
