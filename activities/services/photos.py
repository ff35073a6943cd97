"""Photos of activities: the file first, then its row, so that no row ever points to a file that isn't there."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityState
from activities.domain.locks import locked
from activities.models import Activity, Photo
from activities.models.photos import new_name
from activities.services.activities import must_handle
from activities.values.images import as_plain_jpeg
from common import clock
from common.orphan_files import delete_orphans

STORAGE = "photos"
MOST_PHOTOS = 3


@dataclasses.dataclass(frozen=True)
class NewPhoto:
    """A photo that was sent, under the key by which it is known again."""

    key: uuid.UUID
    file: IO[bytes]


@dataclasses.dataclass(frozen=True)
class StoredFile:
    """A file in the photo storage that has no row yet."""

    key: uuid.UUID
    name: str
    width: int
    height: int


def add_photos(*, actor: User, activity: Activity, photos: Sequence[NewPhoto]) -> list[Photo]:
    """Keep photos of an activity that has begun: all, or none. What was sent before under the same key is kept once.

    Raises ActivityNotAllowed, NotHeldYet, ActivityArchived, TooManyPhotos, NotAnImage, HeicImage, ImageTooLarge.
    """
    must_handle(actor, activity)
    with stored(activity, photos) as files, transaction.atomic():
        activity = locked(activity)
        keep_rows(actor, activity, files)
        return list(activity.photos.filter(key__in=[photo.key for photo in photos]))


@contextmanager
def stored(activity: Activity, photos: Sequence[NewPhoto]) -> Iterator[list[StoredFile]]:
    """Write the files of photos that the activity doesn't have yet; those without a row at the end are deleted again.

    Raises NotAnImage, HeicImage, ImageTooLarge.
    """
    storage, files = storages[STORAGE], list[StoredFile]()
    known = set(activity.photos.filter(key__in=[photo.key for photo in photos]).values_list("key", flat=True))
    try:
        for photo in photos:
            if photo.key in known:
                continue
            content, width, height = as_plain_jpeg(photo.file)
            name = storage.save(new_name(), ContentFile(content))
            files.append(StoredFile(photo.key, name, width, height))
        yield files
    except BaseException:
        for file in files:
            storage.delete(file.name)
        raise
    names = {file.name for file in files}
    for name in names - set(Photo.objects.filter(name__in=names).values_list("name", flat=True)):
        storage.delete(name)


def keep_rows(actor: User, activity: Activity, files: Sequence[StoredFile]) -> list[Photo]:
    """Write the missing rows of stored files, of an activity that is locked. Raises NotHeldYet, TooManyPhotos."""
    known = set(activity.photos.values_list("key", flat=True))
    fresh = [file for file in files if file.key not in known]
    if fresh:
        _must_take_photos(activity, len(known) + len(fresh))
    return [
        activity.photos.create(
            key=file.key,
            name=file.name,
            width=file.width,
            height=file.height,
            uploaded_by=actor,
            uploaded_at=clock.now(),
        )
        for file in fresh
    ]


def room_for_photos(activity: Activity) -> int:
    """Number of photos that may still be added to an activity that is recorded."""
    return MOST_PHOTOS - activity.photos.count() if activity.state == ActivityState.RECORDED else 0


def remove_photo(*, actor: User, photo: Photo) -> None:
    """Take a photo away, its row first. Raises ActivityNotAllowed, ActivityArchived: evidence stays what it was."""
    must_handle(actor, photo.activity)
    with transaction.atomic():
        if locked(photo.activity).state == ActivityState.ARCHIVED:
            raise refused.ActivityArchived
        photo.delete()
        transaction.on_commit(lambda: storages[STORAGE].delete(photo.name))


def show_photo(*, actor: User, photo: Photo, consent: str) -> Photo:
    """Show a photo to residents. Raises ActivityNotAllowed, PhotoConsentMissing: who agreed, and how."""
    must_handle(actor, photo.activity)
    if not consent.strip():
        raise refused.PhotoConsentMissing
    photo.is_public, photo.consent = True, consent.strip()
    photo.save(update_fields=["is_public", "consent"])
    return photo


def hide_photo(*, actor: User, photo: Photo) -> Photo:
    """Keep a photo from residents again, also of what is archived. Raises ActivityNotAllowed.

    A consent may be taken back. Who had consented stays on record.
    """
    must_handle(actor, photo.activity)
    photo.is_public = False
    photo.save(update_fields=["is_public"])
    return photo


def sweep_orphans(*, now: dt.datetime) -> int:
    """Delete files that no row names and that are a day old. Returns how many."""
    return delete_orphans(
        storages[STORAGE], lambda names: Photo.objects.filter(name__in=names).values_list("name", flat=True), now=now
    )


def _must_take_photos(activity: Activity, count: int) -> None:
    if activity.state == ActivityState.ARCHIVED:
        raise refused.ActivityArchived
    if activity.state not in (ActivityState.PUBLISHED, ActivityState.RECORDED) or not activity.has_begun:
        raise refused.NotHeldYet
    if count > MOST_PHOTOS:
        raise refused.TooManyPhotos(most=MOST_PHOTOS)
