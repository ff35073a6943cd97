"""The desk of an activity: people signed up by staff, and numbers that staff have to call."""

import dataclasses
import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.services.privacy import log_phone_view
from activities import exceptions as refused
from activities import permissions
from activities.choices import Relation, SignUpVerb
from activities.domain.rules import Entry
from activities.models import Activity, Participant, SignUp
from activities.services.sign_ups import sign_up
from activities.services.waitlist import record_sign_up_event


@dataclasses.dataclass(frozen=True)
class AtDesk:
    """A person who stands at the desk, or calls: without an account of their own."""

    name: str
    phone: str = ""
    birth_date: dt.date | None = None
    is_child: bool = False
    guardian_consent: bool = False
    is_another_person: bool = False

    def as_participant(self) -> Participant:
        """The person as a row that isn't saved yet; without a center."""
        relation = Relation.CHILD if self.is_child else Relation.SELF
        return Participant(name=self.name, phone=self.phone, birth_date=self.birth_date, relation=relation)


def sign_up_at_desk(*, actor: User, activity: Activity, person: AtDesk) -> SignUp:
    """Sign up a person who has no account here, marked as done by staff. Raises what `sign_up` raises."""
    with transaction.atomic():
        participant = person.as_participant()
        participant.center_id = activity.center_id
        participant.save()
        entry = Entry(
            participant,
            guardian_consent=person.guardian_consent,
            is_another_person=person.is_another_person,
        )
        [made] = sign_up(actor=actor, activity=activity, entries=[entry], is_by_staff=True)
    return made


def reveal_phone(*, actor: User, sign_up: SignUp) -> str:
    """The number of a person, or of who signed them up, in full; that is written down. Raises ActivityNotAllowed.

    Seen with an account behind it, in the account's own log; without one, among the events of the sign-up.
    """
    if not permissions.can_handle(actor, sign_up.activity):
        raise refused.ActivityNotAllowed
    account = sign_up.participant.account
    with transaction.atomic():
        if account is not None:
            log_phone_view(actor=actor, subject=account, purpose=f"sign-up {sign_up.code}")
        else:
            record_sign_up_event(sign_up, SignUpVerb.SEE_PHONE, actor, sign_up.state)
    return sign_up.participant.reachable_phone
