"""People at the door who hadn't signed up by themselves: from the code on the wall, and as one organisation."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from activities import exceptions as refused
from activities.models import Activity, GroupNames, SignUp, WalkIn
from activities.services.check_in import mark_here, open_door, open_to_residents
from activities.services.participants import sign_up_party
from activities.values.people import Group, Party
from common import clock
from organizations.models import Organization


def sign_up_at_wall(
    *, actor: User, activity: Activity, party: Party, scanned_at: dt.datetime | None
) -> Sequence[SignUp]:
    """Sign people of an account up and check them in, who scanned the code on the wall: all, or nobody.

    Raises WallCodeExpired, CheckInTooEarly, ActivityIsOver, FullAtDoor, and what `sign_up_party` raises of a person.
    """
    with transaction.atomic():
        activity = open_to_residents(activity, scanned_at)
        made = sign_up_party(actor=actor, activity=activity, party=party, is_at_door=True)
        for sign_up in made:
            mark_here(actor, sign_up)
    return made


def count_group(*, actor: User, activity: Activity, group: Group) -> WalkIn:
    """Count people who came as one organisation, by their number, by their names, or by both.

    The same key again returns the count that it made. Raises ActivityNotAllowed, CheckInTooEarly, ActivityIsOver,
    GroupElsewhere, NobodyCounted, MoreNamesThanPeople.
    """
    with transaction.atomic():
        activity = open_door(actor, activity)
        if made := WalkIn.objects.filter(key=group.key).first():
            return made
        today = clock.today()
        under = Organization.objects.under([activity.center_id], today).active_on(today)
        if not under.filter(pk=group.organization_id).exists():
            raise refused.GroupElsewhere
        if not group.size:
            raise refused.NobodyCounted
        if group.size < len(group.names):
            raise refused.MoreNamesThanPeople(names=len(group.names), count=group.size)
        walk_in = WalkIn.objects.create(
            activity=activity,
            count=group.size,
            organization_id=group.organization_id,
            key=group.key,
            counted_by=actor,
            at=clock.now(),
        )
        if group.names:
            GroupNames.objects.create(walk_in=walk_in, names=list(group.names))
    return walk_in
