"""Views of signing in, on allauth's, and of having signed out. Rules: `services.codes`, `services.limits`, allauth."""

from typing import Any

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from accounts.domain import typed_number
from accounts.domain.pending_choice import pending_choice_of
from accounts.domain.sign_in_pages import keep_next, target_of
from accounts.exceptions import NoTriesLeft, SignInBusy
from accounts.forms.sign_in import CodeForm, PhoneForm, StaffSignInForm
from accounts.services import codes, limits
from accounts.services.allauth_internals import CodeProcess, NoPendingStageRedirect, clear_login, code_process
from accounts.values.phones import mask_phone
from common.http import next_page
from common.http.forms import form_status, refusal_of, submit_action, submit_form
from common.http.views import public_page


class KeepsNext:
    """View mixin: goes on to where the person was going, and shows what they had chosen."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return keep_next(request, response)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target = target_of(self.request)
        # The target stays in the address of the form too, or changing the language after a mistake would lose it.
        pages = {
            "here": next_page.with_next(self.request.path, target),
            "resident_url": next_page.with_next(reverse("account_request_login_code"), target),
            "staff_url": next_page.with_next(reverse("account_login"), target),
        }
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, **pages, "sign_in_next": target, "pending_choice": pending_choice_of(target)}


class SaysInvalid:
    """View mixin: answers what was typed wrongly with 422 or the refusal's own status, as all forms here do."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = form_status(form)
        return response


class ResidentSignIn(KeepsNext, SaysInvalid, allauth.RequestLoginCodeView):
    """Step one: the number.

    Someone with a code under way goes on to enter it, unless they want to change the number.
    """

    form_class = PhoneForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        starts_anew = request.method == "POST" or "change" in request.GET
        if starts_anew and not request.user.is_authenticated:
            clear_login(request)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "phone": typed_number.kept(self.request.session)}

    def form_valid(self, form: PhoneForm) -> HttpResponse:
        sent = submit_form(
            self.request,
            form,
            lambda typed: codes.send_code(self.request, phone=typed["phone"]),
            success="",
            redirect_to=self.get_success_url(),
        )
        return sent or self.form_invalid(form)

    def form_invalid(self, form: PhoneForm) -> HttpResponse:
        """Keep the number typed: a change of language asks for the page anew."""
        typed_number.keep(self.request.session, form.data.get("phone", ""))
        return super().form_invalid(form)


class CodeEntry(KeepsNext, SaysInvalid, FormView):
    """Step two: the code."""

    form_class = CodeForm
    template_name = "account/confirm_login_code.html"
    process: CodeProcess

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect(_target(request))
        process = code_process(request)
        if process is None or not process.is_valid():
            if request.method == "POST":
                messages.error(request, _("Code wrong or expired"))
            return self._back_to_the_number(process)
        self.process = process
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "resend" and self.process.can_resend:
            return self._send_another()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        signed_in = submit_form(
            self.request,
            form,
            lambda typed: codes.check_code(process=self.process, code=typed["code"]),
            success="",
            redirect_to=lambda user: self.process.sign_in(user, target_of(self.request) or None),
        )
        if signed_in:
            return signed_in
        refusal = refusal_of(form)
        if isinstance(refusal, NoTriesLeft):
            messages.error(self.request, str(refusal))
            return self._back_to_the_number(self.process)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "masked_phone": mask_phone(self.process.phone),
            "demo_code": self.process.code if settings.DEMO else "",
            "can_resend": self.process.can_resend,
            "seconds_to_wait": limits.seconds_to_wait(self.request),
            "change_url": next_page.with_next(
                f"{reverse('account_request_login_code')}?change=1", context["sign_in_next"]
            ),
        }

    def _send_another(self) -> HttpResponse:
        """Another code, refused with a reason or not."""
        return submit_action(
            self.request,
            lambda _typed: codes.send_another_code(self.request, process=self.process),
            success=_("A new code is on its way"),
            redirect_to="account_confirm_login_code",
        )

    def _back_to_the_number(self, process: CodeProcess | None) -> HttpResponse:
        """To the page before, where the number still stands."""
        if process:
            typed_number.keep(self.request.session, process.phone)
            process.abort()
        return redirect(next_page.with_next(reverse("account_request_login_code"), target_of(self.request)))


class StaffSignIn(KeepsNext, NoPendingStageRedirect, SaysInvalid, allauth.LoginView):
    """The staff door: user name and password. A resident's code under way is no reason to send anybody back."""

    extra_context = {"idle_minutes": settings.STAFF_IDLE_SECONDS // 60}

    def form_invalid(self, form: StaffSignInForm) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error("__all__", SignInBusy.code):
            response.status_code = SignInBusy.status
            response.headers["Retry-After"] = "2"
        return response


def _target(request: HttpRequest) -> str:
    return target_of(request) or settings.LOGIN_REDIRECT_URL


@public_page
@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """Says that it worked: on a shared computer people want to know."""
    if request.user.is_authenticated:
        return redirect("account_logout")
    return render(request, "accounts/signed_out.html")
