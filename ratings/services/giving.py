"""Giving a rating: once a visit; a bad one opens its follow-up in the same transaction."""

import dataclasses
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from accounts.models import User
from activities.services.chasing import who_works_at
from catalog.models import Service
from centers.models import CenterAncestor
from common import clock
from common.database import violates
from ratings import exceptions as refused
from ratings import messages
from ratings.choices import Channel, FollowUpVerb, Grade
from ratings.domain.deadlines import deadlines
from ratings.domain.subjects import Subject
from ratings.models import ONE_RATING_A_VISIT, CallBackNumber, FollowUp, FollowUpEvent, Rating


@dataclasses.dataclass(frozen=True)
class Answer:
    """Answer of somebody who rates. `phone`: left to be called back; kept only with a bad grade."""

    grade: Grade
    comment: str = ""
    phone: str = ""


def give_rating(
    *,
    subject: Subject,
    answer: Answer,
    channel: Channel,
    visits: Sequence[str],
    service: Service | None = None,
    account: User | None = None,
) -> Rating:
    """Keep a rating of `subject`; `visits` are the keys of the visit, the one to keep first.

    Raises NotHeld, NotBegunYet, RatingIsOver, ServiceMissing, and RatedAlready where the visit has a rating.
    """
    if refusal := subject.refusal():
        raise refusal
    if subject.is_service and service is None:
        raise refused.ServiceMissing
    if Rating.objects.of_visits(visits).exists():
        raise refused.RatedAlready
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                center=subject.center,
                activity=subject.activity,
                booking=subject.booking,
                service=service if subject.is_service else None,
                grade=answer.grade,
                comment=answer.comment.strip(),
                channel=channel,
                visit=visits[0],
                browser_visit=visits[1] if len(visits) > 1 else "",
                account=account,
            )
            if rating.is_bad:
                _open_follow_up(rating, answer.phone)
    except IntegrityError as error:
        # Sent twice at one moment: the other one was quicker.
        if violates(error, ONE_RATING_A_VISIT):
            raise refused.RatedAlready from error
        raise
    return rating


def _open_follow_up(rating: Rating, phone: str) -> None:
    """Open the follow-up of a bad rating, with its deadlines; those who work there and above are told."""
    verify_by, finish_by = deadlines(rating.center_id, rating.given_at)
    follow_up = FollowUp.objects.create(rating=rating, verify_by=verify_by, finish_by=finish_by)
    if phone:
        CallBackNumber.objects.create(follow_up=follow_up, phone=phone)
    FollowUpEvent.objects.create(follow_up=follow_up, verb=FollowUpVerb.OPEN, at=rating.given_at)
    messages.post_follow_up(messages.OPENED, rating, who_is_told(rating.center_id))


def who_is_told(center_id: int) -> list[User]:
    """People who work at a center, and at the one above it; where nobody does, at the nearest above. Each once."""
    above = CenterAncestor.objects.on(clock.today()).filter(center=center_id, depth=1)
    centers = [center_id, *above.values_list("ancestor", flat=True)]
    return list({user.pk: user for center in centers for user in who_works_at(center)}.values())
