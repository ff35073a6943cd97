"""Ratings as the centers' workers see them: how many of each grade, what is to be followed up, every one."""

import dataclasses
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centers.access import Viewer
from centers.models import Center
from common import clock
from common.words.times import short_date, span_words
from ratings.choices import BAD, SATISFIED, FollowUpVerb, Grade, Step
from ratings.models import FollowUp, FollowUpEvent, Rating
from ratings.permissions import can_follow_up
from ratings.querysets import FollowUpQuerySet, RatingQuerySet
from ratings.selectors.published import Satisfaction
from ratings.values.limits import DAYS_TO_FINISH, DAYS_TO_VERIFY, PUBLISHED_PERIOD

FULL = 100
# What the button of a step's form says.
DONE_WORDS = {
    Step.VERIFY: FollowUpVerb.VERIFY.label,
    Step.FIX: FollowUpVerb.FIX.label,
    Step.CALL_BACK: Step.DONE.label,
}
FOLLOW_UPS_SHOWN = 20
# What the button of a follow-up in the list says.
ACTS: dict[Step, Promise] = {
    Step.VERIFY: _("Verify"),
    Step.FIX: _("Say what was done"),
    Step.CALL_BACK: _("Call back"),
}


@dataclasses.dataclass(frozen=True)
class GradeBar:
    """Number of ratings of a grade, and the length of its bar in hundredths of the longest."""

    grade: Grade
    count: int
    width: int

    @property
    def is_bad(self) -> bool:
        return self.grade in BAD


@dataclasses.dataclass(frozen=True)
class Overview:
    """Ratings of the last twelve months of a center and all below it, by grade."""

    satisfaction: Satisfaction
    bars: list[GradeBar]


@dataclasses.dataclass(frozen=True)
class FollowUpRow:
    """An open follow-up in the list. `act`: what its button says."""

    rating: Rating
    follow_up: FollowUp
    about: str
    act: Promise


def loaded(ratings: RatingQuerySet) -> RatingQuerySet:
    """Ratings with all that a row says of them."""
    return ratings.select_related("center", "activity", "booking__space", "service", "follow_up__number")


def overview(center: Center) -> Overview:
    """Ratings by grade. One query."""
    recent = Rating.objects.under(center.pk, clock.today()).since(clock.now() - PUBLISHED_PERIOD)
    counts = dict(recent.order_by().values_list("grade").annotate(n=Count("pk")))
    longest = max(counts.values(), default=0)
    bars = [
        GradeBar(grade, counts.get(grade, 0), counts.get(grade, 0) * FULL // longest if longest else 0)
        for grade in Grade
    ]
    return Overview(Satisfaction(sum(counts.values()), sum(counts.get(one, 0) for one in SATISFIED)), bars)


def open_follow_ups(user: Viewer, center: Center | None = None) -> FollowUpQuerySet:
    """Follow-ups that `user` has to see to, the most urgent first; of `center` and all below it. Lazy."""
    due = Case(When(verified_at__isnull=True, then=F("verify_by")), default=F("finish_by"))
    found = FollowUp.objects.visible_to(user).open().alias(due=due).order_by("due", "pk")
    if center:
        found = found.filter(rating__in=Rating.objects.under(center.pk, clock.today()))
    return found


def follow_up_count(user: Viewer) -> int:
    """Number of follow-ups that wait for `user`. One query, none for visitors."""
    return open_follow_ups(user).count() if user.is_authenticated else 0


def follow_up_rows(user: Viewer, center: Center) -> list[FollowUpRow]:
    """The most urgent follow-ups of a center and all below it. One query."""
    related = ("number", "rating__center", "rating__activity", "rating__booking__space", "rating__service")
    rows = open_follow_ups(user, center).select_related(*related)[:FOLLOW_UPS_SHOWN]
    return [FollowUpRow(one.rating, one, about(one.rating), ACTS[one.step]) for one in rows]


def all_ratings(user: Viewer, center: Center) -> RatingQuerySet:
    """Every rating of a center and all below it: bad ones that aren't settled first, then the latest. Lazy."""
    unsettled = Case(When(Q(grade__in=BAD, follow_up__called_at__isnull=True), then=Value(0)), default=Value(1))
    found = loaded(Rating.objects.visible_to(user).under(center.pk, clock.today()))
    return found.alias(place=unsettled).order_by("place", "-given_at", "-id")


def list_page(user: Viewer, center: Center) -> dict[str, Any]:
    """Context of the list but for the list itself. Three queries."""
    return {
        "overview": overview(center),
        "follow_ups": follow_up_rows(user, center),
        "follow_up_total": open_follow_ups(user, center).count(),
        "days_to_verify": DAYS_TO_VERIFY,
        "days_to_finish": DAYS_TO_FINISH,
    }


def about(rating: Rating) -> str:
    """Name of what was rated, as people entered it."""
    if rating.activity:
        return rating.activity.title
    if rating.booking:
        return rating.booking.space.shown_name
    return rating.service.shown_title if rating.service else ""


def detail_page(user: Viewer, rating: Rating) -> dict[str, Any]:
    """Context of one rating, with its follow-up if it is a bad one. Two queries."""
    follow_up = getattr(rating, "follow_up", None)
    thing = rating.activity or rating.booking
    return {
        "rating": rating,
        "center": rating.center,
        "about": about(rating),
        "when": span_words(thing.starts_at, thing.ends_at) if thing else short_date(rating.given_at),
        "follow_up": follow_up,
        "number": getattr(follow_up, "number", None) if follow_up else None,
        "events": events_of(follow_up) if follow_up else [],
        "act": DONE_WORDS.get(follow_up.step, "") if follow_up else "",
        "can_follow_up": follow_up is not None and follow_up.step != Step.DONE and can_follow_up(user, rating),
    }


def events_of(follow_up: FollowUp) -> list[FollowUpEvent]:
    """Events of a follow-up, in order; when it was opened stands beside the rating. One query."""
    return list(follow_up.events.exclude(verb=FollowUpVerb.OPEN).select_related("actor"))
