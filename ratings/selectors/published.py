"""Satisfaction as it is published: the share of those who were satisfied, once there are enough answers."""

import dataclasses
from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import clock
from ratings.models import Rating
from ratings.querysets import RatingQuerySet
from ratings.values.limits import FEWEST_PUBLISHED, PUBLISHED_PERIOD


@dataclasses.dataclass(frozen=True)
class Satisfaction:
    """Number of answers, and how many of them said satisfied or very satisfied."""

    answers: int = 0
    satisfied: int = 0

    @property
    def is_published(self) -> bool:
        """Whether there are answers enough to say it in public."""
        return self.answers >= FEWEST_PUBLISHED

    @property
    def percent(self) -> float:
        """Share of the satisfied in per cent, to one decimal, half up; 0 without answers."""
        return (self.satisfied * 2000 + self.answers) // (self.answers * 2) / 10 if self.answers else 0.0


NONE = Satisfaction()


def published(center_ids: Collection[int]) -> dict[int, Satisfaction]:
    """Satisfaction with each of these centers itself in the last twelve months; none is left out. One query."""
    recent = Rating.objects.filter(center__in=center_ids).since(clock.now() - PUBLISHED_PERIOD)
    return _by("center", recent, center_ids)


def published_of_activities(activity_ids: Collection[int]) -> dict[int, Satisfaction]:
    """Satisfaction with each of these activities; none is left out. One query."""
    return _by("activity", Rating.objects.filter(activity__in=activity_ids), activity_ids)


def _by(field: str, ratings: RatingQuerySet, ids: Collection[int]) -> dict[int, Satisfaction]:
    if not ids:
        return {}
    found = {pk: Satisfaction(answers, satisfied) for pk, answers, satisfied in ratings.satisfaction(field)}
    return {pk: found.get(pk, NONE) for pk in ids}


def satisfaction_words(satisfaction: Satisfaction) -> str:
    """Words for everybody: 满意率95%，23份评价; or that there are too few ratings to say."""
    if not satisfaction.is_published:
        return _("Fewer than {n} ratings so far").format(n=FEWEST_PUBLISHED)
    words = ngettext("{percent}% satisfied, {n} rating", "{percent}% satisfied, {n} ratings", satisfaction.answers)
    return words.format(percent=f"{satisfaction.percent:g}", n=satisfaction.answers)
