"""Signing in and out, on allauth's views, a person's own password, the elder mode switch. Rules: allauth, `limits`, `services`."""

from typing import Any

from allauth.account import views as allauth
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain import pending_choice
from accounts.forms.sign_in import PasswordForm, ResendForm
from accounts.services import limits, people
from accounts.values.phones import mask_phone
from common.errors import DomainError
from common.http import next_page
from common.http.methods import post_only

ELDER_COOKIE, YEAR_SECONDS = "elder", 365 * 24 * 3600


class KeepsNext:
    """Goes on to where the person was going, whatever happens on the way, and shows what they had chosen."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return next_page.keep_next(request, response)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target = next_page.next_of(self.request)
        # The target stays in the address of the form too, or changing the language after a mistake would lose it.
        pages = {
            "here": next_page.with_next(self.request.path, target),
            "resident_url": next_page.with_next(reverse("account_request_login_code"), target),
            "staff_url": next_page.with_next(reverse("account_login"), target),
        }
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, **pages, "sign_in_next": target, "kept": pending_choice.pending_choice_of(self.request)}


class ResidentSignIn(KeepsNext, allauth.RequestLoginCodeView):
    """Step one: the number. Someone with a code under way goes on to enter it, unless they want to change the number."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        starts_anew = request.method == "POST" or "change" in request.GET
        if starts_anew and not request.user.is_authenticated:
            clear_login(request)
        return super().dispatch(request, *args, **kwargs)


class CodeEntry(KeepsNext, allauth.ConfirmLoginCodeView):
    """Step two: the code."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and _goes_back(response) and not messages.get_messages(request):
            messages.error(request, _("Code wrong or expired"))
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A wish for another code is heard first, refused with a reason or not; allauth would count nothing here."""
        if self._action != "resend":
            return super().post(request, *args, **kwargs)
        form = ResendForm(request.POST, phone=self._process.state["phone"])
        if form.is_valid():
            self._process.resend()
            # allauth counts the five minutes from the first code.
            self._process.state["at"] = request.session[limits.SENT_AT]
            self._process.persist()
            messages.success(request, _("A new code is on its way"))
        else:
            messages.error(request, str(form.non_field_errors()[0]))
        return HttpResponseRedirect(reverse("account_confirm_login_code"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "masked_phone": mask_phone(context["phone"]),
            "demo_code": self._process.code if settings.DEMO else "",
            "seconds_to_wait": limits.seconds_to_wait(self.request),
            "change_url": next_page.with_next(
                f"{reverse('account_request_login_code')}?change=1", context["sign_in_next"]
            ),
        }


class StaffSignIn(KeepsNext, allauth.LoginView):
    """The staff door: user name and password. A resident's code under way is no reason to send anybody back."""

    extra_context = {"idle_minutes": settings.STAFF_IDLE_SECONDS // 60}

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None


def _goes_back(response: HttpResponseBase) -> bool:
    return response.headers.get("Location", "").split("?")[0] == reverse("account_request_login_code")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@login_required
def password(request: HttpRequest) -> HttpResponse:
    """A new password for who has one: demanded of those who were given theirs, open to the others at any time. Residents have none."""
    user: Any = request.user
    if not user.has_usable_password():
        raise Http404
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            people.set_own_password(actor=user, password=form.cleaned_data["password"])
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            update_session_auth_hash(request, user)
            messages.success(
                request, _("Your new password holds from now on. Wherever else you were signed in, you are signed out.")
            )
            return redirect(next_page.next_of(request) or settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "here": next_page.with_next(request.path, next_page.next_of(request))}
    return render(request, "accounts/password.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """Says that it worked: on a shared computer people want to know."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("account_logout"))
    return render(request, "accounts/signed_out.html")


@post_only
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's switch (`language`; a cookie keeps it), and the language to write to who is signed in. Back to `next`."""
    response = i18n.set_language(request)
    chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen and request.user.is_authenticated:
        people.keep_language(user=request.user, language=chosen.value)
    if "Location" in response.headers:
        response.headers["Location"] = next_page.next_of(request) or "/"
    return response


@post_only
def elder_mode(request: HttpRequest) -> HttpResponse:
    """Larger type on or off (`elder` is 1 or 0; without it, the other way from now), kept in a cookie for a year. Back to `next`."""
    was_on = request.COOKIES.get(ELDER_COOKIE) == "1"
    is_on = request.POST.get("elder", "0" if was_on else "1") == "1"
    response = HttpResponseRedirect(next_page.next_of(request) or "/")
    if is_on:
        response.set_cookie(
            ELDER_COOKIE,
            "1",
            max_age=YEAR_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(ELDER_COOKIE, samesite="Lax")
    return response
