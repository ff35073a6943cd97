"""Who signs in: residents by phone, staff by user name. No more is kept of a person than that."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.phones import mask_phone


class User(AbstractUser):
    """A resident (phone, no usable password) or a member of staff (user name and password).

    `name` is what others may read: a role name for demo people, what staff were entered as, empty for residents.
    """

    email = None
    first_name = None
    last_name = None
    REQUIRED_FIELDS: list[str] = []

    phone = models.CharField(_("Mobile"), max_length=11, null=True, blank=True, unique=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    name = models.CharField(_("Name"), max_length=40, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(phone__isnull=True) | models.Q(phone__regex=r"^1\d{10}$"), name="user_phone_is_mobile"),
        ]

    def __str__(self) -> str:
        return self.name or mask_phone(self.phone) or self.username

    @property
    def masked_phone(self) -> str:
        """138****5678, or empty."""
        return mask_phone(self.phone)
