"""Checking in at the door: by the code of a sign-up, by name, and a counter for who hadn't signed up."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityState, SignUpState, SignUpVerb
from activities.domain.locks import locked
from activities.models import Activity, GroupNames, SignUp, WalkIn
from activities.services.activities import must_handle
from activities.services.waitlist import record_sign_up_event, unmark_here
from activities.values.door import SCAN_LASTS
from common import clock
from common.words.times import clock_words


def check_in(*, actor: User, activity: Activity, code: str) -> SignUp:
    """Check a person in by the code on their phone or in the list.

    Raises ActivityNotAllowed, CheckInTooEarly, UnknownCode, NotIn, CheckedInAlready: a person counts once.
    """
    with transaction.atomic():
        activity = open_door(actor, activity)
        sign_up = activity.sign_ups.select_related("participant").filter(code=code.strip().upper()).first()
        if sign_up is None:
            raise refused.UnknownCode
        name = sign_up.participant.name
        if sign_up.state != SignUpState.IN:
            raise refused.NotIn(name=name, state=sign_up.get_state_display())
        if sign_up.checked_in_at is not None:
            raise refused.CheckedInAlready(name=name, at=clock_words(sign_up.checked_in_at))
        mark_here(actor, sign_up)
    return sign_up


def check_in_own(
    *, actor: User, activity: Activity, codes: Collection[str], scanned_at: dt.datetime | None
) -> list[SignUp]:
    """Check people of one's own account in, by oneself: who scanned the code on the wall, at `scanned_at`.

    Returns those who weren't here yet: pressed again, or on two phones, each counts once. Raises WallCodeExpired,
    CheckInTooEarly, ActivityIsOver, NobodyChosen.
    """
    with transaction.atomic():
        activity = open_to_residents(activity, scanned_at)
        own = SignUp.objects.own(actor).filter(activity=activity, state=SignUpState.IN, code__in=codes)
        found = list(own.select_related("participant").order_by("id"))
        if not found:
            raise refused.NobodyChosen
        fresh = [sign_up for sign_up in found if sign_up.checked_in_at is None]
        for sign_up in fresh:
            mark_here(actor, sign_up)
    return fresh


def mark_here(actor: User, sign_up: SignUp) -> None:
    """Write down that a person has come, in the transaction that locked the activity."""
    sign_up.checked_in_at = clock.now()
    sign_up.save(update_fields=["checked_in_at"])
    record_sign_up_event(sign_up, SignUpVerb.CHECK_IN, actor, sign_up.state)


def undo_check_in(*, actor: User, activity: Activity, code: str) -> SignUp:
    """Take a check-in back: it was somebody else. Raises ActivityNotAllowed, CheckInTooEarly, NothingToUndo."""
    with transaction.atomic():
        activity = open_door(actor, activity)
        found = activity.sign_ups.select_related("participant").filter(code=code, checked_in_at__isnull=False)
        sign_up = found.first()
        if sign_up is None:
            raise refused.NothingToUndo
        unmark_here(actor, sign_up)
    return sign_up


def count_walk_ins(*, actor: User, activity: Activity, count: int) -> WalkIn:
    """Count people at the door who hadn't signed up. Raises ActivityNotAllowed, CheckInTooEarly."""
    with transaction.atomic():
        activity = open_door(actor, activity)
        return WalkIn.objects.create(activity=activity, count=count, counted_by=actor, at=clock.now())


def undo_walk_ins(*, actor: User, activity: Activity, counted: int | None = None) -> WalkIn:
    """Take a count back: the one with the id `counted`, or the last that still stands.

    With an id, pressing twice takes back once. Raises ActivityNotAllowed, CheckInTooEarly, NothingToUndo.
    """
    with transaction.atomic():
        activity = open_door(actor, activity)
        standing = activity.walk_ins.filter(reverses__isnull=True, reversed_by__isnull=True)
        if counted is not None:
            standing = standing.filter(pk=counted)
        last = standing.order_by("-id").first()
        if last is None:
            raise refused.NothingToUndo
        # Who wasn't here is nobody's business.
        GroupNames.objects.filter(walk_in=last).delete()
        return WalkIn.objects.create(
            activity=activity,
            count=-last.count,
            organization_id=last.organization_id,
            reverses=last,
            counted_by=actor,
            at=clock.now(),
        )


def open_to_residents(activity: Activity, scanned_at: dt.datetime | None) -> Activity:
    """The activity, locked, while residents can say that they are here: from the opening of the door to its end.

    Raises WallCodeExpired, CheckInTooEarly, ActivityIsOver.
    """
    if scanned_at is None or not clock.now() - SCAN_LASTS <= scanned_at <= clock.now():
        raise refused.WallCodeExpired
    activity = open_now(activity)
    if activity.ends_at <= clock.now():
        raise refused.ActivityIsOver
    return activity


def open_door(actor: User, activity: Activity) -> Activity:
    """The activity, locked, for who works at its center. Raises ActivityNotAllowed, and what `open_now` raises."""
    must_handle(actor, activity)
    return open_now(activity)


def open_now(activity: Activity) -> Activity:
    """The activity, locked, while people can be checked in: two hours before it begins until it is recorded.

    Raises ActivityIsOver, CheckInTooEarly.
    """
    activity = locked(activity)
    if activity.state != ActivityState.PUBLISHED:
        raise refused.ActivityIsOver
    if clock.now() < activity.door_opens_at:
        raise refused.CheckInTooEarly
    return activity
