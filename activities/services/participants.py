"""The people of an account: add, change, remove."""

from django.db import IntegrityError, transaction

from accounts.models import User
from activities import exceptions as refused
from activities.models import SAME_PARTICIPANT, Participant
from activities.values.people import Person
from common.database import violates

# Stands where the name was of a person who was removed, on sign-ups that figures are made of.
ERASED = "—"


def add_person(*, actor: User, person: Person) -> Participant:
    """Add somebody to the people of an account. Raises PersonKnown."""
    made, is_new = _ensure(actor, person)
    if not is_new:
        raise refused.PersonKnown(name=person.name)
    return made


def change_person(*, actor: User, participant: Participant, person: Person) -> Participant:
    """Correct name, relation or date of birth.

    Raises ActivityNotAllowed, PersonKnown, BirthDateInUse: the date with which an age rule was asked stays as long as
    the sign-up does.
    """
    try:
        with transaction.atomic():
            participant = _locked(actor, participant)
            is_known = participant.birth_date is not None and participant.birth_date != person.birth_date
            if is_known and participant.sign_ups.live().coming().exists():
                raise refused.BirthDateInUse(name=participant.name)
            participant.name = person.name
            participant.relation = person.relation
            participant.birth_date = person.birth_date
            participant.save(update_fields=["name", "relation", "birth_date"])
    except IntegrityError as error:
        if violates(error, SAME_PARTICIPANT):
            raise refused.PersonKnown(name=person.name) from error
        raise
    return participant


def remove_person(*, actor: User, participant: Participant) -> None:
    """Remove somebody from the people of an account, with all that says who it was.

    Sign-ups of the past stay, as figures need them, without a name. Raises ActivityNotAllowed, PersonSignedUp.
    """
    with transaction.atomic():
        participant = _locked(actor, participant)
        if participant.sign_ups.live().coming().exists():
            raise refused.PersonSignedUp(name=participant.name)
        last = participant.sign_ups.select_related("activity").order_by("-id").first()
        if last is None:
            participant.delete()
            return
        participant.account, participant.center_id = None, last.activity.center_id
        participant.name, participant.phone, participant.birth_date = ERASED, "", None
        participant.save(update_fields=["account", "center", "name", "phone", "birth_date"])


def _ensure(actor: User, person: Person) -> tuple[Participant, bool]:
    """The participant of this name and date of birth, and whether it is new. A second click makes no second one."""
    return Participant.objects.get_or_create(
        account=actor, name=person.name, birth_date=person.birth_date, defaults={"relation": person.relation}
    )


def _locked(actor: User, participant: Participant) -> Participant:
    """The participant as it is now, locked. Raises ActivityNotAllowed for who isn't one's own."""
    own = Participant.objects.of_account(actor).select_for_update(of=["self"]).filter(pk=participant.pk).first()
    if own is None:
        raise refused.ActivityNotAllowed
    return own
