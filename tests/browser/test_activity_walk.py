"""From a booking to the record: published in two taps, two children, the waitlist, the door by code and wall, the record, its ledger.

By tap, by keyboard alone, and without JavaScript.
"""

import datetime as dt
import io
import time
from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from accounts.models import User
from activities.choices import SignUpState
from activities.models import Activity, ActivityRecord, Photo, SignUp
from bookings.choices import Purpose
from bookings.models import Booking, Space
from bookings.services.booking import create_booking
from bookings.values.slot_request import SlotRequest
from centers.choices import Role
from centers.models import Center
from common import clock
from tests.browser.activity_walk import Resident, Staff
from tests.browser.walk import Keys, Taps
from tests.factories.bookings import CONTACT
from tests.factories.centers import grant
from tests.factories.people import make_staff
from tests.support.browser import Mode
from tests.support.live import ahead, live_resident, live_space
from tests.support.server import PortalServer

CENTER = "330482002021"
PLACES = 2
MOST_SECONDS = 60
PHONE, PHONE_NOJS = Mode(360), Mode(360, javascript=False)
WAYS = pytest.mark.parametrize(
    ("mode", "means"),
    [(PHONE, Taps), (PHONE, Keys), (PHONE_NOJS, Taps)],
    ids=["by tap", "by keyboard", "without scripts"],
)


class Cast(NamedTuple):
    """The worker, the parent of two, the one who waits; and the booking it begins with."""

    worker: User
    parent: User
    waiting: User
    booking: Booking


@pytest.fixture
def cast(portal_server: PortalServer) -> Cast:
    portal_server.forget_limits()
    space = live_space(portal_server, code=CENTER)
    booker, parent, waiting = (live_resident(portal_server) for _ in range(3))
    with portal_server.database():
        Space.objects.filter(pk=space.pk).update(capacity=PLACES)
        worker = make_staff(f"worker-{User.objects.count()}", name="演示站长04")
        grant(worker, Center.objects.get(code=CENTER), Role.STAFF)
        booking = create_booking(
            actor=booker,
            request=SlotRequest(ahead(1, 9), ahead(1, 11), PLACES, space.pk, booker.pk),
            purpose=Purpose.RESIDENTS_MEETING,
            contact=CONTACT,
        )
    return Cast(worker, parent, waiting, booking)


@pytest.fixture
def time_passes(portal_server: PortalServer) -> Callable[..., Activity]:
    """`time_passes(activity, begun, ended)`: it began and ended so many minutes ago (negative: to come)."""

    def pass_to(activity: Activity, begun: int, ended: int) -> Activity:
        with portal_server.database():
            now = clock.now()
            starts_at, ends_at = (now - dt.timedelta(minutes=minutes) for minutes in (begun, ended))
            Activity.objects.filter(pk=activity.pk).update(starts_at=starts_at, ends_at=ends_at)
            return Activity.objects.get(pk=activity.pk)

    return pass_to


def photo(name: str) -> dict[str, object]:
    file = io.BytesIO()
    Image.new("RGB", (2000, 1500), "green").save(file, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


@WAYS
def test_from_a_booking_to_the_record(visit, portal_server, cast, time_passes, mode, means):
    staff = Staff(visit(mode, user=cast.worker), means())
    parent = Resident(visit(mode, user=cast.parent), means())
    other = Resident(visit(mode, user=cast.waiting), means())

    reference = staff.publish_from_booking(cast.booking.get_absolute_url())
    if isinstance(staff.means, Taps):
        assert staff.means.count == 2
    with portal_server.database():
        activity = Activity.objects.get(reference=reference)
    assert (activity.booking_id, activity.capacity) == (cast.booking.pk, PLACES)

    parent.choose(activity, CENTER)
    parent.add_children("演示孩子01", "演示孩子02")
    parent.tick("guardian_consent")
    parent.sign_up()
    other.choose(activity, CENTER)
    other.write("name", "演示居民09")
    waiting = other.sign_up()
    with portal_server.database():
        first, second = SignUp.objects.filter(activity=activity, state=SignUpState.IN).order_by("id")
        assert first.guardian_consent and second.guardian_consent
        assert SignUp.objects.get(code=waiting).state == SignUpState.WAITING

    parent.cancel(second.code)
    other.accept()
    with portal_server.database():
        assert SignUp.objects.get(code=waiting).state == SignUpState.IN

    activity = time_passes(activity, 10, -50)
    staff.check_in(activity, other.code_in_picture(waiting))
    parent.arrive(staff.code_on_the_wall(activity))

    activity = time_passes(activity, 70, 1)
    record(staff, portal_server, activity, is_offline=mode.javascript)
    with portal_server.database():
        activity.refresh_from_db()
        assert activity.attendance == 2
        assert ActivityRecord.objects.get(activity=activity).note == "写福字"
        assert Photo.objects.filter(activity=activity).count() == 2

    parent.open(reverse("pages:center_detail", args=[CENTER]))
    expect(parent.page.locator(f"#held a[href='{activity.get_absolute_url()}']")).to_be_visible()
    ledger = staff.look_up_ledger(activity)
    assert "写福字" in ledger and reference in ledger
    assert staff.page.locator(".photo-strip img").count() == 2
    other.open(reverse("pages:my_page"))
    expect(other.page.locator(f"a[href='/sign-ups/{waiting}/']")).to_be_visible()


def record(staff: Staff, server: PortalServer, activity: Activity, *, is_offline: bool) -> None:
    """Record it from the workbench, the network cut in the middle where scripts keep the draft."""
    page = staff.page
    began = time.monotonic()
    staff.find_what_to_record(activity)
    expect(page.locator("[name=attendance]")).to_have_value("2")
    if is_offline:
        staff.visitor.forgive("ERR_INTERNET_DISCONNECTED|Failed to load resource")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("caches.open('record-pages').then((one) => one.keys()).then((all) => all.length > 1)")
        staff.visitor.context.set_offline(True)
    staff.write("note", "写福字")
    page.locator("[name=photos]").set_input_files([photo("1.jpg"), photo("2.jpg")])
    staff.means.press(page.get_by_role("button", name="保存"))
    if is_offline:
        expect(page.locator("[data-record-status]")).to_contain_text("已存在本机")
        with server.database():
            assert not ActivityRecord.objects.filter(activity=activity).exists()
        staff.visitor.context.set_offline(False)
    page.wait_for_url(lambda url: "/record/" not in url)
    assert time.monotonic() - began <= MOST_SECONDS
