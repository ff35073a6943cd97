"""Querysets of users."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User  # noqa: F401  # the element types of the querysets


class UserQuerySet(models.QuerySet["User"]):
    def residents(self) -> Self:
        """People who sign in by phone: they have no password."""
        return self.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def staff(self) -> Self:
        """People who sign in by user name and password."""
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def never_verified(self, before: dt.datetime) -> Self:
        """Residents made for a number that nobody proved to hold, before that moment."""
        return self.residents().filter(phone_verified_at__isnull=True, last_login__isnull=True, date_joined__lt=before)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Manager of users without `create_user`: people are created by `accounts.services.people` alone."""
