"""Checking in at the door: by the code of a sign-up, by name, and a counter for who hadn't signed up."""

from django.db import transaction

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityState, SignUpState, SignUpVerb
from activities.domain.locks import locked
from activities.models import Activity, SignUp, WalkIn
from activities.services.activities import must_handle
from activities.services.waitlist import record_sign_up_event
from common import clock
from common.words.times import clock_words


def check_in(*, actor: User, activity: Activity, code: str) -> SignUp:
    """Check a person in by the code on their phone or in the list.

    Raises ActivityNotAllowed, CheckInTooEarly, UnknownCode, NotIn, CheckedInAlready: a person counts once.
    """
    with transaction.atomic():
        activity = _open_door(actor, activity)
        sign_up = activity.sign_ups.select_related("participant").filter(code=code.strip().upper()).first()
        if sign_up is None:
            raise refused.UnknownCode
        name = sign_up.participant.name
        if sign_up.state != SignUpState.IN:
            raise refused.NotIn(name=name, state=sign_up.get_state_display())
        if sign_up.checked_in_at is not None:
            raise refused.CheckedInAlready(name=name, at=clock_words(sign_up.checked_in_at))
        sign_up.checked_in_at = clock.now()
        sign_up.save(update_fields=["checked_in_at"])
        record_sign_up_event(sign_up, SignUpVerb.CHECK_IN, actor, sign_up.state)
    return sign_up


def undo_check_in(*, actor: User, activity: Activity, code: str) -> SignUp:
    """Take a check-in back: it was somebody else. Raises ActivityNotAllowed, CheckInTooEarly, NothingToUndo."""
    with transaction.atomic():
        activity = _open_door(actor, activity)
        found = activity.sign_ups.select_related("participant").filter(code=code, checked_in_at__isnull=False)
        sign_up = found.first()
        if sign_up is None:
            raise refused.NothingToUndo
        sign_up.checked_in_at = None
        sign_up.save(update_fields=["checked_in_at"])
        record_sign_up_event(sign_up, SignUpVerb.UNDO_CHECK_IN, actor, sign_up.state)
    return sign_up


def count_walk_ins(*, actor: User, activity: Activity, count: int) -> WalkIn:
    """Count people at the door who hadn't signed up. Raises ActivityNotAllowed, CheckInTooEarly."""
    with transaction.atomic():
        activity = _open_door(actor, activity)
        return WalkIn.objects.create(activity=activity, count=count, counted_by=actor, at=clock.now())


def undo_walk_ins(*, actor: User, activity: Activity, counted: int | None = None) -> WalkIn:
    """Take a count back: the one with the id `counted`, or the last that still stands.

    With an id, pressing twice takes back once. Raises ActivityNotAllowed, CheckInTooEarly, NothingToUndo.
    """
    with transaction.atomic():
        activity = _open_door(actor, activity)
        standing = activity.walk_ins.filter(reverses__isnull=True, reversed_by__isnull=True)
        if counted is not None:
            standing = standing.filter(pk=counted)
        last = standing.order_by("-id").first()
        if last is None:
            raise refused.NothingToUndo
        return WalkIn.objects.create(
            activity=activity, count=-last.count, reverses=last, counted_by=actor, at=clock.now()
        )


def _open_door(actor: User, activity: Activity) -> Activity:
    """The activity, locked, while people can be checked in: two hours before it begins until it is recorded."""
    activity = locked(activity)
    must_handle(actor, activity)
    if activity.state != ActivityState.PUBLISHED:
        raise refused.ActivityIsOver
    if clock.now() < activity.door_opens_at:
        raise refused.CheckInTooEarly
    return activity
