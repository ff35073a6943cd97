"""How allauth is told about our people: numbers instead of addresses, texts instead of mails, no sign-up page, our words."""

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
from accounts.domain import idle_session
from accounts.forms.fields import PhoneField
from accounts.models import User
from accounts.services import limits, people
from common.http import next_page
from common.messaging.errors import ChannelError
from common.messaging.sms import send_sms

WRONG_PASSWORD = gettext_lazy("User name or password wrong")

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks, as its documentation describes them. Names and signatures are its own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_PASSWORD,
        "phone_password_mismatch": WRONG_PASSWORD,
        "incorrect_code": gettext_lazy("Code wrong or expired"),
        # Said when a code was entered wrongly for the last time; for locked accounts see pre_authenticate.
        LOCKED: gettext_lazy("Too many wrong codes. Ask for a new one."),
        "rate_limited": gettext_lazy("Too many codes were asked for. Please retry later."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Residents come by their phone and staff are entered by their center: there is no sign-up page."""
        return False

    def is_safe_url(self, url: str) -> bool:
        return next_page.is_ours(context.request, url) and next_page.is_page(url)

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

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """Straight through the channel: a code is of no use later, and no table may keep it. A channel that is down is said on the page."""
        limits.note_code_sent(context.request)
        try:
            send_sms(
                phone, _("%(code)s is your sign-in code, valid for 5 minutes. Give it to nobody.") % {"code": code}
            )
        except ChannelError as error:
            log.warning("sign-in code not sent: %s", error)
            messages.error(context.request, _("The text message couldn't be sent. Ask for another code in a minute."))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Five bad passwords lock a user name for a while; the refusal says for how long. The same for names that don't exist."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            minutes = limits.minutes_locked(request, self._get_login_attempts_cache_key(request, **credentials))
            raise ValidationError(
                _("Too many attempts; retry in %(minutes)s min") % {"minutes": minutes}, code=LOCKED
            ) from error

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By the name alone: allauth's own adds the host, which who lifts a lock may not share."""
        return limits.lock_of(credentials.get("username") or credentials.get("phone") or "")

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        people.keep_language(user=user, language=get_language() or settings.LANGUAGE_CODE)
        if user.has_usable_password():
            idle_session.begin(request.session)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:signed_out")
