"""Account adapter for allauth: phone numbers for e-mail addresses, text messages for mails, no sign-up page."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.choices import LOCKED
from accounts.domain import idle_session, typed_number
from accounts.domain.sign_in_pages import is_sign_in_page
from accounts.exceptions import SignInBusy
from accounts.forms.fields import PhoneField
from accounts.models import User
from accounts.services import limits, people
from accounts.services.allauth_internals import NamedLock
from common.http import next_page
from common.messaging.errors import ChannelError
from common.messaging.sms import send_sms

WRONG_PASSWORD = gettext_lazy("User name or password wrong")

log = logging.getLogger(__name__)


class AccountAdapter(NamedLock):
    """allauth's hooks, as its documentation describes them. Names and signatures are its own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_PASSWORD,
        "phone_password_mismatch": WRONG_PASSWORD,
        # Said to an address that signs in too often; for wrong passwords see pre_authenticate.
        LOCKED: SignInBusy.message,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up: residents come by their phone, staff are entered by their center."""
        return False

    def is_safe_url(self, url: str) -> bool:
        is_ours = next_page.is_ours(context.request, url)
        return is_ours and next_page.is_page(url) and not is_sign_in_page(url)

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Part of allauth's phone change, which has no page here."""
        user.phone = phone
        user.phone_verified_at = None
        user.save(update_fields=["phone", "phone_verified_at"])
        if verified:
            people.confirm_phone(user=user)

    def set_phone_verified(self, user: User, phone: str) -> None:
        people.confirm_phone(user=user)

    def send_verification_code_sms(self, user: User | None, phone: str, code: str, **kwargs: Any) -> None:
        """Send a code straight through the channel: it is of no use later, and no table may keep it.

        A channel that is down is said on the page.
        """
        limits.note_code_sent(context.request)
        try:
            send_sms(
                phone, _("%(code)s is your sign-in code, valid for 5 minutes. Give it to nobody.") % {"code": code}
            )
        except ChannelError as error:
            log.warning("sign-in code not sent: %s", error)
            messages.error(context.request, _("The text message couldn't be sent. Ask for another code in a minute."))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a locked user name: five bad passwords lock a user name for a while; the refusal says for how long.

        The same for names that don't exist.
        """
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            minutes = limits.minutes_locked(request, self.lock_key(**credentials))
            raise ValidationError(
                _("Too many attempts; retry in %(minutes)s min") % {"minutes": minutes}, code=LOCKED
            ) from error

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Refuse before hashing while the process checks as many passwords as it may."""
        try:
            with limits.password_check():
                user: User | None = super().authenticate(request, **credentials)
        except SignInBusy as error:
            raise ValidationError(str(error), code=error.code) from error
        return user

    def lock_key(self, **credentials: Any) -> str:
        return limits.lock_of(credentials.get("username") or credentials.get("phone") or "")

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        typed_number.forget(request.session)
        people.keep_language(user=user, language=get_language() or settings.LANGUAGE_CODE)
        if user.has_usable_password():
            idle_session.begin(request.session)
        else:
            # From a moment on, not from the last change: how long nobody signed in then tells how long nobody came.
            request.session.set_expiry(request.session.get_expiry_date())

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:signed_out")
