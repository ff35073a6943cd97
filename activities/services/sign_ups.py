"""The verbs of signing up: sign up, leave, accept or decline an offer, be taken out.

Each locks the activity first: places are given in one line, to families as a whole.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from activities import exceptions as refused
from activities import permissions
from activities.choices import SEATED, ActivityState, SignUpState, SignUpVerb
from activities.domain.locks import locked
from activities.domain.rules import Entry, entry_refusal, needs_consent, window_refusal
from activities.models import Activity, SignUp
from activities.services import waitlist

Known = tuple[int, str, dt.date | None]
# The account is 0 for people without one: NULL marks those of the other half of the query.
LOCK_PEOPLE = """
    WITH present AS MATERIALIZED (
        SELECT COALESCE(account_id, 0) AS account, id, name, birth_date FROM activities_participant
        WHERE id = ANY(%s) FOR KEY SHARE
    )
    SELECT account, id, name, birth_date FROM present
"""


def sign_up(
    *,
    actor: User,
    activity: Activity,
    entries: Sequence[Entry],
    is_by_staff: bool = False,
    is_at_door: bool = False,
) -> list[SignUp]:
    """Sign people up: all get a place, or, where none is free, all join the waitlist in the order given.

    `is_at_door`: they stand there, which the caller has made sure of; the window of sign-up doesn't matter then, and
    nobody waits. Raises the first refusal of window or person, AlreadyIn, SamePersonElsewhere, TooFewPlaces (some would
    get a place and some not), FullAtDoor, NobodyChosen, ActivityNotAllowed.
    """
    if not entries:
        raise refused.NobodyChosen
    query = _people_query(activity, entries)
    with transaction.atomic():
        activity = locked(activity)
        known = _read_people(entries, query)
        _must_be_allowed(actor, activity, entries, is_by_staff)
        if not is_at_door and (refusal := window_refusal(activity)):
            raise refusal
        for position, entry in enumerate(entries):
            if broken := entry_refusal(activity, entry):
                raise broken.at(position)
        _refuse_known(entries, known)
        state = _state_at_door(activity, len(entries)) if is_at_door else _state_for(activity, len(entries))
        return [_enter(actor, activity, entry, state, is_by_staff) for entry in entries]


def leave(*, actor: User, sign_up: SignUp, reason: str = "") -> SignUp:
    """Take a sign-up back before the activity begins; the place goes to the next who waits.

    Raises ActivityNotAllowed, SignUpOver, ActivityBegun.
    """
    with transaction.atomic():
        activity, sign_up = _locked(sign_up)
        if not permissions.can_take_out(actor, sign_up):
            raise refused.ActivityNotAllowed
        if not sign_up.is_live:
            raise refused.SignUpOver
        if activity.has_begun:
            raise refused.ActivityBegun
        if permissions.is_own(actor, sign_up):
            waitlist.move(sign_up, SignUpVerb.LEAVE, SignUpState.LEFT, actor, reason.strip())
        else:
            waitlist.move(sign_up, SignUpVerb.REMOVE, SignUpState.REMOVED, actor, reason.strip())
        waitlist.offer_free_places(activity)
    return sign_up


def accept_offer(*, actor: User, sign_up: SignUp) -> SignUp:
    """Take the place that was offered. Raises ActivityNotAllowed, OfferGone. Safe to repeat."""
    return _answer(actor, sign_up, SignUpVerb.ACCEPT, SignUpState.IN)


def decline_offer(*, actor: User, sign_up: SignUp) -> SignUp:
    """Leave the place that was offered to the next who waits. Raises ActivityNotAllowed, OfferGone. Safe to repeat."""
    return _answer(actor, sign_up, SignUpVerb.DECLINE, SignUpState.DECLINED)


def _answer(actor: User, sign_up: SignUp, verb: SignUpVerb, to: SignUpState) -> SignUp:
    with transaction.atomic():
        activity, sign_up = _locked(sign_up)
        if not permissions.can_take_out(actor, sign_up):
            raise refused.ActivityNotAllowed
        if sign_up.state == to:
            return sign_up
        # An offer holds until the sweep has ended it; then the place is another's.
        if sign_up.state != SignUpState.OFFERED or activity.has_begun or activity.state != ActivityState.PUBLISHED:
            raise refused.OfferGone
        waitlist.move(sign_up, verb, to, actor)
        waitlist.offer_free_places(activity)
    return sign_up


def _must_be_allowed(actor: User, activity: Activity, entries: Sequence[Entry], is_by_staff: bool) -> None:
    """Raise ActivityNotAllowed: one signs up one's own people; staff whoever stands at the desk."""
    if is_by_staff:
        if not permissions.can_handle(actor, activity):
            raise refused.ActivityNotAllowed
        return
    own = all(entry.participant.account_id == actor.pk for entry in entries)
    if not own or not permissions.can_sign_up(actor) or not activity.is_listed:
        raise refused.ActivityNotAllowed


def _people_query(activity: Activity, entries: Sequence[Entry]) -> tuple[str, Sequence[Any]]:
    """Query of the people who are signed up, locked, and of those with a live sign-up here under one of their names.

    Compiled before the activity's lock is waited for: whoever holds it keeps all others waiting.
    """
    names = {entry.participant.name for entry in entries}
    here = SignUp.objects.live().filter(activity=activity, participant__name__in=names)
    known = here.values_list("participant", "participant__name", "participant__birth_date")
    sql, params = known.query.sql_with_params()
    both = f"{LOCK_PEOPLE} UNION ALL SELECT NULL, known.* FROM ({sql}) AS known"  # noqa: S608 (Django's own SQL)
    return both, [[entry.participant.pk for entry in entries], *params]


def _read_people(entries: Sequence[Entry], query: tuple[str, Sequence[Any]]) -> list[Known]:
    """People as they are now, put into the entries; those who are known here. Raises ActivityNotAllowed of who is gone.

    Nobody removes or corrects a person until the transaction ends: that takes the row's full lock. The share of it that
    is taken here is the one that the sign-up's foreign key takes anyway.
    """
    with connection.cursor() as cursor:
        cursor.execute(*query)
        rows = cursor.fetchall()
    present = {pk: (account, name, birth_date) for account, pk, name, birth_date in rows if account is not None}
    for entry in entries:
        person = entry.participant
        account, person.name, person.birth_date = present.get(person.pk, (None, person.name, person.birth_date))
        if account != (person.account_id or 0):
            raise refused.ActivityNotAllowed
    return [(pk, name, birth_date) for account, pk, name, birth_date in rows if account is None]


def _refuse_known(entries: Sequence[Entry], known: list[Known]) -> None:
    """Raise AlreadyIn of who has a live sign-up here, SamePersonElsewhere of who seems to, by another phone."""
    for position, entry in enumerate(entries):
        person = entry.participant
        for pk, name, birth_date in known:
            if pk == person.pk:
                raise refused.AlreadyIn(name=person.name).at(position)
            is_same_birth = person.birth_date is None or birth_date in (None, person.birth_date)
            if name == person.name and is_same_birth and not entry.is_another_person:
                raise refused.SamePersonElsewhere(name=person.name).at(position)
        # One person named twice in one form.
        known.append((person.pk, person.name, person.birth_date))


def _state_for(activity: Activity, wanted: int) -> SignUpState:
    """IN where all get a place, WAITING where nobody would. Raises TooFewPlaces in between."""
    free = activity.places_left
    if activity.waiting or free == 0:
        return SignUpState.WAITING
    if free is not None and wanted > free:
        raise refused.TooFewPlaces(free=free, wanted=wanted)
    return SignUpState.IN


def _state_at_door(activity: Activity, wanted: int) -> SignUpState:
    """IN where all get a place. Who waits comes first until it begins; then nothing is offered any more.

    Raises FullAtDoor, TooFewPlaces.
    """
    free = activity.places_left
    if free == 0 or (activity.waiting and not activity.has_begun):
        raise refused.FullAtDoor
    if free is not None and wanted > free:
        raise refused.TooFewPlaces(free=free, wanted=wanted)
    return SignUpState.IN


def _enter(actor: User, activity: Activity, entry: Entry, state: SignUpState, is_by_staff: bool) -> SignUp:
    made = SignUp.objects.create(
        activity=activity,
        participant=entry.participant,
        state=state,
        guardian_consent=entry.guardian_consent,
        photo_consent=entry.photo_consent,
        was_minor=needs_consent(activity, entry.participant),
        made_by=actor,
        is_by_staff=is_by_staff,
    )
    verb = SignUpVerb.SIGN_UP if state in SEATED else SignUpVerb.WAIT
    waitlist.record_sign_up_event(made, verb, actor, "")
    return made


def _locked(sign_up: SignUp) -> tuple[Activity, SignUp]:
    """Activity and sign-up as they are now, the activity locked: whoever comes second sees what the first did."""
    activity = locked(sign_up.activity)
    return activity, SignUp.objects.select_related("participant__account", "activity").get(pk=sign_up.pk)
