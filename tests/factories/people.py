"""People: residents with numbers that can't be anybody's, staff with a password that passes the rules."""

from accounts.models import User
from accounts.services import people

PASSWORD = "ping-hu-2026"  # of the tests


def phone_of(number: int) -> str:
    """A number of a range that no carrier has."""
    return f"199{number:08d}"


def make_resident(number: int = 1, *, verified: bool = True) -> User:
    """Resident `number`; one who hasn't entered a code yet if not `verified`."""
    resident = people.register_resident(phone=phone_of(number))
    if verified:
        people.confirm_phone(user=resident)
    return resident


def make_staff(username: str = "staff", *, name: str = "", password: str = PASSWORD) -> User:
    """Staff without any role yet; `tests.factories.centers.grant` gives one."""
    return people.create_staff(username=username, password=password, name=name or username, password_lasts=True)
