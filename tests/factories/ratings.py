"""Ratings and their follow-ups, given through the product's own service."""

from activities.models import Activity
from ratings.choices import Channel, Grade
from ratings.domain.subjects import Subject
from ratings.models import Rating
from ratings.services.giving import Answer, give_rating
from ratings.values.tokens import visit_key


def rate(
    activity: Activity,
    grade: Grade = Grade.SATISFIED,
    *,
    comment: str = "",
    phone: str = "",
    visitor: str = "",
    channel: Channel = Channel.QR,
) -> Rating:
    """Rate an activity that has begun, by a visitor of its own unless named."""
    visitor = visitor or f"visitor-{Rating.objects.count()}"
    return give_rating(
        subject=Subject(activity.center, activity),
        answer=Answer(grade, comment, phone),
        channel=channel,
        visits=[visit_key("activity", activity.pk, visitor)],
    )


def rate_often(activity: Activity, good: int, bad: int = 0) -> None:
    """So many good ratings, and so many bad ones, as rows, without follow-ups."""
    start = Rating.objects.count()
    Rating.objects.bulk_create(
        Rating(
            center_id=activity.center_id,
            activity=activity,
            grade=Grade.SATISFIED if number < good else Grade.FAIRLY_SATISFIED,
            channel=Channel.QR,
            visit=visit_key("often", start + number),
        )
        for number in range(good + bad)
    )
