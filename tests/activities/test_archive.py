"""The archive: complete evidence goes in, by hand or after 90 days, and stays as it is; photos are asked for."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityKind, ActivityState, RectificationState
from activities.domain import kind_messages
from activities.models import Activity, ActivityRecord, Photo
from activities.services.archiving import AFTER, archive_activity, archive_old, reopen_activity
from activities.services.chasing import chase_missing_photos
from activities.services.photos import add_photos, remove_photo
from activities.services.records import record_activity, revise_record
from centers.choices import Role
from centers.models import Center
from common import clock as portal_clock
from notifications.models import Outbox
from tests.factories.activities import make_activity
from tests.factories.centers import grant
from tests.factories.kinds import make_inspection, make_rectification
from tests.factories.organizations import make_organization
from tests.support.time import TestClock

DAY = dt.timedelta(days=1)
HELD_ON = dt.date(2026, 11, 23)


def record(activity: Activity, staff: User, note: str = "写福字") -> Activity:
    record_activity(actor=staff, activity=activity, key=uuid.uuid4(), attendance=9, note=note)
    activity.refresh_from_db()
    return activity


def photograph(activity: Activity) -> Photo:
    return Photo.objects.create(activity=activity, key=uuid.uuid4(), width=4, height=3)


@pytest.fixture
def recorded(village: Center, staff: User) -> Activity:
    """Recorded on Tuesday 24 November, 10:05."""
    return record(make_activity(village, day=HELD_ON), staff)


@pytest.fixture
def above(village: Center) -> User:
    """Who administers the town."""
    user = User.objects.create(username="town-admin")
    grant(user, Center.objects.get(code="330482001"), Role.ADMIN)
    return user


class TestArchiving:
    def test_with_a_photo_or_the_reason_why_there_is_none(self, recorded: Activity, staff: User) -> None:
        with pytest.raises(refused.NoPhotoReasonMissing):
            archive_activity(actor=staff, activity=recorded, no_photo_reason=" ")
        archived = archive_activity(actor=staff, activity=recorded, no_photo_reason="相机送修")
        assert archived.state == ActivityState.ARCHIVED
        assert ActivityRecord.objects.get().no_photo_reason == "相机送修"
        assert archived.attendance == 9
        assert archived.events.latest("id").verb == "archive"

    def test_a_photo_is_enough(self, recorded: Activity, staff: User) -> None:
        photograph(recorded)
        assert archive_activity(actor=staff, activity=recorded).state == ActivityState.ARCHIVED

    def test_not_without_a_line(self, village: Center, staff: User) -> None:
        bare = record(make_activity(village, day=HELD_ON), staff, note="")
        photograph(bare)
        with pytest.raises(refused.RecordLineMissing):
            archive_activity(actor=staff, activity=bare)

    @pytest.mark.parametrize("state", [ActivityState.PUBLISHED, ActivityState.DRAFT, ActivityState.CANCELLED])
    def test_only_what_is_recorded(self, village: Center, staff: User, state: ActivityState) -> None:
        with pytest.raises(refused.NotRecorded):
            archive_activity(actor=staff, activity=make_activity(village, day=HELD_ON, state=state))

    def test_an_inspection_names_whom_and_has_nothing_left_to_verify(self, village: Center, staff: User) -> None:
        nameless = record(make_activity(village, day=HELD_ON, kind=ActivityKind.INSPECTION), staff)
        with pytest.raises(refused.InspectedMissing):
            archive_activity(actor=staff, activity=nameless, no_photo_reason="无")
        inspection = record(make_inspection(village, make_organization(village), day=HELD_ON), staff)
        one = make_rectification(inspection, state=RectificationState.DONE)
        with pytest.raises(refused.RectificationsUnverified):
            archive_activity(actor=staff, activity=inspection, no_photo_reason="无")
        type(one).objects.update(state=RectificationState.VERIFIED, verified_at=portal_clock.now())
        assert archive_activity(actor=staff, activity=inspection, no_photo_reason="无")

    def test_by_those_who_work_there(self, recorded: Activity, resident: User) -> None:
        with pytest.raises(refused.ActivityNotAllowed):
            archive_activity(actor=resident, activity=recorded, no_photo_reason="无")


class TestInTheArchive:
    @pytest.fixture
    def archived(self, recorded: Activity, staff: User) -> Activity:
        return archive_activity(actor=staff, activity=recorded, no_photo_reason="相机送修")

    def test_nothing_is_changed(self, archived: Activity, staff: User) -> None:
        photo = photograph(archived)
        for change in (
            lambda: revise_record(actor=staff, activity=archived, attendance=5, note="x", reason="数错"),
            lambda: remove_photo(actor=staff, photo=photo),
            lambda: archive_activity(actor=staff, activity=archived),
        ):
            with pytest.raises(refused.ActivityArchived):
                change()
        assert add_photos(actor=staff, activity=archived, photos=[]) == []

    def test_the_center_above_alone_takes_it_out_with_a_reason(
        self, archived: Activity, staff: User, above: User, village: Center
    ) -> None:
        grant(staff, village, Role.ADMIN)
        with pytest.raises(refused.ActivityNotAllowed):
            reopen_activity(actor=staff, activity=archived, reason="数错")
        with pytest.raises(refused.ReopenReasonMissing):
            reopen_activity(actor=above, activity=archived, reason=" ")
        reopen_activity(actor=above, activity=archived, reason="数错")
        with pytest.raises(refused.NotArchived):
            reopen_activity(actor=above, activity=archived, reason="数错")
        revise_record(actor=staff, activity=archived, attendance=5, note="写福字", reason="数错")
        archived.refresh_from_db()
        assert (archived.state, archived.attendance) == (ActivityState.RECORDED, 5)
        assert list(archived.events.values_list("verb", "reason"))[-2:] == [("reopen", "数错"), ("revise", "数错")]

    def test_at_the_top_its_own_administrator(self, staff: User, clock: TestClock) -> None:
        city = Center.objects.get(code="330482")
        top = User.objects.create(username="city-admin")
        grant(top, city, Role.ADMIN)
        archived = record(make_activity(city, day=HELD_ON), top)
        archive_activity(actor=top, activity=archived, no_photo_reason="无")
        assert reopen_activity(actor=top, activity=archived, reason="数错").state == ActivityState.RECORDED


class TestByItself:
    def after(self, recorded: Activity, **delta: Any) -> dt.datetime:
        return ActivityRecord.objects.get(activity=recorded).recorded_at + AFTER + dt.timedelta(**delta)

    def test_after_ninety_days_what_is_complete(self, recorded: Activity) -> None:
        photograph(recorded)
        assert archive_old(now=self.after(recorded, seconds=-1)) == 0
        assert archive_old(now=self.after(recorded)) == 1
        assert archive_old(now=self.after(recorded, days=9)) == 0
        recorded.refresh_from_db()
        assert recorded.state == ActivityState.ARCHIVED
        event = recorded.events.latest("id")
        assert (event.verb, event.actor) == ("archive", None)

    def test_what_is_incomplete_stays(self, recorded: Activity, village: Center, staff: User) -> None:
        bare = record(make_activity(village, day=HELD_ON), staff, note="")
        photograph(bare)
        nameless = record(make_activity(village, day=HELD_ON, kind=ActivityKind.INSPECTION), staff)
        photograph(nameless)
        inspection = record(make_inspection(village, make_organization(village), day=HELD_ON), staff)
        photograph(inspection)
        make_rectification(inspection)
        assert archive_old(now=self.after(recorded, days=30)) == 0

    def test_what_was_taken_out_stays_out_as_long_again(
        self, recorded: Activity, staff: User, above: User, clock: TestClock
    ) -> None:
        photograph(recorded)
        now = self.after(recorded)
        clock.move_to(now)
        archive_old(now=now)
        reopen_activity(actor=above, activity=recorded, reason="数错")
        assert archive_old(now=now + AFTER - DAY) == 0
        assert archive_old(now=now + AFTER) == 1


class TestMissingPhotos:
    MORNING = dt.datetime(2026, 11, 27, 9, tzinfo=portal_clock.SHANGHAI)

    def chase(self, clock: TestClock, moment: dt.datetime) -> int:
        clock.move_to(moment)
        return chase_missing_photos(now=moment)

    def test_asked_for_once_three_days_after(self, recorded: Activity, staff: User, clock: TestClock) -> None:
        assert self.chase(clock, self.MORNING - dt.timedelta(minutes=1)) == 0
        assert self.chase(clock, self.MORNING - DAY) == 0
        assert self.chase(clock, self.MORNING) == 1
        assert self.chase(clock, self.MORNING) == self.chase(clock, self.MORNING + 3 * DAY) == 0
        [told] = Outbox.objects.filter(kind=kind_messages.PHOTO_MISSING)
        assert told.recipient == staff
        text = kind_messages.photo_texts(told.kind, [recorded.reference])[recorded.reference]
        assert text.is_current
        photograph(recorded)
        assert not kind_messages.photo_texts(told.kind, [recorded.reference])[recorded.reference].is_current

    def test_not_with_a_photo_nor_with_a_reason_nor_of_long_ago(
        self, recorded: Activity, village: Center, staff: User, clock: TestClock
    ) -> None:
        assert self.chase(clock, self.MORNING + 12 * DAY) == 0
        photograph(recorded)
        reasoned = record(make_activity(village, day=HELD_ON), staff)
        ActivityRecord.objects.filter(activity=reasoned).update(
            no_photo_reason="无", recorded_at=self.MORNING - 3 * DAY
        )
        assert self.chase(clock, self.MORNING) == 0


class TestPages:
    @pytest.fixture
    def client(self, staff: User) -> Client:
        client = Client()
        client.force_login(staff)
        return client

    def test_from_the_desk_into_the_archive_and_out_again(
        self, client: Client, recorded: Activity, above: User
    ) -> None:
        address = reverse("activities:archive_create", args=[recorded.reference])
        assert address in client.get(recorded.get_desk_url()).content.decode()
        wrong = client.post(address, {"no_photo_reason": " "})
        assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["no_photo_reason"])
        assert client.post(address, {"no_photo_reason": "相机送修"}).status_code == 302
        assert client.post(address, {"no_photo_reason": "相机送修"}).status_code == 409
        desk = client.get(recorded.get_desk_url()).content.decode()
        reopen = reverse("activities:archive_reopen", args=[recorded.reference])
        assert reverse("activities:record_revise", args=[recorded.reference]) not in desk and reopen not in desk
        revised = client.post(
            reverse("activities:record_revise", args=[recorded.reference]), {"attendance": "3", "reason": "数错"}
        )
        assert revised.status_code == 409
        assert client.get(reopen).status_code == 403
        town = Client()
        town.force_login(above)
        assert reopen in town.get(recorded.get_desk_url()).content.decode()
        assert town.post(reopen, {"reason": ""}).status_code == 422
        assert town.post(reopen, {"reason": "数错"}).status_code == 302
        assert town.post(reopen, {"reason": "数错"}).status_code == 409

    def test_what_is_missing_leads_to_where_it_is_added(self, client: Client, village: Center, staff: User) -> None:
        bare = record(make_activity(village, day=HELD_ON, kind=ActivityKind.INSPECTION), staff, note="")
        page = client.get(reverse("activities:archive_create", args=[bare.reference])).content.decode()
        for name in ("record_revise", "photo_list", "inspection_detail"):
            assert reverse(f"activities:{name}", args=[bare.reference]) in page
        unrecorded = make_activity(village, day=HELD_ON)
        assert client.get(reverse("activities:archive_create", args=[unrecorded.reference])).status_code == 200
