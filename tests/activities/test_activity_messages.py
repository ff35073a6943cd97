"""Messages of activities: who is told what, once; and who isn't."""

import datetime as dt

import pytest

from accounts.models import User
from activities import exceptions as refused
from activities import messages
from activities.choices import Relation, SignUpState
from activities.domain.rules import Entry
from activities.services import waitlist
from activities.services.activities import cancel_activity, edit_activity
from activities.services.sign_ups import leave, sign_up
from centers.models import Center
from notifications.models import Outbox
from tests.factories.activities import D, join, make_activity, make_participant, make_plan
from tests.support.time import TestClock

IN, WAITING, OFFERED = SignUpState.IN, SignUpState.WAITING, SignUpState.OFFERED


def test_everybody_is_told_once_when_it_is_called_off(village: Center, staff: User, resident: User) -> None:
    activity = make_activity(village, capacity=2)
    people = [make_participant(resident, f"演示家人0{n}", relation=Relation.OTHER) for n in (1, 2)]
    sign_up(actor=resident, activity=activity, entries=[Entry(person) for person in people])
    join(activity, 2)
    gone = join(activity, 3)
    leave(actor=gone.participant.account, sign_up=gone)
    with pytest.raises(refused.CancelReasonMissing):
        cancel_activity(actor=staff, activity=activity, reason=" ")
    cancel_activity(actor=staff, activity=activity, reason="老师生病")
    told = Outbox.objects.filter(kind="activity_cancelled").values_list("recipient__username", flat=True)
    assert sorted(told) == ["resident-1", "resident-2"]


def test_a_moved_activity_tells_the_new_time_and_a_typo_tells_nobody(village: Center, staff: User) -> None:
    activity = make_activity(village, capacity=2)
    join(activity, 1)
    edit_activity(actor=staff, activity=activity, plan=make_plan(capacity=2, title="新春送福字"))
    assert not Outbox.objects.exists()
    edit_activity(
        actor=staff,
        activity=activity,
        plan=make_plan(capacity=2, title="新春送福字", day=D + dt.timedelta(days=1)),
    )
    assert Outbox.objects.filter(kind="activity_moved").count() == 1


def test_an_offer_of_what_was_called_off_is_never_said_to_have_gone_to_the_next(
    village: Center, staff: User, clock: TestClock
) -> None:
    activity = make_activity(village, capacity=1)
    first, second, _third = [join(activity, number) for number in (1, 2, 3)]
    leave(actor=first.participant.account, sign_up=first)
    cancel_activity(actor=staff, activity=activity, reason="老师生病")
    second.refresh_from_db()
    assert (second.state, second.offered_until) == (SignUpState.LAPSED, None)
    assert not messages.texts_of(messages.OFFERED, [second.code])[second.code].is_current, (
        "whatever wasn't delivered by now isn't"
    )
    clock.advance(days=1)
    assert waitlist.lapse_offers(now=clock.now) == 0
    told = Outbox.objects.filter(recipient=second.participant.account).values_list("kind", flat=True)
    assert list(told) == ["activity_offered", "activity_cancelled"]
