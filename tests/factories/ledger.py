"""Activities with all that a ledger holds, on the held clock of the tests."""

import io
import uuid
from typing import Any

from PIL import Image

from accounts.models import User
from activities.choices import Relation
from activities.domain.rules import Entry
from activities.models import Activity, WalkIn
from activities.services import check_in as door
from activities.services.door_sign_ups import count_group
from activities.services.photos import NewPhoto
from activities.services.records import record_activity, revise_record
from activities.services.sign_ups import sign_up
from activities.values.people import Group
from centers.models import Center
from organizations.models import Organization
from tests.factories.activities import join, make_activity, make_participant
from tests.factories.organizations import make_organization
from tests.support.time import TestClock


def picture(colour: str = "red") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (400, 200), colour).save(file, "JPEG")
    file.seek(0)
    return file


def group_of(organization: Organization, count: int | None = None, *names: str) -> Group:
    return Group(organization.pk, uuid.uuid4(), count, names)


def count_branch(staff: User, activity: Activity, organization: Organization, *names: str, count: int = 3) -> WalkIn:
    return count_group(actor=staff, activity=activity, group=group_of(organization, count, *names))


def make_recorded(
    center: Center, staff: User, clock: TestClock, *, photos: int = 1, child: bool = False, **fields: Any
) -> Activity:
    """Held with a resident checked in (and a child of theirs), three of a branch, two besides; recorded, corrected."""
    activity = make_activity(center, **{"summary": "请自带水杯。", **fields})
    own = join(activity, 1)
    codes = [own.code]
    if child:
        person = make_participant(own.participant.account, "张小明", relation=Relation.CHILD)
        codes.append(join_person(activity, person))
    clock.move_to(activity.starts_at)
    for code in codes:
        door.check_in(actor=staff, activity=activity, code=code)
    branch = Organization.objects.filter(name="演示第一党支部").first() or make_organization(center)
    count_branch(staff, activity, branch, "演示党员01")
    door.count_walk_ins(actor=staff, activity=activity, count=2)
    clock.move_to(activity.ends_at)
    kept = [NewPhoto(uuid.uuid4(), picture()) for _ in range(photos)]
    record_activity(actor=staff, activity=activity, key=uuid.uuid4(), attendance=8, note="送出春联六十副", photos=kept)
    revise_record(actor=staff, activity=activity, attendance=9, note="送出春联六十副", reason="漏数一人")
    activity.refresh_from_db()
    return activity


def join_person(activity: Activity, person: Any) -> str:
    """Sign somebody of an account up, with their guardian's consent. Returns the code."""
    [made] = sign_up(actor=person.account, activity=activity, entries=[Entry(person, guardian_consent=True)])
    return made.code
