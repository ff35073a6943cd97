"""A person removed from an account at the moment at which somebody signs them up: one of both is refused."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import transaction

from activities.domain.rules import Entry
from activities.exceptions import ActivityNotAllowed
from activities.models import Participant, SignUp
from activities.services.participants import remove_person
from activities.services.sign_ups import leave, sign_up
from centers.models import Center
from tests.factories.activities import make_activity, make_participant
from tests.factories.bookings import make_booker
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_nobody_signs_up_who_is_just_being_removed(
    own_database: None, clock: TestClock, rivals: Callable[[Sequence[Callable[[], Any]]], list[Any]]
) -> None:
    center, account = Center.objects.get(code="330482001001"), make_booker(1)
    past, coming = make_activity(center, title="另一场"), make_activity(center)
    person = make_participant(account, "演示家人", relation="other")
    [gone] = sign_up(actor=account, activity=past, entries=[Entry(person)])
    leave(actor=account, sign_up=gone)
    removed = threading.Event()

    def remove() -> None:
        with transaction.atomic():
            remove_person(actor=account, participant=person)
            removed.set()
            # The other one has asked for the person by now, and waits.
            threading.Event().wait(0.5)

    def join() -> Any:
        stale = Participant.objects.get(pk=person.pk)
        removed.wait(5)
        return sign_up(actor=account, activity=coming, entries=[Entry(stale)])

    _removed, outcome = rivals([remove, join])
    assert isinstance(outcome, ActivityNotAllowed)
    assert not SignUp.objects.live().exists()
