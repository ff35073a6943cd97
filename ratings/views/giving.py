"""Giving a rating, without an account: by a code or link, and on a center's tablet."""

import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from centers.models import Center
from common.http.forms import refusal_of, render_form, submit_form
from common.http.rate_limit import limit_rate
from common.http.views import posted, public_form
from ratings.choices import Channel
from ratings.domain.subjects import Subject, chosen_service, services_at, subject_of
from ratings.exceptions import RatedAlready
from ratings.forms.giving import RatingForm, TabletForm
from ratings.models import Rating
from ratings.selectors.giving import kept_page, rating_page
from ratings.services.giving import give_rating
from ratings.values.limits import RATED_FOR
from ratings.values.tokens import Token, read_tablet_token, visit_key

COOKIE, COOKIE_PATH = "rating_visitor", "/rate/"
# Long enough to read the thanks, short enough for the next in the line.
THANKS_SECONDS = 8
LEFT_SECONDS = 300


@limit_rate("rating", lambda: settings.RATING_RATE)
@public_form
def rating_create(request: HttpRequest, token: str) -> HttpResponse:
    """Rate what the token names, once a visit; a second time says that it is kept, and what was given."""
    read = Token.read(token)
    subject = subject_of(read) if read else None
    if read is None or subject is None:
        raise Http404
    visitor = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(16)
    if kept := _kept(request, subject, visitor):
        return render(request, "ratings/rating_kept.html", kept_page(subject, kept, is_new="thanks" in request.GET))
    offers = services_at(subject.center) if subject.is_service else None
    form = RatingForm(posted(request), offers=offers)
    response = _submitted(request, form, subject, read, visitor)
    if response is None:
        response = render_form(request, "ratings/rating_create.html", form, rating_page(subject))
    # Tells one visit from the next, and nothing else.
    response.set_cookie(
        COOKIE,
        visitor,
        max_age=RATED_FOR,
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _kept(request: HttpRequest, subject: Subject, visitor: str) -> Rating | None:
    """Rating that this visit has already; of a service, once it was given (`thanks`)."""
    if subject.is_service and request.method != "POST":
        code = request.GET.get("thanks", "")
        service = next((one.service for one in services_at(subject.center) if str(one.service.pk) == code), None)
    else:
        service = None
    return Rating.objects.of_visits(subject.visits(visitor, service)).select_related("service").first()


def _submitted(
    request: HttpRequest, form: RatingForm, subject: Subject, token: Token, visitor: str
) -> HttpResponse | None:
    """Redirect to the thanks once the rating is kept, or was before; None where the form must be shown."""

    def give(data: dict[str, Any]) -> Rating:
        service = chosen_service(subject.center, data["service"]) if subject.is_service else None
        return give_rating(
            subject=subject,
            service=service,
            answer=form.answer,
            channel=token.channel,
            visits=subject.visits(visitor, service),
            account=account_of(request),
        )

    def thanks(_rating: Rating | None = None) -> str:
        return f"{request.path}?thanks={form.cleaned_data.get('service') or 1}"

    done = submit_form(request, form, give, success="", redirect_to=thanks)
    return redirect(thanks()) if isinstance(refusal_of(form), RatedAlready) else done


@limit_rate("rating", lambda: settings.RATING_RATE)
@public_form
def tablet_question(request: HttpRequest, token: str) -> HttpResponse:
    """Ask one visitor after the other. The thanks lead back to the question by themselves."""
    center = Center.objects.public().filter(code=read_tablet_token(token) or "").first()
    if center is None:
        raise Http404
    subject = Subject(center)
    if "thanks" in request.GET and request.method != "POST":
        response = render(request, "ratings/tablet_thanks.html", {"center": center, "question_url": request.path})
        # By a header, since it is for a device without anybody to press anything; the page has a button besides.
        response.headers["Refresh"] = f"{THANKS_SECONDS}; url={request.path}"
        return response
    form = TabletForm(posted(request), offers=services_at(center))
    thanks_url = f"{request.path}?thanks=1"
    done = submit_form(
        request,
        form,
        lambda data: give_rating(
            subject=subject,
            service=chosen_service(center, data["service"]),
            answer=form.answer,
            channel=Channel.TABLET,
            visits=[visit_key("tablet", center.pk, data["key"])],
        ),
        success="",
        redirect_to=thanks_url,
    )
    if isinstance(refusal_of(form), RatedAlready):
        return redirect(thanks_url)
    if done:
        return done
    response = render_form(request, "ratings/tablet_question.html", form, rating_page(subject))
    # What somebody left half done isn't the next one's.
    response.headers["Refresh"] = f"{LEFT_SECONDS}; url={request.path}"
    return response


def account_of(request: HttpRequest) -> User | None:
    """Account of somebody signed in; None for a visitor."""
    return request.user if isinstance(request.user, User) else None
