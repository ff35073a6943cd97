"""Contexts of the pages on which a rating is given."""

from typing import Any

from common.words.times import span_words
from ratings.domain.subjects import Subject
from ratings.models import Rating
from ratings.values.limits import DAYS_TO_VERIFY


def rating_page(subject: Subject) -> dict[str, Any]:
    """Context of the question. No query."""
    return {
        "subject": subject,
        "center": subject.center,
        "when": span_words(*subject.span) if subject.span else "",
        "refusal": subject.refusal(),
        "days_to_verify": DAYS_TO_VERIFY,
    }


def kept_page(subject: Subject, rating: Rating, *, is_new: bool) -> dict[str, Any]:
    """Context of the thanks, and of what was given before. One query at most."""
    return {**rating_page(subject), "rating": rating, "is_new": is_new}
