"""Photos of activities: the file first, then its row, so that no row ever points to a file that isn't there."""

import datetime as dt
import uuid
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityState
from activities.models import Activity, Photo
from activities.models.photos import new_name
from activities.services.activities import locked, must_handle
from activities.values.images import as_plain_jpeg
from common import clock

STORAGE = "photos"
MOST_PHOTOS = 3
# A file that has no row by then was left by an upload that was cut off.
ORPHAN_AFTER = dt.timedelta(days=1)


def add_photo(*, actor: User, activity: Activity, key: uuid.UUID, file: IO[bytes]) -> Photo:
    """Keep a photo of an activity that has begun. The same key again returns the photo that it made.

    Raises ActivityNotAllowed, NotHeldYet, TooManyPhotos, NotAnImage, HeicImage, ImageTooLarge.
    """
    must_handle(actor, activity)
    if (known := activity.photos.filter(key=key).first()) is not None:
        return known
    content, width, height = as_plain_jpeg(file)
    name = storages[STORAGE].save(new_name(), ContentFile(content))
    try:
        with transaction.atomic():
            activity = locked(activity)
            if (known := activity.photos.filter(key=key).first()) is None:
                _must_take_photos(activity)
                return activity.photos.create(
                    key=key, name=name, width=width, height=height, uploaded_by=actor, uploaded_at=clock.now()
                )
    except BaseException:
        storages[STORAGE].delete(name)
        raise
    storages[STORAGE].delete(name)
    return known


def remove_photo(*, actor: User, photo: Photo) -> None:
    """Take a photo away, its row first. Raises ActivityNotAllowed."""
    must_handle(actor, photo.activity)
    with transaction.atomic():
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


def sweep_orphans(*, now: dt.datetime) -> int:
    """Delete files that no row names and that are a day old. Returns how many."""
    storage = storages[STORAGE]
    _folders, names = storage.listdir("")
    old = [name for name in names if storage.get_modified_time(name) < now - ORPHAN_AFTER]
    known = set(Photo.objects.filter(name__in=old).values_list("name", flat=True))
    orphans = [name for name in old if name not in known]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def _must_take_photos(activity: Activity) -> None:
    if activity.state not in (ActivityState.PUBLISHED, ActivityState.RECORDED) or not activity.has_begun:
        raise refused.NotHeldYet
    if activity.photos.count() >= MOST_PHOTOS:
        raise refused.TooManyPhotos(most=MOST_PHOTOS)
