"""Whatever people, staff and the clock do with one activity, in whatever order.

The places are those of the rows, none is empty while somebody waits, and offers go out in the order of the sign-ups.
"""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from activities.choices import LIVE_SIGN_UPS, SEATED, ActivityState, SignUpState, SignUpVerb
from activities.domain.rules import Entry
from activities.exceptions import ActivityError
from activities.models import Activity, SignUp, SignUpEvent
from activities.querysets import SignUpQuerySet
from activities.services import sign_ups as services
from activities.services import waitlist
from activities.services.activities import cancel_activity, edit_activity
from centers.choices import Role
from centers.models import Center
from common import clock
from notifications.models import Outbox
from tests.factories.activities import D, make_activity, make_participant, make_plan
from tests.factories.bookings import make_booker
from tests.factories.centers import grant

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("clock")]

who = st.integers(0, 6)
ANSWERS = (SignUpVerb.ACCEPT, SignUpVerb.DECLINE, SignUpVerb.LEAVE)


class ActivityMachine(RuleBasedStateMachine):
    """One activity of two places or so, seven people of whom two share a phone, and somebody who works there."""

    @initialize()
    def set_up(self) -> None:
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        center = Center.objects.get(code="330482001001")
        self.staff = make_booker(9)
        grant(self.staff, center, Role.STAFF)
        self.activity = make_activity(center, capacity=2)
        accounts = [make_booker(number) for number in range(6)]
        self.people = [make_participant(account) for account in accounts]
        self.people.append(make_participant(accounts[0], "演示家人01"))
        self.day, self.capacity = 0, 2
        # Full, with a waitlist, from the start: a few steps lead anywhere.
        for person in self.people[:4]:
            services.sign_up(actor=person.account, activity=self.activity, entries=[Entry(person)])

    def attempt(self, act: object) -> bool:
        """Whether it was done and not refused; a refusal leaves nothing behind."""
        try:
            with transaction.atomic():
                act()  # type: ignore[operator]
        except ActivityError:
            return False
        return True

    @rule(number=who, by_staff=st.booleans())
    def sign_up(self, number: int, by_staff: bool) -> None:
        person = self.people[number]
        actor = self.staff if by_staff else person.account
        entries = [Entry(person)]
        known = self.live(person.pk)
        done = self.attempt(
            lambda: services.sign_up(actor=actor, activity=self.activity, entries=entries, is_by_staff=by_staff)
        )
        assert not (known and done), "a person has one live sign-up at most"

    @rule()
    def sign_up_two_of_one_phone(self) -> None:
        pair = [self.people[0], self.people[-1]]
        before = SignUp.objects.count()
        entries = [Entry(person) for person in pair]
        done = self.attempt(lambda: services.sign_up(actor=pair[0].account, activity=self.activity, entries=entries))
        assert SignUp.objects.count() == before + (2 if done else 0)
        if done:
            assert len({one.state for one in SignUp.objects.order_by("-id")[:2]}) == 1, "together, or not at all"

    @rule(number=who, by_staff=st.booleans())
    def leave(self, number: int, by_staff: bool) -> None:
        self.answer(self.activity.sign_ups.live(), number, SignUpVerb.LEAVE, by_staff)

    @rule(number=who, verb=st.sampled_from(ANSWERS))
    def answer_offer(self, number: int, verb: SignUpVerb) -> None:
        self.answer(self.activity.sign_ups.filter(state=SignUpState.OFFERED), number, verb, by_staff=False)

    @rule(number=who, verb=st.sampled_from(ANSWERS), by_staff=st.booleans())
    def answer_anything(self, number: int, verb: SignUpVerb, by_staff: bool) -> None:
        """Whatever state it is in: long over, never offered."""
        self.answer(self.activity.sign_ups.all(), number, verb, by_staff)

    def answer(self, found: SignUpQuerySet, number: int, verb: SignUpVerb, by_staff: bool) -> None:
        sign_ups = list(found.select_related("participant__account").order_by("id"))
        if not sign_ups:
            return
        sign_up = sign_ups[number % len(sign_ups)]
        act = {
            SignUpVerb.ACCEPT: services.accept_offer,
            SignUpVerb.DECLINE: services.decline_offer,
            SignUpVerb.LEAVE: services.leave,
        }[verb]
        self.attempt(lambda: act(actor=self.staff if by_staff else sign_up.participant.account, sign_up=sign_up))

    @rule(minutes=st.sampled_from([30, 300, 1500, 4000]))
    def time_passes(self, minutes: int) -> None:
        clock._frozen = clock.now() + dt.timedelta(minutes=minutes)
        waitlist.lapse_offers(now=clock.now())
        assert not SignUp.objects.lapsing(clock.now()).filter(activity__state=ActivityState.PUBLISHED).exists()

    @rule(capacity=st.sampled_from([0, 1, 2, 3, 4, 7, None]))
    def places_change(self, capacity: int | None) -> None:
        """Raised, or lowered; never below those who have one."""
        self.activity.refresh_from_db()
        taken = self.activity.seats_taken
        plan = make_plan(capacity=capacity, day=D + dt.timedelta(days=self.day))
        if self.attempt(lambda: edit_activity(actor=self.staff, activity=self.activity, plan=plan)):
            assert capacity is None or capacity >= taken
            self.capacity = capacity  # type: ignore[assignment]

    @rule(day=st.sampled_from([-6, -6, -5, -1, 0, 3]))
    def it_moves(self, day: int) -> None:
        plan = make_plan(capacity=self.capacity, day=D + dt.timedelta(days=day))
        if self.attempt(lambda: edit_activity(actor=self.staff, activity=self.activity, plan=plan)):
            self.day = day

    @rule(sure=st.integers(0, 9))
    def it_is_called_off(self, sure: int) -> None:
        if sure == 0:
            self.attempt(lambda: cancel_activity(actor=self.staff, activity=self.activity, reason="停电"))

    @invariant()
    def places_are_those_of_the_rows_and_never_too_many(self) -> None:
        if not hasattr(self, "people"):
            return
        activity = Activity.objects.get(pk=self.activity.pk)
        states = list(activity.sign_ups.values_list("state", flat=True))
        assert activity.seats_taken == sum(state in SEATED for state in states)
        assert activity.waiting == states.count(SignUpState.WAITING)
        assert activity.capacity is None or activity.seats_taken <= activity.capacity

    @invariant()
    def no_place_is_free_while_somebody_waits_for_it(self) -> None:
        if not hasattr(self, "people"):
            return
        activity = Activity.objects.get(pk=self.activity.pk)
        if activity.state == ActivityState.PUBLISHED and not activity.has_begun:
            assert not activity.waiting or activity.places_left == 0
        ahead = max((one.pk for one in activity.sign_ups.filter(state__in=SEATED)), default=0)
        assert not activity.sign_ups.waiting().filter(pk__lt=ahead).exists(), "nobody is overtaken"

    @invariant()
    def an_offer_ends_before_the_activity_begins(self) -> None:
        if not hasattr(self, "people"):
            return
        offered = SignUp.objects.filter(state=SignUpState.OFFERED, activity__state=ActivityState.PUBLISHED)
        assert all(one.offered_until <= one.activity.starts_at for one in offered.select_related("activity"))

    @invariant()
    def each_was_offered_a_place_once_in_order_and_told_so(self) -> None:
        if not hasattr(self, "people"):
            return
        offers = list(
            SignUpEvent.objects.filter(verb=SignUpVerb.OFFER).order_by("id").values_list("sign_up", flat=True)
        )
        assert offers == sorted(set(offers))
        assert Outbox.objects.filter(kind="activity_offered").count() == len(offers)

    @invariant()
    def the_events_tell_the_state(self) -> None:
        if not hasattr(self, "people"):
            return
        for one in SignUp.objects.prefetch_related("events"):
            events = list(one.events.all())
            assert events[-1].to_state == one.state
            assert [event.from_state for event in events] == ["", *(event.to_state for event in events[:-1])]

    def live(self, person: int) -> bool:
        return self.activity.sign_ups.filter(participant=person, state__in=LIVE_SIGN_UPS).exists()

    def teardown(self) -> None:
        if hasattr(self, "rollback"):
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)


def test_places_are_kept_whatever_happens() -> None:
    start = clock.now()
    # An example is some twenty steps with a transaction each.
    limits = settings(max_examples=settings.default.max_examples // 3, suppress_health_check=list(HealthCheck))

    class Fresh(ActivityMachine):
        def __init__(self) -> None:
            super().__init__()
            clock._frozen = start

    run_state_machine_as_test(Fresh, settings=limits)
