"""A worker on a phone records an activity while the network goes away and comes back: it arrives once, with its photos."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from accounts.models import User
from activities.models import Activity, ActivityRecord, Photo
from centers.choices import Role
from centers.models import Center
from common import clock
from tests.factories.activities import make_activity
from tests.factories.centers import grant
from tests.factories.people import make_staff
from tests.support.browser import Mode
from tests.support.server import PortalServer

# Not the center whose pages other tests read.
CENTER = "330482002011"
PHONE = Mode(360)


@pytest.fixture
def worker(portal_server: PortalServer) -> User:
    with portal_server.database():
        number = User.objects.count()
        staff = make_staff(f"recorder-{number}", name="演示站长02")
        grant(staff, Center.objects.get(code=CENTER), Role.STAFF)
        return staff


@pytest.fixture
def held(portal_server: PortalServer) -> Activity:
    """An activity that ended a few minutes ago."""
    with portal_server.database():
        activity = make_activity(Center.objects.get(code=CENTER))
        now = clock.now()
        Activity.objects.filter(pk=activity.pk).update(starts_at=now - dt.timedelta(hours=2), ends_at=now)
        return activity


def photo(name: str) -> dict[str, object]:
    file = io.BytesIO()
    Image.new("RGB", (2400, 1200), "red").save(file, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_the_network_is_cut_in_the_middle_and_the_record_arrives_once(visit, portal_server, worker, held):
    visitor = visit(PHONE, user=worker)
    # What isn't there without a network is said in the console too.
    visitor.forgive("ERR_INTERNET_DISCONNECTED|Failed to load resource")
    page = visitor.open(reverse("activities:record_create", args=[held.reference]))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.open('record-pages').then((one) => one.keys()).then((all) => all.length > 1)")

    visitor.context.set_offline(True)
    page.locator("[name=attendance]").fill("12")
    page.locator("[name=note]").fill("写福字，送福字")
    page.locator("[name=photos]").set_input_files([photo("1.jpg"), photo("2.jpg")])
    page.get_by_role("button", name="保存").click()
    expect(page.locator("[data-record-status]")).to_contain_text("已存在本机")

    # The page itself comes back without a network, with what was typed.
    page.reload()
    expect(page.locator("[name=attendance]")).to_have_value("12")
    expect(page.locator("[data-record-status]")).to_contain_text("已存在本机")
    with portal_server.database():
        assert not ActivityRecord.objects.filter(activity=held).exists()

    visitor.context.set_offline(False)
    page.wait_for_url(lambda url: not url.endswith("/record/"))
    with portal_server.database():
        held.refresh_from_db()
        assert held.attendance == 12
        assert ActivityRecord.objects.get(activity=held).note == "写福字，送福字"
        photos = list(Photo.objects.filter(activity=held))
        assert [(one.width, one.height) for one in photos] == [(1600, 800)] * 2


def test_the_next_person_on_the_phone_sees_no_draft(visit, portal_server, worker, held):
    visitor = visit(PHONE, user=worker)
    address = reverse("activities:record_create", args=[held.reference])
    page = visitor.open(address)
    page.locator("[name=note]").fill("没写完")
    page.wait_for_function(
        "new Promise((done) => { const all = indexedDB.open('records'); all.onsuccess = () => all.result"
        ".transaction('drafts').objectStore('drafts').count().onsuccess = (e) => done(e.target.result === 1); })"
    )
    page.reload()
    expect(page.locator("[name=note]")).to_have_value("没写完")

    with portal_server.database():
        colleague = make_staff(f"next-{User.objects.count()}", name="演示站长03")
        grant(colleague, Center.objects.get(code=CENTER), Role.STAFF)
    visitor.context.add_cookies([{**portal_server.session_cookie(colleague), "url": portal_server.url}])
    page.goto(address)
    expect(page.locator("[name=note]")).to_have_value("")


def chosen(page) -> list[str]:
    return page.evaluate("[...document.querySelector('[name=photos]').files].map((one) => one.name)")


def is_drawn(page, place: int) -> bool:
    """Whether something red stands in the middle of a preview."""
    return page.evaluate(
        f"document.querySelectorAll('.photo-previews canvas')[{place}].getContext('2d').getImageData(104, 104, 1, 1)"
        ".data[0] > 200"
    )


def test_photos_are_seen_before_they_are_sent_and_taken_out_by_keyboard(visit, portal_server, worker, held):
    visitor = visit(PHONE, user=worker)
    page = visitor.open(reverse("activities:record_create", args=[held.reference]))
    previews = page.locator(".photo-previews li")
    page.locator("[name=photos]").set_input_files([photo("1.jpg"), photo("2.jpg")])
    expect(previews).to_have_count(2)
    page.wait_for_function("document.querySelector('.photo-previews canvas')")
    page.wait_for_timeout(300)
    assert is_drawn(page, 0) and is_drawn(page, 1)
    page.locator("[name=photos]").set_input_files([photo("3.jpg"), photo("4.jpg")])
    expect(previews).to_have_count(4)
    assert chosen(page) == ["1.jpg", "2.jpg", "3.jpg", "4.jpg"], "choosing more adds to them"
    expect(page.locator("[data-photos-chosen]")).to_contain_text("最多")

    first = page.get_by_role("button", name="删去这张 照片 1")
    first.focus()
    page.keyboard.press("Enter")
    expect(previews).to_have_count(3)
    assert chosen(page) == ["2.jpg", "3.jpg", "4.jpg"]
    assert page.evaluate("document.activeElement.closest('.photo-previews') !== null"), "the next one has the focus"
    page.wait_for_timeout(500)
    page.reload()
    expect(previews).to_have_count(3)
    page.locator("[name=attendance]").fill("12")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(lambda url: not url.endswith("/record/"))
    with portal_server.database():
        assert Photo.objects.filter(activity=held).count() == 3
