"""Metrics of ratings: answers, and the share of the satisfied."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratings.choices import SATISFIED
from ratings.models import Rating
from ratings.values.limits import FEWEST_PUBLISHED
from stats.choices import Unit
from stats.domain.metrics import Area, Ratio, Shown, Source, Total, register

AREA = Area("rating", _("Ratings"), 70)
OURS = _("Ours")

RATINGS = Source(
    code="ratings",
    name=_("Ratings"),
    rows=Rating.objects.all,
    at="given_at",
    center="center_id",
    show=lambda rating: Shown(str(rating.get_grade_display()), rating.get_absolute_url() if rating.is_bad else ""),
)


def register_all() -> None:
    """Make the metrics known to the statistics."""
    register(
        Total(
            code="rating.answers",
            name=_("Answers"),
            unit=Unit.TIMES,
            area=AREA,
            definition=_("Ratings that were given, one a visit."),
            basis=OURS,
            is_open=True,
            source=RATINGS,
        ),
        Total(
            code="rating.satisfied",
            name=_("Satisfied answers"),
            unit=Unit.TIMES,
            area=AREA,
            definition=_("Ratings of satisfied and very satisfied."),
            basis=OURS,
            source=RATINGS,
            where=Q(grade__in=SATISFIED),
        ),
        Ratio(
            code="rating.satisfaction",
            name=_("Satisfied"),
            unit=Unit.PERCENT,
            area=AREA,
            definition=_("Share of the satisfied among all answers; not given where there are too few of them."),
            basis=OURS,
            is_open=True,
            part="rating.satisfied",
            whole="rating.answers",
            fewest=FEWEST_PUBLISHED,
        ),
    )
