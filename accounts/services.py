"""People come into the portal: residents by their phone, staff by whoever sets up a center."""

import datetime as dt
import logging
import secrets

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.exceptions import InvalidPhone, InvalidUsername, UsernameTaken, WeakPassword
from accounts.models import User
from accounts.phones import normalise_phone
from common import clock

# A number that nobody proved to hold within a day was mistyped, or somebody else's.
UNVERIFIED_KEPT = dt.timedelta(days=1)
is_username = RegexValidator(r"^[\w.-]{1,40}\Z")

log = logging.getLogger(__name__)


def register_resident(*, phone: str) -> User:
    """The resident with this number, made if there is none: whoever then enters the code sent to it proves that it's theirs.

    No name is asked. The user name is drawn by lot, so it tells nothing. Safe for rivals: both get the same person. Raises InvalidPhone.
    """
    number = normalise_phone(phone)
    if number is None:
        raise InvalidPhone
    resident, _ = User.objects.get_or_create(
        phone=number, defaults={"username": f"r-{secrets.token_hex(8)}", "password": make_password(None), "date_joined": clock.now()}
    )
    return resident


def create_staff(*, username: str, password: str, name: str, is_demo: bool = False) -> User:
    """A person who signs in by user name and password; what they may do is a matter of roles (centers). `name` is what others read.

    Raises InvalidUsername, UsernameTaken (capitals make no difference), WeakPassword.
    """
    username = username.strip()
    try:
        is_username(username)
    except ValidationError as error:
        raise InvalidUsername from error
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken
    person = User(username=username, name=name.strip(), is_demo=is_demo, date_joined=clock.now())
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameTaken from error
    return person


def confirm_phone(*, user: User) -> None:
    """Note that `user` proved to hold their number just now; the first time counts."""
    if user.phone_verified_at is None:
        user.phone_verified_at = clock.now()
        user.save(update_fields=["phone_verified_at"])


def sweep_unverified(now: dt.datetime) -> int:
    """Delete residents whose number nobody proved to hold within a day. Returns how many."""
    swept = 0
    for resident in User.objects.never_verified(now - UNVERIFIED_KEPT).iterator():
        try:
            with transaction.atomic():
                resident.delete()
        except ProtectedError:
            log.warning("user %s was never verified, yet records hold on to them", resident.pk)
        else:
            swept += 1
    return swept
