"""The verbs of an account's people: add, correct, remove."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.models import User
from activities import exceptions as refused
from activities.choices import Relation
from activities.models import SAME_PARTICIPANT, Participant
from activities.values.ages import OLDEST, age_on
from common import clock
from common.database import violates


def add_participant(
    *, actor: User, name: str, relation: str = Relation.SELF, birth_date: dt.date | None = None, phone: str = ""
) -> Participant:
    """Add a person whom the account can sign up. Raises BirthDateImpossible, ParticipantKnown."""
    person = Participant(account=actor, name=name, relation=relation, birth_date=birth_date, phone=phone)
    return _saved(person)


def edit_participant(
    *, actor: User, participant: Participant, name: str, relation: str, birth_date: dt.date | None, phone: str
) -> Participant:
    """Correct a person. Raises ActivityNotAllowed, BirthDateImpossible, ParticipantKnown."""
    _must_be_own(actor, participant)
    participant.name, participant.relation = name, relation
    participant.birth_date, participant.phone = birth_date, phone
    return _saved(participant)


def remove_participant(*, actor: User, participant: Participant) -> None:
    """Remove a person who was never signed up. Raises ActivityNotAllowed, ParticipantSignedUp."""
    _must_be_own(actor, participant)
    try:
        with transaction.atomic():
            participant.delete()
    except ProtectedError as error:
        raise refused.ParticipantSignedUp(name=participant.name) from error


def _must_be_own(actor: User, participant: Participant) -> None:
    if participant.account_id != actor.pk:
        raise refused.ActivityNotAllowed


def _saved(person: Participant) -> Participant:
    if person.birth_date is not None and not 0 <= age_on(person.birth_date, clock.today()) <= OLDEST:
        raise refused.BirthDateImpossible
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        if violates(error, SAME_PARTICIPANT):
            raise refused.ParticipantKnown(name=person.name) from error
        raise
    return person
