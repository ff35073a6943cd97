"""The waitlist: places that fell free go to who waits, in order, as offers with a deadline."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from activities import messages
from activities.choices import ActivityState, SignUpState, SignUpVerb
from activities.domain.locks import locked
from activities.models import Activity, SignUp, SignUpEvent
from activities.values.offers import offer_until
from common import clock


def offer_free_places(activity: Activity) -> list[SignUp]:
    """Offer each free place to the next who waits. Call it with the activity locked; safe to repeat.

    Nothing is offered once the activity has begun, or if it was called off.
    """
    activity.refresh_from_db(fields=["seats_taken", "waiting"])
    deadline = offer_until(clock.now(), activity.starts_at)
    if activity.state != ActivityState.PUBLISHED or deadline is None or not activity.waiting:
        return []
    free = activity.waiting if activity.places_left is None else activity.places_left
    offered = list(activity.sign_ups.waiting().select_related("participant__account")[:free])
    for sign_up in offered:
        sign_up.offered_until = deadline
        move(sign_up, SignUpVerb.OFFER, SignUpState.OFFERED, None)
    if offered:
        activity.refresh_from_db(fields=["seats_taken", "waiting"])
    return offered


def shorten_offers(activity: Activity) -> None:
    """Bring the deadlines of open offers before a start that was moved. Call it with the activity locked."""
    deadline = offer_until(clock.now(), activity.starts_at)
    activity.sign_ups.filter(state=SignUpState.OFFERED, offered_until__gt=deadline).update(offered_until=deadline)


def end_offers(activity: Activity, actor: User) -> None:
    """End the open offers of an activity that was called off. Everybody has been told of that: no message besides."""
    for sign_up in activity.sign_ups.filter(state=SignUpState.OFFERED):
        _change(sign_up, SignUpVerb.LAPSE, SignUpState.LAPSED, actor)


def undo_check_ins(activity: Activity, actor: User) -> None:
    """Undo the check-ins of an activity whose start was moved: who was here will come again, or won't."""
    for sign_up in activity.sign_ups.filter(checked_in_at__isnull=False):
        unmark_here(actor, sign_up)


def unmark_here(actor: User | None, sign_up: SignUp) -> None:
    """Write down that a person isn't here, or not any more, in the transaction that locked the activity."""
    sign_up.checked_in_at = None
    sign_up.save(update_fields=["checked_in_at"])
    record_sign_up_event(sign_up, SignUpVerb.UNDO_CHECK_IN, actor, sign_up.state)


def lapse_offers(*, now: dt.datetime) -> int:
    """End the offers that nobody answered in time, and offer the places to the next. How many ended; safe to repeat."""
    due = SignUp.objects.lapsing(now).order_by("activity_id").values_list("activity_id", flat=True).distinct()
    return sum(_lapse_in(activity_id, now) for activity_id in due)


@transaction.atomic
def _lapse_in(activity_id: int, now: dt.datetime) -> int:
    activity = locked(activity_id)
    late = list(activity.sign_ups.lapsing(now).select_related("participant__account"))
    for sign_up in late:
        move(sign_up, SignUpVerb.LAPSE, SignUpState.LAPSED, None)
    offer_free_places(activity)
    return len(late)


def move(sign_up: SignUp, verb: SignUpVerb, to: SignUpState, actor: User | None, reason: str = "") -> SignUp:
    """Change the state of a sign-up and write the event and the message of it."""
    _change(sign_up, verb, to, actor, reason)
    messages.post_sign_up(sign_up, verb, actor)
    return sign_up


def _change(sign_up: SignUp, verb: SignUpVerb, to: SignUpState, actor: User | None, reason: str = "") -> None:
    """Change the state of a sign-up and write the event of it.

    Who leaves from the door, before it begins, isn't here any more: the check-in is undone, with its own event.
    """
    if sign_up.checked_in_at is not None and to != SignUpState.IN:
        unmark_here(actor, sign_up)
    before, sign_up.state = sign_up.state, to
    if to != SignUpState.OFFERED:
        sign_up.offered_until = None
    sign_up.save(update_fields=["state", "offered_until", "checked_in_at"])
    record_sign_up_event(sign_up, verb, actor, before, reason)


def record_sign_up_event(sign_up: SignUp, verb: SignUpVerb, actor: User | None, before: str, reason: str = "") -> None:
    """Write down what happened to a sign-up."""
    SignUpEvent.objects.create(
        sign_up=sign_up,
        verb=verb,
        actor=actor,
        at=clock.now(),
        from_state=before,
        to_state=sign_up.state,
        reason=reason,
    )
