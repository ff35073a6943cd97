"""Views of what a person sets for themselves: password, language, type size."""

from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms.sign_in import PasswordForm
from accounts.services import people
from accounts.values.preferences import ELDER_COOKIE
from common.http import next_page
from common.http.forms import render_form, submit_form
from common.http.views import post_only, posted, private_form

YEAR_SECONDS = 365 * 24 * 3600


@sensitive_post_parameters()
@private_form
def password(request: HttpRequest) -> HttpResponse:
    """A new password for who has one: demanded of those who were given theirs, open to the others at any time.

    Residents have none.
    """
    user: Any = request.user
    if not user.has_usable_password():
        raise Http404

    def change(data: dict[str, Any]) -> None:
        people.change_password(actor=user, current=data.get("current"), password=data["password"])
        update_session_auth_hash(request, user)

    form = PasswordForm(posted(request), user=user)
    target = next_page.next_of(request)
    told = _("Your new password holds from now on. Wherever else you were signed in, you are signed out.")
    done = submit_form(request, form, change, success=told, redirect_to=target or settings.LOGIN_REDIRECT_URL)
    context = {"here": next_page.with_next(request.path, target)}
    return done or render_form(request, "accounts/password.html", form, context)


@post_only
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's switch (`language`; a cookie keeps it), and the language to write to who is signed in.

    Back to `next`.
    """
    response = i18n.set_language(request)
    chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen and request.user.is_authenticated:
        people.keep_language(user=request.user, language=chosen.value)
    if "Location" in response.headers:
        response.headers["Location"] = next_page.next_of(request) or "/"
    return response


@post_only
def elder_mode(request: HttpRequest) -> HttpResponse:
    """Larger type on or off (`elder` is 1 or 0; without it, the other way from now), kept in a cookie for a year.

    Back to `next`.
    """
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
