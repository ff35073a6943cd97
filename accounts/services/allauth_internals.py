"""Private parts of allauth that the portal stands on: all in this module, so that an upgrade has one place to look at.

`tests/accounts/test_allauth_internals.py` lists them. The rest of allauth is used as it is documented.
"""

import secrets
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core.internal.cryptokit import compare_user_code
from allauth.core.internal.ratelimit import Rate, get_cache_key, parse_rates
from django.http import HttpRequest, HttpResponse

from accounts.models import User

__all__ = ["CodeProcess", "NamedLock", "NoPendingStageRedirect", "clear_login", "code_process", "count_key", "rates_of"]


class CodeProcess(LoginCodeVerificationProcess):
    """Code sign-in process of one browser: a code for a number, which belongs to nobody until the code is entered.

    allauth's own looks the account up before it sends a code. Here nothing does: asking for a code tells nobody, not by
    its time either, whether a number is known, and makes no account. State lives in the session; time is the session's
    business.
    """

    @classmethod
    def start(cls, request: HttpRequest, phone: str) -> "CodeProcess":
        """Send a code to `phone` and remember it in the session, in place of one under way."""
        clear_login(request)
        login = Login()
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, phone=phone), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @property
    def phone(self) -> str:
        return cast(str, self.state["phone"])

    @property
    def code_id(self) -> str:
        """Key that the tries of this code are counted under; each code has its own."""
        return cast(str, self.state["code_id"])

    def generate_code(self) -> str:
        code = get_adapter().generate_phone_verification_code(user=None, phone=self.phone)
        self.state.update(code=code, code_id=secrets.token_hex(8))
        return cast(str, code)

    def send_by_phone(self, phone: str, skip_enumeration_mails: bool = False) -> None:
        get_adapter().send_verification_code_sms(user=None, phone=phone, code=self.generate_code())

    def send_another(self, sent_at: float) -> None:
        """Send a new code in place of the last one; its minutes count from `sent_at`."""
        self.send()
        self.record_resend()
        self.state["at"] = sent_at
        self.persist()

    def is_code(self, code: str) -> bool:
        """Whether `code` is the one that was sent, compared in constant time."""
        return bool(compare_user_code(actual=code, expected=self.code))

    def sign_in(self, user: User, redirect_url: str | None) -> HttpResponse:
        """Sign `user` in, who entered the code; a closed account is led to the page that says so."""
        self._user = user
        return cast(HttpResponse, self.finish(redirect_url))


def code_process(request: HttpRequest) -> CodeProcess | None:
    """The process under way in this browser, run out or not (`is_valid`)."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    # A code sent by an earlier release has no id: its person asks for another.
    return CodeProcess(stage=stage) if stage and "code_id" in stage.state else None


class NoPendingStageRedirect:
    """View mixin that doesn't redirect somebody with a code under way to the page where it is entered."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None


class NamedLock(DefaultAccountAdapter):
    """Adapter that counts wrong passwords under `lock_key` alone.

    The key of allauth itself adds the host, which who lifts a lock may not share.
    """

    def lock_key(self, **credentials: Any) -> str:
        raise NotImplementedError

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return self.lock_key(**credentials)


def rates_of(limits: str) -> list[Rate]:
    """The rates of one action in ACCOUNT_RATE_LIMITS."""
    return list(parse_rates(limits))


def count_key(request: HttpRequest, action: str, rate: Rate, key: str) -> str:
    """The cache key under which the times of one action are kept."""
    return str(get_cache_key(request, app="allauth.account", action=action, rate=rate, key=key))
