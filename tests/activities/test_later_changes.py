"""Changes after the fact: whatever hangs on a sign-up, a date or a record follows, and says so."""

import datetime as dt
import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from activities.choices import SeriesRule, SignUpState
from activities.messages import MOVED, texts_of
from activities.models import Activity, InspectionDetail, SignUp
from activities.selectors.calendar import feed_events
from activities.services.activities import cancel_activity, create_activity, edit_activity
from activities.services.chasing import chase_rectifications
from activities.services.check_in import check_in
from activities.services.inspections import demand_rectification, write_findings
from activities.services.photos import NewPhoto
from activities.services.records import record_activity
from activities.services.series import edit_later, repeat_activity
from activities.services.sign_ups import leave
from activities.values.details import TrainingPlan
from centers.models import Center
from common import clock as portal_clock
from tests.factories.activities import D, join, make_activity, make_plan
from tests.factories.bookings import book, make_space
from tests.factories.kinds import make_inspection
from tests.factories.organizations import make_organization
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = dt.timedelta(minutes=30)
NEXT_WEEKS = [D + dt.timedelta(weeks=n) for n in (1, 2)]


@pytest.fixture
def here(village: Center, staff: User, clock: TestClock) -> SignUp:
    """Checked in half an hour before the beginning."""
    activity = make_activity(village, capacity=5)
    sign_up = join(activity, 1)
    clock.move_to(activity.starts_at - HALF_AN_HOUR)
    return check_in(actor=staff, activity=activity, code=sign_up.code)


@pytest.mark.parametrize("way", ["page", "api", "desk"])
def test_who_leaves_from_the_door_is_not_here_any_more(here: SignUp, staff: User, way: str) -> None:
    client = Client()
    client.force_login(staff if way == "desk" else here.made_by)
    if way == "desk":
        answer = client.post(
            reverse("activities:desk_remove", args=[here.activity.reference, here.code]), {"reason": "临时有事"}
        )
    elif way == "api":
        answer = client.post(f"/api/v1/sign-ups/{here.code}/leave/")
    else:
        answer = client.post(reverse("activities:sign_up_leave", args=[here.code]))
    assert answer.status_code in (200, 302)
    here.refresh_from_db()
    assert here.state in (SignUpState.LEFT, SignUpState.REMOVED) and here.checked_in_at is None
    assert [event.verb for event in here.events.order_by("id")][-2] == "undo_check_in"


def test_a_start_that_is_moved_undoes_who_was_here(here: SignUp, staff: User) -> None:
    edit_activity(actor=staff, activity=here.activity, plan=make_plan(day=NEXT_WEEKS[0], capacity=5))
    here.refresh_from_db()
    assert here.checked_in_at is None and here.state == SignUpState.IN


def test_all_later_dates_get_details_and_moments_that_were_not_there(village: Center, staff: User) -> None:
    plan = make_plan(kind="training", detail=TrainingPlan("线", None, ""))
    activity = create_activity(actor=staff, center=village, plan=plan, publish=True)
    repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=NEXT_WEEKS)
    early = dt.timedelta(hours=5)
    changed = make_plan(
        kind="training", detail=TrainingPlan("新线", None, "survey"), sign_up_closes_at=activity.starts_at - early
    )
    edit_later(actor=staff, activity=activity, plan=changed)
    dates = Activity.objects.select_related("training").order_by("starts_at")
    assert [(one.training.track, one.starts_at - one.sign_up_closes_at) for one in dates] == [("新线", early)] * 3


def test_what_goes_on_can_last_longer(village: Center, staff: User, clock: TestClock) -> None:
    activity = make_activity(village, capacity=5)
    clock.move_to(activity.starts_at + HALF_AN_HOUR)
    longer = edit_activity(actor=staff, activity=activity, plan=make_plan(14, 17, capacity=5))
    assert longer.ends_at - longer.starts_at == dt.timedelta(hours=3)


def test_another_room_is_named_and_a_time_that_stands_is_not_told_as_changed(village: Center, staff: User) -> None:
    room, hall = make_space(village), make_space(village, "一楼大厅")
    booking = book(staff, room, 13.5, 16.5, day=D)
    plan = make_plan(place=room.name)
    activity = create_activity(actor=staff, center=village, plan=plan, booking=booking, publish=True)
    code = join(activity, 1).code
    edit_activity(actor=staff, activity=activity, plan=plan, space=hall)
    body = texts_of(MOVED, [code])[code].body
    assert "一楼大厅" in body and "原定" not in body


def test_a_place_changed_after_a_move_does_not_tell_of_the_move_again(village: Center, staff: User) -> None:
    activity = make_activity(village)
    code = join(activity, 1).code
    edit_activity(actor=staff, activity=activity, plan=make_plan(day=NEXT_WEEKS[0]))
    assert "原定" in texts_of(MOVED, [code])[code].body
    edit_activity(actor=staff, activity=activity, plan=make_plan(day=NEXT_WEEKS[0], place="别处"))
    body = texts_of(MOVED, [code])[code].body
    assert "别处" in body and "原定" not in body


def test_who_signs_up_again_is_in_again_in_every_calendar(village: Center) -> None:
    activity = make_activity(village)
    first = join(activity, 1)
    account = first.made_by

    def event() -> Any:
        [found] = feed_events(account, lambda address: address)
        return found

    sequences = [event().sequence]
    leave(actor=account, sign_up=first)
    sequences.append(event().sequence)
    join(activity, 1)
    sequences.append(event().sequence)
    assert sequences == sorted(set(sequences)) and not event().is_cancelled


def test_a_photo_added_before_a_record_is_sent_again_is_kept(
    village: Center, staff: User, settings: Any, tmp_path: Path, clock: TestClock
) -> None:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "photos": backend}
    activity, key, file = make_activity(village, day=dt.date(2026, 11, 20)), uuid.uuid4(), io.BytesIO()
    Image.new("RGB", (30, 30)).save(file, "JPEG")
    file.seek(0)
    record_activity(actor=staff, activity=activity, key=key, attendance=20)
    record_activity(actor=staff, activity=activity, key=key, attendance=20, photos=[NewPhoto(uuid.uuid4(), file)])
    assert activity.photos.count() == 1


def test_findings_demands_and_co_hosts_leave_a_trace(village: Center, staff: User) -> None:
    one, two = make_organization(village), make_organization(village, "演示第二党支部")
    inspection = make_inspection(village, one, state="recorded", attendance=3)
    write_findings(actor=staff, activity=inspection, organization_id=two.pk, findings="缺记录")
    detail = InspectionDetail.objects.get()
    demand_rectification(
        actor=staff, inspection=detail, what="补齐", due_on=portal_clock.today(), answers_for="书记", key=uuid.uuid4()
    )
    changes = [event.changes for event in inspection.events.order_by("id")]
    assert changes[0] == {"organization": [one.pk, two.pk], "findings": ["", "缺记录"]}
    assert changes[1] == {"rectification": ["", "补齐"]}
    hosted, other = make_activity(village), Center.objects.get(code="330482001002")
    edit_activity(actor=staff, activity=hosted, plan=make_plan(), co_hosts=[other])
    assert hosted.events.get().changes == {"co_hosts": [[], [other.code]]}


def test_a_demand_of_an_inspection_that_was_called_off_is_not_chased(
    village: Center, staff: User, clock: TestClock
) -> None:
    inspection = make_inspection(village, make_organization(village))
    demand_rectification(
        actor=staff,
        inspection=inspection.inspection,
        what="补齐",
        due_on=portal_clock.today(),
        answers_for="书记",
        key=uuid.uuid4(),
    )
    cancel_activity(actor=staff, activity=inspection, reason="没去成")
    clock.advance(days=3)
    assert chase_rectifications(now=clock.now) == 0
