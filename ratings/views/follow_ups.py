"""Ratings for those who work at the centers: the list, one with its follow-up, the number to call."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from common.http.forms import render_form, submit_form
from common.http.htmx import render_page
from common.http.views import posted, private_action, private_form, private_page
from ratings.access import reach_of, visible_rating
from ratings.choices import Step
from ratings.filters import RatingFilter
from ratings.forms.follow_ups import StepForm
from ratings.models import FollowUp
from ratings.selectors import staff
from ratings.services.follow_ups import reveal_phone, take_step

ROWS_A_PAGE = 20
DETAIL = "ratings/rating_detail.html"


@private_page
def rating_list(request: SignedInRequest) -> HttpResponse:
    """Ratings of a center one works for and of all below it: what is to be followed up first."""
    reach = reach_of(request.user, request.GET.get("center", ""))
    filters = RatingFilter(request.GET, queryset=staff.all_ratings(request.user, reach.chosen))
    page = Paginator(filters.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(rating, staff.about(rating)) for rating in page.object_list]
    context = {"reach": reach, "center": reach.chosen, "filters": filters, "page": page, "rows": rows}
    context |= staff.list_page(request.user, reach.chosen)
    return render_page(request, "ratings/rating_list.html", "ratings/partials/_rating_rows.html", context)


@private_form
def rating_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """One rating; of a bad one the next step, with one line. Whoever comes second sees what the first did."""
    rating = visible_rating(request.user, reference)
    follow_up: FollowUp | None = getattr(rating, "follow_up", None)
    if follow_up is None:
        # There is nothing to send; an old form of somebody else's would say a step.
        return redirect(rating) if request.method == "POST" else _detail(request, reference)
    form = StepForm(posted(request), follow_up=follow_up, has_number=hasattr(follow_up, "number"))
    done = submit_form(
        request,
        form,
        lambda data: take_step(
            actor=request.user,
            rating=rating,
            step=Step(data["step"]),
            note=data["note"],
            result=data.get("result", ""),
        ),
        success=_("Kept. It can't be changed any more."),
        redirect_to=rating,
    )
    if done:
        return done
    shown = visible_rating(request.user, reference) if form.is_bound else rating
    return render_form(request, DETAIL, form, staff.detail_page(request.user, shown))


def _detail(request: SignedInRequest, reference: str) -> HttpResponse:
    rating = visible_rating(request.user, reference)
    return render(request, DETAIL, staff.detail_page(request.user, rating))


@private_action
def rating_phone(request: SignedInRequest, reference: str) -> HttpResponse:
    """The same page with the number in full: by POST, since seeing it leaves a line."""
    rating = visible_rating(request.user, reference)
    phone = reveal_phone(actor=request.user, rating=rating)
    context = {**staff.detail_page(request.user, rating), "phone": phone}
    if context["can_follow_up"]:
        context["form"] = StepForm(follow_up=rating.follow_up, has_number=bool(phone))
    return render(request, DETAIL, context)
