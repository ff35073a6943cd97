"""The verbs of activities: enter, publish, edit, move, cancel.

Each is one transaction: the lock of the activity first, then the rules, then the change, its event and its messages.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from activities import exceptions as refused
from activities import messages, permissions
from activities.choices import CHANGEABLE, ActivityState, ActivityVerb
from activities.domain import kind_messages
from activities.domain.locks import locked
from activities.models import Activity, Series
from activities.models.activities import ONE_ACTIVITY_A_BOOKING
from activities.services.details import check_detail, save_detail
from activities.services.history import record_event
from activities.services.moving import leaves_booked_time, move_room
from activities.services.waitlist import end_offers, offer_free_places, shorten_offers, undo_check_ins
from activities.values.plans import PLAN_FIELDS, ActivityPlan
from bookings import permissions as booking_permissions
from bookings.choices import Status
from bookings.models import Booking, Space
from bookings.services.booking import cancel_booking
from centers.models import Center
from common import clock
from common.database import violates
from common.words.times import clock_words

TIMES = ("starts_at", "ends_at")


def create_activity(
    *,
    actor: User,
    center: Center,
    plan: ActivityPlan,
    co_hosts: Collection[Center] = (),
    booking: Booking | None = None,
    publish: bool = False,
    key: uuid.UUID | None = None,
    series: Series | None = None,
    series_day: dt.date | None = None,
) -> Activity:
    """Enter an activity, led by `center`; with a booking it takes place in its room, within its time.

    A draft, or published at once; one of the dates of a `series`. The same `key` of a form again returns the activity
    that it made. Raises ActivityNotAllowed, BookingNotUsable, BookingHasActivity, and what is wrong with the plan.
    """
    if not permissions.can_lead(actor, center):
        raise refused.ActivityNotAllowed
    if made := entered_under(actor, key):
        return made
    check_plan(plan, booking)
    check_detail(center, plan)
    with transaction.atomic():
        if booking is not None:
            booking = usable_booking(actor, booking)
        state = ActivityState.PUBLISHED if publish else ActivityState.DRAFT
        activity = Activity(center=center, booking=booking, key=key, state=state, created_by=actor, **plan.fields())
        activity.series, activity.series_day = series, series_day
        try:
            with transaction.atomic():
                activity.save(force_insert=True)
        except IntegrityError as error:
            # The same form, sent twice at one moment: the other one was quicker.
            if made := entered_under(actor, key):
                return made
            if violates(error, ONE_ACTIVITY_A_BOOKING):
                raise refused.BookingHasActivity from error
            raise
        activity.co_hosts.set(host for host in co_hosts if host.pk != center.pk)
        save_detail(activity, plan, actor)
        record_event(activity, ActivityVerb.PUBLISH if publish else ActivityVerb.CREATE, actor, "")
    return activity


def publish_activity(*, actor: User, activity: Activity) -> Activity:
    """Show a draft to residents.

    Raises ActivityNotAllowed, NotADraft, PlannedInThePast where its time is past by now, and BookingNotUsable where
    its room was given back meanwhile.
    """
    with transaction.atomic():
        activity = locked(activity)
        must_handle(actor, activity)
        if activity.state != ActivityState.DRAFT:
            raise refused.NotADraft
        if activity.starts_at <= clock.now():
            raise refused.PlannedInThePast
        if activity.booking is not None:
            # Locked: nobody cancels the booking between this look and the publication.
            usable_booking(actor, activity.booking)
        before, activity.state = activity.state, ActivityState.PUBLISHED
        activity.save(update_fields=["state"])
        record_event(activity, ActivityVerb.PUBLISH, actor, before)
    return activity


def edit_activity(
    *,
    actor: User,
    activity: Activity,
    plan: ActivityPlan,
    co_hosts: Collection[Center] | None = None,
    space: Space | None = None,
) -> Activity:
    """Change the plan of an activity that isn't over; more places go to who waits, in order.

    Its booking moves along to a time outside what is booked, and to `space`, another room. Who signed up is told once
    where time or place changed, and never of a word that was corrected. Raises ActivityNotAllowed, ActivityIsOver,
    CapacityBelowSeats, RoomNotHad, and what is wrong with the plan.
    """
    with transaction.atomic():
        activity = locked(activity)
        must_handle(actor, activity)
        if activity.state not in CHANGEABLE or activity.ends_at <= clock.now():
            raise refused.ActivityIsOver
        changes = plan.changes({name: getattr(activity, name) for name in PLAN_FIELDS})
        is_moved = bool(changes.keys() & set(TIMES))
        is_room_moved = leaves_booked_time(activity, plan, space)
        check_plan(plan, None if is_room_moved else activity.booking, is_moved="starts_at" in changes)
        check_detail(activity.center, plan, is_planned=is_moved)
        if plan.capacity is not None and plan.capacity < activity.seats_taken:
            raise refused.CapacityBelowSeats(seats=activity.seats_taken)
        hosts = _set_co_hosts(activity, co_hosts)
        if is_room_moved:
            plan = move_room(actor, activity, plan, space)
            changes = plan.changes({name: getattr(activity, name) for name in PLAN_FIELDS})
        for name, (_before, value) in changes.items():
            setattr(activity, name, value)
        if changes:
            activity.save(update_fields=[*changes, "letters"])
        changes |= save_detail(activity, plan, actor) | hosts
        if not (changes or is_room_moved):
            return activity
        verb = ActivityVerb.MOVE if is_moved or is_room_moved else ActivityVerb.EDIT
        record_event(activity, verb, actor, activity.state, changes=changes)
        if "starts_at" in changes:
            shorten_offers(activity)
            undo_check_ins(activity, actor)
        if is_moved or is_room_moved or "place" in changes:
            messages.post_to_everybody(activity, messages.MOVED)
            kind_messages.post_visit_changed(activity)
        offer_free_places(activity)
    return activity


def _set_co_hosts(activity: Activity, co_hosts: Collection[Center] | None) -> dict[str, tuple[Any, Any]]:
    """Set the other centers that hold it, None as they are. Returns what changed, by codes."""
    if co_hosts is None:
        return {}
    before = sorted(activity.co_hosts.values_list("code", flat=True))
    wanted = [host for host in co_hosts if host.pk != activity.center_id]
    after = sorted(host.code for host in wanted)
    if before == after:
        return {}
    activity.co_hosts.set(wanted)
    return {"co_hosts": (before, after)}


def cancel_activity(*, actor: User, activity: Activity, reason: str) -> Activity:
    """Call an activity off; everybody who is in or waits is told why.

    Raises ActivityNotAllowed, ActivityIsOver (recorded, or cancelled already), CancelReasonMissing.
    """
    if not reason.strip():
        raise refused.CancelReasonMissing
    with transaction.atomic():
        activity = locked(activity)
        must_handle(actor, activity)
        if activity.state not in CHANGEABLE:
            raise refused.ActivityIsOver
        before, activity.state = activity.state, ActivityState.CANCELLED
        activity.save(update_fields=["state"])
        record_event(activity, ActivityVerb.CANCEL, actor, before, reason=reason.strip())
        messages.post_to_everybody(activity, messages.CANCELLED)
        end_offers(activity, actor)
        if activity.booking is not None and activity.booking.is_for_center and activity.booking.is_to_come:
            # Had for this alone.
            cancel_booking(actor=actor, booking=activity.booking, reason=reason.strip())
        kind_messages.post_visit_changed(activity)
    return activity


def check_plan(plan: ActivityPlan, booking: Booking | None, *, is_moved: bool = True) -> None:
    """Raise what is wrong with a plan for itself, and with its room.

    `is_moved`: its start is new; one that was right when it was set isn't asked about again.
    """
    if plan.ends_at <= plan.starts_at:
        raise refused.ActivityEndsBeforeStart
    if is_moved and plan.starts_at <= clock.now():
        raise refused.PlannedInThePast
    opens, closes = plan.sign_up_opens_at, plan.sign_up_closes_at
    if (opens and opens >= plan.starts_at) or (opens and closes and closes <= opens):
        raise refused.SignUpAfterStart
    if plan.min_age is not None and plan.max_age is not None and plan.min_age > plan.max_age:
        raise refused.AgesReversed
    if booking is not None and not (booking.starts_at <= plan.starts_at and plan.ends_at <= booking.ends_at):
        raise refused.RoomKeepsTime(start=clock_words(booking.starts_at), end=clock_words(booking.ends_at))


def entered_under(actor: User, key: uuid.UUID | None) -> Activity | None:
    """The activity that was entered by the form of this key, if it is one of the actor's centers."""
    if key is None:
        return None
    return Activity.objects.manageable_by(actor).select_related("center", "booking").filter(key=key).first()


def must_handle(actor: User, activity: Activity) -> None:
    """Raise ActivityNotAllowed for who doesn't work for the leading center."""
    if not permissions.can_handle(actor, activity):
        raise refused.ActivityNotAllowed


def usable_booking(actor: User, booking: Booking) -> Booking:
    """The booking as it is now, locked. Raises BookingNotUsable."""
    booking = Booking.objects.select_for_update(of=["self"]).select_related("space__center").get(pk=booking.pk)
    is_ours = booking_permissions.can_handle(actor, booking) or booking.booker_id == actor.pk
    if booking.status != Status.APPROVED or not is_ours:
        raise refused.BookingNotUsable
    return booking
