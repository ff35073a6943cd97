"""Following a bad rating up: verified, put right, called back, each step once; and what is overdue."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.services.privacy import log_phone_view
from common import clock
from ratings import exceptions as refused
from ratings import messages, permissions
from ratings.choices import CallResult, FollowUpVerb, Step
from ratings.models import CallBackNumber, FollowUp, FollowUpEvent, Rating
from ratings.services.giving import who_is_told
from ratings.values.limits import NUMBER_KEPT

MOMENTS = {Step.VERIFY: "verified_at", Step.FIX: "fixed_at", Step.CALL_BACK: "called_at"}


def locked(rating: Rating) -> FollowUp:
    """The follow-up of a rating as it is now, locked until the transaction ends."""
    return FollowUp.objects.select_for_update(of=["self"]).get(pk=rating.pk)


def take_step(*, actor: User, rating: Rating, step: Step, note: str, result: str = "") -> FollowUp:
    """Do the step of a follow-up that its form showed, with one line on what was found or done.

    Calling back says what came of it; where no number was left, that nobody could be called. Raises RatingNotAllowed,
    NoteMissing, StepDoneAlready (by a colleague), CallResultMissing.
    """
    if not permissions.can_follow_up(actor, rating):
        raise refused.RatingNotAllowed
    if not note.strip():
        raise refused.NoteMissing
    with transaction.atomic():
        follow_up = locked(rating)
        if follow_up.step != step or step not in MOMENTS:
            raise refused.StepDoneAlready(step=follow_up.shown_step)
        now, changed = clock.now(), [MOMENTS[step]]
        if step == Step.CALL_BACK:
            follow_up.call_result = _result_of(follow_up, result)
            changed.append("call_result")
        setattr(follow_up, MOMENTS[step], now)
        follow_up.save(update_fields=changed)
        FollowUpEvent.objects.create(
            follow_up=follow_up, verb=FollowUpVerb(step.value), actor=actor, at=now, note=note.strip()
        )
    return follow_up


def _result_of(follow_up: FollowUp, result: str) -> CallResult:
    """Result of calling back: nobody is called where there is no number, and somebody is where there is one."""
    if not CallBackNumber.objects.filter(follow_up=follow_up).exists():
        return CallResult.NO_NUMBER
    if result not in (CallResult.REACHED, CallResult.NOT_REACHED):
        raise refused.CallResultMissing
    return CallResult(result)


def reveal_phone(*, actor: User, rating: Rating) -> str:
    """The number that was left, in full, for those who have to call; that is written down. Raises RatingNotAllowed."""
    if not permissions.can_follow_up(actor, rating):
        raise refused.RatingNotAllowed
    with transaction.atomic():
        number = CallBackNumber.objects.filter(follow_up=rating.pk).first()
        if number is None:
            return ""
        log_phone_view(actor=actor, subject=None, purpose=f"follow-up {rating.reference}")
    return number.phone


def report_overdue(*, now: dt.datetime) -> int:
    """Tell those who work there, and above, of what is overdue, each deadline once. Returns how many; repeatable."""
    late = (
        (FollowUpVerb.VERIFY_OVERDUE, messages.VERIFY_OVERDUE, FollowUp.objects.verify_overdue(now)),
        (FollowUpVerb.FINISH_OVERDUE, messages.FINISH_OVERDUE, FollowUp.objects.finish_overdue(now)),
    )
    count = 0
    for verb, kind, overdue in late:
        untold = overdue.exclude(events__verb=verb).order_by("finish_by", "pk").values_list("pk", flat=True)
        count += sum(_report(pk, verb, kind, now) for pk in untold)
    return count


@transaction.atomic
def _report(pk: int, verb: FollowUpVerb, kind: str, now: dt.datetime) -> bool:
    """Report one follow-up; False where it was settled or reported meanwhile, or another worker is at it."""
    found = FollowUp.objects.open().select_for_update(of=["self"], skip_locked=True)
    follow_up = found.select_related("rating").filter(pk=pk).first()
    if follow_up is None or follow_up.events.filter(verb=verb).exists():
        return False
    if verb == FollowUpVerb.VERIFY_OVERDUE and follow_up.verified_at is not None:
        return False
    FollowUpEvent.objects.create(follow_up=follow_up, verb=verb, at=now)
    messages.post_follow_up(kind, follow_up.rating, who_is_told(follow_up.rating.center_id))
    return True


def forget_numbers(*, now: dt.datetime) -> int:
    """Erase the numbers whose follow-up has been finished for NUMBER_KEPT. Returns how many; safe to repeat."""
    deleted, _each = CallBackNumber.objects.filter(follow_up__called_at__lte=now - NUMBER_KEPT).delete()
    return deleted
