"""Photos: read by content, turned upright, stripped, kept once, shown with permission, never without their row."""

import io
import os
import struct
import uuid
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from activities import exceptions as refused
from activities.models import Activity, Photo
from activities.services import photos
from activities.services.activities import cancel_activity
from activities.services.archiving import archive_activity
from activities.services.check_in import check_in
from activities.services.photos import NewPhoto
from activities.services.records import record_activity
from activities.values.images import LONGEST_SIDE, as_plain_jpeg
from centers.models import Center
from common import clock as portal_clock
from tests.factories.activities import join, make_activity
from tests.support.time import TestClock

WHERE = "GPS in Pinghu"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """The photo storage, in a directory of the test's own."""
    backend = {**settings.STORAGES["photos"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "photos": backend}
    return tmp_path


@pytest.fixture
def held(village: Center, clock: TestClock) -> Activity:
    activity = make_activity(village)
    clock.move_to(activity.ends_at)
    return activity


def add(actor: User, activity: Activity, file: io.BytesIO, key: uuid.UUID | None = None) -> Photo:
    [photo] = photos.add_photos(actor=actor, activity=activity, photos=[NewPhoto(key or uuid.uuid4(), file)])
    return photo


def picture(width: int = 40, height: int = 20, kind: str = "JPEG", **options: Any) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(file, kind, **options)
    file.seek(0)
    return file


def turned() -> io.BytesIO:
    """A phone's photo: lying on its side, with a note of where and by what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = WHERE
    return picture(exif=exif)


def test_a_photo_is_upright_and_says_nothing_of_where_it_was_taken(held: Activity, staff: User, folder: Path) -> None:
    photo = add(staff, held, turned())
    content = (folder / photo.name).read_bytes()
    assert (photo.width, photo.height) == (20, 40)
    assert WHERE.encode() not in content
    with Image.open(io.BytesIO(content)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((20, 40), {})


def test_a_large_photo_is_made_smaller() -> None:
    _content, width, height = as_plain_jpeg(picture(8000, 5000))
    assert (width, height) == (LONGEST_SIDE, LONGEST_SIDE * 5 // 8)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_counts_is_the_content(kind: str) -> None:
    content, _width, _height = as_plain_jpeg(picture(kind=kind))
    assert content.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", refused.NotAnImage),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", refused.NotAnImage),
        (b"GIF89a" + b"\x00" * 40, refused.NotAnImage),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, refused.NotAnImage),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, refused.HeicImage),
        (b"\xff\xd8" + b"\x00" * (15 * 1024 * 1024), refused.ImageTooLarge),
    ],
    ids=["empty", "svg", "gif", "broken", "heic", "15 MB"],
)
def test_what_is_no_photo_gets_a_sentence(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        as_plain_jpeg(io.BytesIO(content))


def test_a_photo_of_sixty_megapixels_and_more_is_refused_before_it_is_read() -> None:
    """As a header alone: a PNG may say any size."""
    file = picture(kind="PNG")
    content = bytearray(file.getvalue())
    content[16:24] = struct.pack(">II", 10_000, 9_000)
    content[29:33] = struct.pack(">I", zlib.crc32(bytes(content[12:29])))
    with pytest.raises(refused.ImageTooLarge):
        as_plain_jpeg(io.BytesIO(bytes(content)))


def test_what_was_hidden_behind_a_picture_is_gone() -> None:
    content, _width, _height = as_plain_jpeg(io.BytesIO(picture().getvalue() + b"<?php hidden ?>"))
    assert b"hidden" not in content


def test_sent_twice_it_is_kept_once_and_a_fourth_is_refused(held: Activity, staff: User, folder: Path) -> None:
    key = uuid.uuid4()
    first = add(staff, held, picture(), key)
    assert add(staff, held, picture(), key) == first
    assert add(staff, held, io.BytesIO(b"known by its key, so never read"), key) == first
    for _ in range(2):
        add(staff, held, picture())
    with pytest.raises(refused.TooManyPhotos):
        add(staff, held, picture())
    assert sorted(os.listdir(folder)) == sorted(Photo.objects.values_list("name", flat=True))


def test_no_file_is_left_where_its_row_could_not_be_written(
    held: Activity, staff: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(activity: Activity, count: int) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(photos, "_must_take_photos", broken)
    with pytest.raises(DatabaseError):
        add(staff, held, picture())
    assert os.listdir(folder) == []


def test_the_sweep_takes_old_files_without_a_row_alone(held: Activity, staff: User, folder: Path) -> None:
    kept = add(staff, held, picture())
    for name in ("old.jpg", "new.jpg"):
        (folder / name).write_bytes(b"x")
    yesterday = portal_clock.now().timestamp() - 2 * 86_400
    now = portal_clock.now().timestamp()
    for name, moment in (("old.jpg", yesterday), ("new.jpg", now), (kept.name, yesterday)):
        os.utime(folder / name, (moment, moment))
    assert photos.sweep_orphans(now=portal_clock.now()) == 1
    assert sorted(os.listdir(folder)) == sorted(["new.jpg", kept.name])


def test_residents_see_it_with_consent_as_long_as_they_see_the_activity(
    held: Activity, staff: User, resident: User, client: Client
) -> None:
    photo = add(staff, held, picture())
    assert client.get(photo.get_absolute_url()).status_code == 404
    client.force_login(resident)
    assert client.get(photo.get_absolute_url()).status_code == 404
    with pytest.raises(refused.PhotoConsentMissing):
        photos.show_photo(actor=staff, photo=photo, consent=" ")
    photos.show_photo(actor=staff, photo=photo, consent="现场口头同意")
    answer = client.get(photo.get_absolute_url())
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert Client().get(photo.get_absolute_url())["Cache-Control"] == "private, no-cache"
    Activity.objects.filter(pk=held.pk).update(is_listed=False)
    assert client.get(photo.get_absolute_url()).status_code == 404


def test_a_consent_taken_back_hides_the_photo_even_of_what_is_archived(
    held: Activity, staff: User, resident: User, client: Client
) -> None:
    photo = add(staff, held, picture())
    photos.show_photo(actor=staff, photo=photo, consent="现场口头同意")
    record_activity(actor=staff, activity=held, key=uuid.uuid4(), attendance=9, note="写福字")
    archive_activity(actor=staff, activity=held)
    hide = reverse("activities:photo_hide", args=[held.reference, photo.name])
    client.force_login(resident)
    assert (client.get(photo.get_absolute_url()).status_code, client.post(hide).status_code) == (200, 404)
    client.force_login(staff)
    assert hide in client.get(reverse("activities:photo_list", args=[held.reference])).content.decode()
    assert client.post(hide).status_code == 302
    assert Client().get(photo.get_absolute_url()).status_code == 404
    photo.refresh_from_db()
    assert photo.consent == "现场口头同意", "who had consented stays on record"


def test_who_shows_a_photo_sees_who_did_not_agree_to_be_in_it(
    village: Center, staff: User, client: Client, clock: TestClock
) -> None:
    activity = make_activity(village)
    first, second = join(activity, 1), join(activity, 2, photo_consent=True)
    clock.move_to(activity.starts_at)
    for sign_up in (first, second):
        check_in(actor=staff, activity=activity, code=sign_up.code)
    clock.move_to(activity.ends_at)
    add(staff, activity, picture())
    client.force_login(staff)
    html = client.get(reverse("activities:photo_list", args=[activity.reference])).content.decode()
    assert first.participant.name in html and second.participant.name not in html


def test_only_the_center_adds_and_takes_away_photos(held: Activity, resident: User, staff: User, folder: Path) -> None:
    with pytest.raises(refused.ActivityNotAllowed):
        add(resident, held, picture())
    photo = add(staff, held, picture())
    with pytest.raises(refused.ActivityNotAllowed):
        photos.remove_photo(actor=resident, photo=photo)
    assert storages["photos"].exists(photo.name)


def test_no_photos_of_what_has_not_begun_or_was_called_off(village: Center, staff: User, clock: TestClock) -> None:
    coming = make_activity(village)
    with pytest.raises(refused.NotHeldYet):
        add(staff, coming, picture())
    cancel_activity(actor=staff, activity=coming, reason="台风")
    clock.move_to(coming.ends_at)
    with pytest.raises(refused.NotHeldYet):
        add(staff, coming, picture())


def test_photos_come_with_the_record_or_nothing_does(held: Activity, staff: User, client: Client, folder: Path) -> None:
    """By the page: a photo that can't be read holds the record back, in words at its field."""
    client.force_login(staff)
    url = reverse("activities:record_create", args=[held.reference])
    key = str(uuid.uuid4())
    sent = {"key": key, "attendance": "12", "note": ""}
    broken = SimpleUploadedFile("a.jpg", b"<svg/>")
    answer = client.post(url, {**sent, "photos": [picture(), broken]})
    assert answer.status_code == 400
    assert "照片" in answer.content.decode()
    held.refresh_from_db()
    assert (held.attendance, os.listdir(folder)) == (None, [])
    for _ in range(2):
        assert client.post(url, {**sent, "photos": [picture(), picture()]}).status_code == 302
    assert Photo.objects.count() == len(os.listdir(folder)) == 2


def test_photos_of_who_came_second_are_added_to_the_record_that_stands(
    held: Activity, staff: User, client: Client, folder: Path
) -> None:
    client.force_login(staff)
    record_activity(actor=staff, activity=held, key=uuid.uuid4(), attendance=9)
    add(staff, held, picture())
    sent = {"key": str(uuid.uuid4()), "attendance": "30", "note": "我写的"}
    address = reverse("activities:record_create", args=[held.reference])
    for _ in range(2):
        answer = client.post(address, {**sent, "photos": [picture() for _ in range(3)]})
        assert answer.status_code == 409
        assert held.photos.count() == 3, "as many as there is room for, and no more the second time"
    held.refresh_from_db()
    assert (held.attendance, held.record.note) == (9, "")
    assert sorted(os.listdir(folder)) == sorted(Photo.objects.values_list("name", flat=True))


def test_the_page_of_photos(held: Activity, staff: User, client: Client) -> None:
    photo = add(staff, held, picture())
    client.force_login(staff)
    url = reverse("activities:photo_list", args=[held.reference])
    assert photo.get_absolute_url() in client.get(url).content.decode()
    client.post(url, {"key": str(uuid.uuid4()), "photos": [picture()]})
    assert held.photos.count() == 2
    show = reverse("activities:photo_show", args=[held.reference, photo.name])
    client.post(show, {"consent": ""})
    assert not Photo.objects.public().exists()
    client.post(show, {"consent": "现场口头同意"})
    assert Photo.objects.public().get() == photo
    client.post(reverse("activities:photo_remove", args=[held.reference, photo.name]))
    assert held.photos.count() == 1
