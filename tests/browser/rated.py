"""Ratings of the browser tests' world: bad ones at each step, with and without a number and a word, and good ones."""

from activities.models import Activity
from catalog.models import Service
from common import clock
from ratings.choices import CallResult, Channel, Grade, Step
from ratings.domain.subjects import Subject
from ratings.models import Rating
from ratings.services.follow_ups import take_step
from ratings.services.giving import Answer, give_rating
from ratings.values.limits import LONGEST_COMMENT
from tests.factories.ratings import rate, rate_often
from tests.support.cast import Cast

LONG_COMMENT = ("等了二十分钟才有人签到，音响也听不清，临时换了场地没有通知。" * 20)[:LONGEST_COMMENT]
PHONE = "19900000042"
STEPS = (Step.VERIFY, Step.FIX, Step.CALL_BACK)


def make_ratings(cast: Cast, activities: dict[str, Activity], service: Service) -> dict[str, Rating]:
    """Ratings by what they show; the ones before a step have all steps before it done."""
    held = activities["held"]
    made = {
        "verify": rate(held, Grade.DISSATISFIED, comment="等了二十分钟才有人签到", phone=PHONE),
        "fix": rate(held, Grade.VERY_DISSATISFIED),
        "call back": rate(held, Grade.DISSATISFIED, comment=LONG_COMMENT, phone=PHONE),
        "done": rate(held, Grade.DISSATISFIED, comment="已经处理好了"),
        "good": rate(activities["recorded"], Grade.VERY_SATISFIED, comment="很好", channel=Channel.LINK),
        "service": give_rating(
            subject=Subject(cast.center),
            service=service,
            answer=Answer(Grade.SATISFIED),
            channel=Channel.TABLET,
            visits=[f"tablet {clock.now()}"],
        ),
    }
    for name, steps in (("fix", STEPS[:1]), ("call back", STEPS[:2]), ("done", STEPS)):
        for step in steps:
            take_step(actor=cast["staff"], rating=made[name], step=step, note="已了解情况", result=CallResult.REACHED)
    rate_often(activities["recorded"], good=22, bad=1)
    return made
