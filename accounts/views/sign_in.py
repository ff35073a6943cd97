"""Views of signing in, on allauth's, and of having signed out. Rules: `services.codes`, `services.limits`, allauth."""

from typing import Any

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from accounts.domain import typed_number
from accounts.domain.pending_choice import pending_choice_of
from accounts.domain.sign_in_pages import keep_next
from accounts.exceptions import NoTriesLeft, SignInBusy
from accounts.forms.sign_in import CodeForm, PhoneForm, StaffSignInForm
from accounts.services import codes, limits
from accounts.services.allauth_internals import CodeProcess, NoPendingStageRedirect, clear_login, code_process
from accounts.values.phones import mask_phone
from common.errors import DomainError
from common.http import next_page
from common.http.forms import add_refusal, form_status
from common.http.views import public_page


class KeepsNext:
    """View mixin: goes on to where the person was going, and shows what they had chosen."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return keep_next(request, response)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target = next_page.next_of(self.request)
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
        try:
            codes.send_code(self.request, phone=form.cleaned_data["phone"])
        except DomainError as error:
            add_refusal(form, error)
            return self.form_invalid(form)
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form: PhoneForm) -> HttpResponse:
        """What was typed outlives a change of language, which asks for the page anew."""
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
        try:
            user = codes.check_code(process=self.process, code=form.cleaned_data["code"])
        except NoTriesLeft as error:
            messages.error(self.request, str(error))
            return self._back_to_the_number(self.process)
        except DomainError as error:
            add_refusal(form, error)
            return self.form_invalid(form)
        return self.process.sign_in(user, next_page.next_of(self.request) or None)

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
        try:
            codes.send_another_code(self.request, process=self.process)
        except DomainError as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, _("A new code is on its way"))
        return redirect("account_confirm_login_code")

    def _back_to_the_number(self, process: CodeProcess | None) -> HttpResponse:
        """To the page before, where the number still stands."""
        if process:
            typed_number.keep(self.request.session, process.phone)
            process.abort()
        return redirect(next_page.with_next(reverse("account_request_login_code"), next_page.next_of(self.request)))


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
    return next_page.next_of(request) or settings.LOGIN_REDIRECT_URL


@public_page
@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """Says that it worked: on a shared computer people want to know."""
    if request.user.is_authenticated:
        return redirect("account_logout")
    return render(request, "accounts/signed_out.html")
