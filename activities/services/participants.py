"""The people of an account: add, change, remove; and sign some of them up in one go."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from accounts.models import User
from activities import exceptions as refused
from activities.choices import Relation
from activities.domain.rules import Entry, entry_refusal
from activities.models import ONE_HOLDER, SAME_PARTICIPANT, Activity, Participant, SignUp
from activities.services.sign_ups import sign_up
from activities.values.people import Party, Person
from common.database import violates

# Stands where the name was of a person who was removed, on sign-ups that figures are made of.
ERASED = "—"


def add_person(*, actor: User, person: Person) -> Participant:
    """Add somebody to the people of an account. Raises PersonKnown, HolderKnown."""
    with _one_holder(actor):
        made, is_new = _ensure(actor, person)
    if not is_new:
        raise refused.PersonKnown(name=person.name)
    return made


def change_person(*, actor: User, participant: Participant, person: Person) -> Participant:
    """Correct name, relation or date of birth.

    Raises ActivityNotAllowed, PersonKnown, HolderKnown, BirthDateInUse: with the other date an age rule of a sign-up to
    come would have refused the person, or asked for a consent.
    """
    try:
        with _one_holder(actor), transaction.atomic():
            participant = _locked(actor, participant)
            _check_holder(actor, person, participant)
            is_known = participant.birth_date is not None and participant.birth_date != person.birth_date
            if is_known and not _fits_everywhere(participant, person):
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


def _fits_everywhere(participant: Participant, person: Person) -> bool:
    """Whether what the person is signed up for takes them with another date of birth."""
    corrected = Participant(name=person.name, relation=person.relation, birth_date=person.birth_date)
    coming = participant.sign_ups.live().coming().select_related("activity")
    return not any(
        entry_refusal(one.activity, Entry(corrected, guardian_consent=one.guardian_consent)) for one in coming
    )


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


def sign_up_party(*, actor: User, activity: Activity, party: Party, is_at_door: bool = False) -> list[SignUp]:
    """Sign people of an account up together, new ones among them; nobody is added where that is refused.

    Raises what `sign_up` raises, HolderKnown, SamePeople.
    """
    try:
        with _one_holder(actor), transaction.atomic():
            entries = [
                Entry(person, party.guardian_consent, party.photo_consent, party.is_another_person)
                for person in _people_of(actor, party)
            ]
            return sign_up(actor=actor, activity=activity, entries=entries, is_at_door=is_at_door)
    except IntegrityError as error:
        # Two of one name, who are given the same date of birth.
        if violates(error, SAME_PARTICIPANT):
            raise refused.SamePeople from error
        raise


def _people_of(actor: User, party: Party) -> list[Participant]:
    """The people of a party in the order they are known, newcomers last. Raises ActivityNotAllowed."""
    people = list(Participant.objects.of_account(actor).filter(pk__in=party.chosen))
    if len(people) < len(set(party.chosen)):
        raise refused.ActivityNotAllowed
    for person in people:
        if person.birth_date is None and person.pk in party.born:
            person.birth_date = party.born[person.pk]
            person.save(update_fields=["birth_date"])
    for described in party.newcomers:
        newcomer, _is_new = _ensure(actor, described)
        people.extend([newcomer] if newcomer not in people else [])
    return people


def _ensure(actor: User, person: Person) -> tuple[Participant, bool]:
    """The participant of this name and date of birth, and whether it is new. A second click makes no second one.

    Raises HolderKnown, and PersonKnown of one with another date of birth: that is corrected, not entered once more.
    """
    _check_holder(actor, person)
    namesakes = Participant.objects.of_account(actor).filter(name=person.name, birth_date__isnull=False)
    if person.birth_date and namesakes.exclude(birth_date=person.birth_date).exists():
        raise refused.PersonKnown(name=person.name)
    return Participant.objects.get_or_create(
        account=actor, name=person.name, birth_date=person.birth_date, defaults={"relation": person.relation}
    )


def _check_holder(actor: User, person: Person, participant: Participant | None = None) -> None:
    """Raise HolderKnown where somebody else is the account's holder already."""
    if person.relation != Relation.SELF:
        return
    holders = Participant.objects.of_account(actor).filter(relation=Relation.SELF)
    others = holders.exclude(pk=participant.pk) if participant else holders.exclude(name=person.name)
    if (holder := others.first()) is not None:
        raise refused.HolderKnown(name=holder.name)


@contextmanager
def _one_holder(actor: User) -> Iterator[None]:
    """Turn the constraint, met by two forms at one moment, into HolderKnown. Stands around the transaction."""
    try:
        yield
    except IntegrityError as error:
        if not violates(error, ONE_HOLDER):
            raise
        holder = Participant.objects.of_account(actor).filter(relation=Relation.SELF).first()
        raise refused.HolderKnown(name=holder.name if holder else "") from error


def _locked(actor: User, participant: Participant) -> Participant:
    """The participant as it is now, locked. Raises ActivityNotAllowed for who isn't one's own."""
    own = Participant.objects.of_account(actor).select_for_update(of=["self"]).filter(pk=participant.pk).first()
    if own is None:
        raise refused.ActivityNotAllowed
    return own
