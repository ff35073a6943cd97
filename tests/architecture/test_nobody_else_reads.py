"""Names, phones, dates of birth, notes, codes and links of people stand on no page of anybody else's.

One small world with a mark in every personal field; every address that can be read is read by strangers: as the
permission table makes it, about the marked people's own things, and with what one might look for.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import ActivityFormat, ActivityKind, Audience, Relation
from activities.domain.rules import Entry
from activities.models import ActivityRecord, Photo, SignUp
from activities.services.desk import AtDesk, sign_up_at_desk
from activities.services.sign_ups import sign_up
from bookings.choices import Purpose
from bookings.models import Booking
from bookings.services.booking import Contact, create_booking
from bookings.values.slot_request import SlotRequest
from organizations.models import Organization
from tests.architecture.permission_table import Row, all_rows
from tests.factories.activities import make_activity, make_participant
from tests.factories.bookings import make_policy, make_space, open_daily, slot
from tests.factories.organizations import make_liaison, make_organization
from tests.support.cast import ANONYMOUS, Cast, make_cast
from tests.support.time import TestClock

TODAY, D = dt.date(2026, 11, 24), dt.date(2026, 11, 27)
NAMES = {
    "child": "标记孩子甲", "adult": "标记大人乙", "elder": "标记老人丙", "contact": "标记联系丁", "unit": "标记单位戊",
    "note": "标记留言己", "liaison": "标记联络庚", "record": "标记纪要辛", "consent": "标记同意壬",
}  # fmt: skip
PHONES = {"account": "19900007001", "elder": "19900007002", "contact": "19900007003", "liaison": "19900007004"}
# A visit that is prepared and an inspection are the center's own business.
INTERNAL = {ActivityKind.RECEPTION: "标记接待子", ActivityKind.INSPECTION: "标记检查丑"}
BORN = ("2018-03-02", "2018年3月2日")
LINK = "https://meeting.example/marked"
pytestmark = pytest.mark.usefixtures("light_pages")
STRANGERS = (ANONYMOUS, "stranger")
READ = [row for row in all_rows() if row.method == "get"]
# What strangers may ask of lists: the marked words have one beginning, which is nobody's.
ASKED = (
    "/find/?q=标记", "/activities/?q=标记", "/organizations/?q=标记", "/services/?q=标记", "/centers/?q=标记",
    "/embed/activities/?days=60", "/feeds/activities.ics", "/feeds/activities.json",
    "/api/v1/activities/?page_size=100", "/api/v1/organizations/?page_size=100&q=标记", "/api/v1/spaces/?page_size=100",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class World:
    """People with their marks, and their things."""

    cast: Cast
    owner: User
    booking: Booking
    sign_ups: list[SignUp]
    photo: Photo
    organization: Organization

    @property
    def marks(self) -> set[str]:
        codes = {one.code for one in self.sign_ups}
        return {
            *NAMES.values(),
            *PHONES.values(),
            *INTERNAL.values(),
            *BORN,
            LINK,
            *codes,
            self.booking.reference,
            self.photo.name,
        }

    def arguments(self, row: Row) -> dict[str, Any]:
        """Arguments of the address about the marked people's things, as far as it takes such."""
        first = self.sign_ups[0]
        of_bookings = "booking" in row.name
        is_recorded = "record" in row.name or "photo" in row.name
        activity = self.photo.activity if is_recorded else first.activity
        pks = {
            "participant": first.participant_id,
            "organization": self.organization.pk,
            "liaison": self.organization.pk,
        }
        known: Mapping[str, Any] = {
            "reference": self.booking.reference if of_bookings else activity.reference,
            "code": first.code if "sign_up" in row.name or "desk" in row.name else self.cast.center.code,
            "name": self.photo.name,
            "pk": next((pk for part, pk in pks.items() if part in row.name), self.booking.space_id),
        }
        return {key: known.get(key, value) for key, value in row.target(self.cast).items()}


@pytest.fixture
def world(db: None, clock: TestClock) -> World:
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, quota_count=9)
    owner = User.objects.create(username="owner", name=NAMES["adult"], phone=PHONES["account"])
    space = make_space(cast.center)
    contact = Contact(NAMES["contact"], PHONES["contact"], NAMES["unit"], NAMES["note"])
    request = SlotRequest(*slot(14, 16, D), 5, space.pk, owner.pk)
    booking = create_booking(actor=owner, request=request, purpose=Purpose.RESIDENTS_MEETING, contact=contact)
    activity = make_activity(
        cast.center,
        day=D,
        title="公开的读书会",
        capacity=9,
        min_age=6,
        audience=Audience.CHILDREN,
        format=ActivityFormat.BOTH,
        online_url=LINK,
    )
    activity.booking = booking
    activity.save(update_fields=["booking"])
    child = make_participant(owner, NAMES["child"], relation=Relation.CHILD, born=dt.date(2018, 3, 2))
    adult = make_participant(owner, NAMES["adult"], born=dt.date(1980, 3, 2))
    entries = [Entry(child, guardian_consent=True), Entry(adult)]
    sign_ups = sign_up(actor=owner, activity=activity, entries=entries)
    at_desk = AtDesk(NAMES["elder"], PHONES["elder"], birth_date=dt.date(1950, 3, 2))
    sign_ups.append(sign_up_at_desk(actor=cast["staff"], activity=activity, person=at_desk))
    for kind, title in INTERNAL.items():
        make_activity(cast.center, day=D, title=title, kind=kind)
    organization = make_organization(cast.center, "演示公开党支部")
    make_liaison(organization, NAMES["liaison"], PHONES["liaison"])
    return World(cast, owner, booking, sign_ups, _recorded(cast), organization)


def _recorded(cast: Cast) -> Photo:
    """Photo that nobody consented to, of an activity with a note to its record."""
    held = make_activity(cast.center, 8, 9, day=TODAY, title="办过的读书会", state="recorded", attendance=3)
    ActivityRecord.objects.create(
        activity=held, key=uuid.uuid4(), note=NAMES["record"], recorded_by=cast["staff"], recorded_at=held.ends_at
    )
    size = {"width": 10, "height": 10}
    return Photo.objects.create(activity=held, key=uuid.uuid4(), consent=NAMES["consent"], **size)


def client_of(world: World, who: str) -> Client:
    client = Client(raise_request_exception=True)
    if who != ANONYMOUS:
        client.force_login(world.owner if who == "owner" else world.cast[who])
    return client


def shown(client: Client, address: str) -> str:
    """All that comes back, headers as well, without the address itself: a redirect to the sign-in keeps it."""
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = f"{unquote(body.decode(errors='replace'))} {[unquote(value) for value in response.headers.values()]}"
    return text.replace(unquote(address), "")


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Every address that can be read, twice where it takes arguments; what a row makes is undone after it was read."""
    for row in READ:
        with transaction.atomic():
            made = reverse(row.name, kwargs=row.target(world.cast))
            yield str(row), made
            transaction.set_rollback(True)
        with transaction.atomic():
            of_marked = reverse(row.name, kwargs=world.arguments(row))
            transaction.set_rollback(True)
        if of_marked != made:
            yield str(row), of_marked
    for address in ASKED:
        yield address, address


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_read_no_mark_anywhere(world: World, who: str) -> None:
    client = client_of(world, who)
    leaks = [
        (name, address, mark)
        for name, address in addresses(world)
        for text in [shown(client, address)]
        for mark in world.marks
        if mark in text
    ]
    assert leaks == []


def test_those_who_may_read_the_marks(world: World) -> None:
    """The marks can be found: all but phones, which a page shows to nobody before they ask for them."""
    clients = [client_of(world, who) for who in ("owner", "manager")]
    texts = [shown(client, address) for _name, address in addresses(world) for client in clients]
    unseen = {mark for mark in world.marks if not any(mark in text for text in texts)}
    assert unseen <= {*PHONES.values(), *BORN, NAMES["consent"]}
