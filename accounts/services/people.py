"""Accounts: creating, closing, passwords, verified phones and languages."""

import datetime as dt
import logging
import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.exceptions import (
    WEAKNESSES,
    DemoPasswordStays,
    HasNoPassword,
    InvalidPhone,
    InvalidUsername,
    PasswordUnchanged,
    UsernameTaken,
    WeakPassword,
    WrongPassword,
)
from accounts.models import PasswordReset, User
from accounts.services import limits
from accounts.values.months import months_before
from accounts.values.phones import normalise_phone
from accounts.values.usernames import normalise_username
from common import clock

# A number that nobody proved to hold within a day was mistyped, or somebody else's.
UNVERIFIED_KEPT = dt.timedelta(days=1)
is_username = RegexValidator(r"^[\w.-]{1,40}\Z")

log = logging.getLogger(__name__)


def register_resident(*, phone: str) -> User:
    """The resident with this number, made if there is none. That it is theirs is for a code to prove.

    No name is asked. The user name is drawn by lot, so it tells nothing. Safe for rivals: both get the same person.
    Raises InvalidPhone.
    """
    number = normalise_phone(phone)
    if number is None:
        raise InvalidPhone
    resident, _ = User.objects.get_or_create(
        phone=number,
        defaults={"username": f"r-{secrets.token_hex(8)}", "password": make_password(None), "date_joined": clock.now()},
    )
    return resident


@transaction.atomic
def resident_signing_in(*, phone: str) -> User:
    """The account of whoever has just proved to hold `phone`: that of the number, or a new one.

    A number passes to somebody else when its contract ends, and a code proves no more than who holds it today. So an
    account that nobody signed into for IDLE_ACCOUNT_MONTHS isn't continued: it is closed and loses the number, and the
    person starts anew. Safe for rivals: closing twice changes nothing, and all get the same new account.
    Raises InvalidPhone.
    """
    holder = User.objects.filter(phone=normalise_phone(phone)).first()
    if holder and holder.last_used_at <= months_before(clock.now(), settings.IDLE_ACCOUNT_MONTHS):
        close_account(user=holder)
    return register_resident(phone=phone)


def close_account(*, user: User) -> None:
    """Close an account for good and free its number. Its records stay, and belong to nobody who can sign in."""
    user.phone = user.phone_verified_at = None
    user.is_active = False
    user.save(update_fields=["phone", "phone_verified_at", "is_active"])
    log.info("user %s closed: nobody signed in for %s months", user.pk, settings.IDLE_ACCOUNT_MONTHS)


def create_staff(
    *, username: str, password: str, name: str, password_lasts: bool = False, is_demo: bool = False
) -> User:
    """A person who signs in by user name and password; what they may do is a matter of roles (centers).

    `name` is what others read.

    Whoever enters somebody else knows their password, so it must be replaced at the first sign-in, unless it is the
    person's own choice (`password_lasts`). Raises InvalidUsername, UsernameTaken (capitals make no difference),
    WeakPassword.
    """
    username = normalise_username(username)
    try:
        is_username(username)
    except ValidationError as error:
        raise InvalidUsername from error
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken
    person = User(
        username=username,
        name=name.strip(),
        is_demo=is_demo,
        must_set_password=not password_lasts,
        date_joined=clock.now(),
    )
    _check_strength(password, person)
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameTaken from error
    return person


def change_password(*, actor: User, current: str | None, password: str) -> None:
    """Give `actor` a new password in place of `current`.

    That isn't asked of who was given theirs and has just signed in with it. Wrong tries count as they do at the staff
    page of signing in, and lock the name alike. Raises WrongPassword, and what `set_own_password` raises.
    """
    if not actor.must_set_password:
        try:
            is_theirs = get_adapter().reauthenticate(actor, current or "")
        except ValidationError as locked:
            raise WrongPassword(locked.messages[0]) from locked
        if not is_theirs:
            raise WrongPassword
    set_own_password(actor=actor, password=password)


def set_own_password(*, actor: User, password: str) -> None:
    """Give `actor` a password that nobody else knows; it ends their other sessions.

    That they are who they say is the caller's to ask.

    Raises DemoPasswordStays, WeakPassword, or PasswordUnchanged: the one they were given would stay known to whoever
    gave it.
    """
    if actor.is_demo:
        raise DemoPasswordStays
    if actor.check_password(password):
        raise PasswordUnchanged
    _check_strength(password, actor)
    actor.set_password(password)
    actor.must_set_password = False
    actor.save(update_fields=["password", "must_set_password"])


def check_can_be_given_password(*, person: User) -> None:
    """Whether an account's password is one that others may set at all. Raises DemoPasswordStays or HasNoPassword."""
    if person.is_demo:
        raise DemoPasswordStays
    if not person.can_be_given_password:
        raise HasNoPassword


@transaction.atomic
def give_password(*, actor: User | None, person: User, password: str) -> None:
    """Give `person`, who forgot theirs, a password that they must replace at the next sign-in.

    That `actor` did is written down. It ends their sessions and lifts the lock of wrong tries; all else of the account
    stays. It isn't compared with the one they had: that would tell `actor` of a right guess. Whether `actor` may is for
    the caller to decide (`centers.services.roles.give_password`): this app knows no roles. Raises DemoPasswordStays,
    HasNoPassword or WeakPassword.
    """
    check_can_be_given_password(person=person)
    _check_strength(password, person)
    person.set_password(password)
    person.must_set_password = True
    person.save(update_fields=["password", "must_set_password"])
    limits.unlock(person.username)
    PasswordReset.objects.create(giver=actor, person=person, at=clock.now())


def confirm_phone(*, user: User) -> None:
    """Note that `user` proved to hold their number just now; the first time counts."""
    if user.phone_verified_at is None:
        user.phone_verified_at = clock.now()
        user.save(update_fields=["phone_verified_at"])


def keep_language(*, user: User, language: str) -> None:
    """Save the language that `user` reads, for messages to them. Writes only where it changes."""
    if language != user.language and language in dict(settings.LANGUAGES):
        user.language = language
        user.save(update_fields=["language"])


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


def _check_strength(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WeakPassword(" ".join(str(WEAKNESSES[fault.code or ""]) for fault in error.error_list)) from error
