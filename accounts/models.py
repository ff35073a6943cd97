"""User accounts: residents sign in by phone, staff by user name. No more is kept of a person than that."""

import datetime as dt
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower, Right
from django.utils.translation import gettext_lazy as _

from accounts.querysets import UserManager
from accounts.values.phones import mask_phone
from common import clock


class User(AbstractUser):
    """A resident (phone, no usable password) or a member of staff (user name and password).

    `name` is what others may read: a role name for demo people, what staff were entered as, empty for residents.
    """

    email = None  # type: ignore[assignment]  # Django's own way to leave out a field
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    phone = models.CharField(_("Mobile"), max_length=11, null=True, blank=True, unique=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    name = models.CharField(_("Name"), max_length=40, blank=True)
    # The one they last chose, or signed in with: who is written to isn't there to choose. Empty: the portal's own.
    language = models.CharField(max_length=10, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    # Somebody else knows the password: it opens nothing but the page on which its owner replaces it.
    must_set_password = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone__isnull=True) | models.Q(phone__regex=r"^1[0-9]{10}$"),
                name="user_phone_is_mobile",
            ),
            # Signing in makes no difference of capitals, so neither may two people.
            models.UniqueConstraint(Lower("username"), name="user_name_once_however_written"),
        ]
        indexes = [
            # The sweep of those who asked for a code and never entered it.
            models.Index(
                fields=["date_joined"],
                name="user_never_verified",
                condition=models.Q(phone_verified_at__isnull=True, phone__isnull=False),
            ),
            # Finding somebody by the last four digits.
            models.Index(Right("phone", 4), name="user_last_four", condition=models.Q(phone__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name or mask_phone(self.phone) or self.username

    @property
    def masked_phone(self) -> str:
        """Phone number masked as 138****5678, or empty."""
        return mask_phone(self.phone)

    @property
    def last_used_at(self) -> dt.datetime:
        """Moment of the last sign-in.

        A sign-in ends fourteen days later however much it is used, so use isn't much younger.
        """
        return self.last_login or self.date_joined

    @property
    def can_be_given_password(self) -> bool:
        """Whether others may set its password.

        Not for residents, who have none, nor for the accounts of the demo, whose passwords are printed for everybody.
        """
        return self.has_usable_password() and not self.is_demo


class PasswordReset(models.Model):
    """Record of a password given to a person: by whom (empty: the system) and when. Bare ids, as below."""

    append_only = True

    giver = models.ForeignKey(User, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+")
    person = models.ForeignKey(User, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.giver_id} gave {self.person_id} a password"


class PhoneReveal(models.Model):
    """Record of a phone number shown in full: viewer, subject, moment and purpose.

    `purpose` names a record ("booking 7K2…"), never a person. A subject without an account is None: the record says
    whose number it is.

    Holds bare ids, so that a person can be erased without touching the history.
    """

    append_only = True

    viewer = models.ForeignKey(User, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    subject = models.ForeignKey(User, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+")
    at = models.DateTimeField()
    purpose = models.CharField(max_length=60)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(purpose=""), name="phone_reveal_has_purpose")]

    def __str__(self) -> str:
        return f"{self.viewer_id} saw the number of {self.subject_id}"
