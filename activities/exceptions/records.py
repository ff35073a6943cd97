"""Refusals of records and photos."""

from typing import Self

from django.utils.translation import gettext_lazy as _

from activities.exceptions.base import ActivityError


class RecordError(ActivityError):
    """Base of what is refused when an activity is recorded."""

    code = "record_refused"


class NotHeldYet(RecordError):
    code = "not_held_yet"
    message = _("An activity is recorded once it has begun.")


class ReviseReasonMissing(RecordError):
    """Figures are made of records: why one was changed stands beside it."""

    code = "revise_reason_missing"
    message = _("Say why the record is corrected.")
    status = 400
    field = "reason"


class HeldInFuture(RecordError):
    code = "held_in_future"
    message = _("This time isn't past. Plan it as an activity, and record it once it was held.")
    status = 400
    field = "ends_at"


class BelowCheckedIn(RecordError):
    code = "below_checked_in"
    message = _("%(floor)s people were checked in or counted at the door: as many came at least.")
    status = 400
    field = "attendance"


class RecordedAlready(RecordError):
    code = "recorded_already"
    message = _("This activity was recorded already, with %(attendance)s people.")
    kept_photos = 0

    def with_photos(self, count: int) -> Self:
        """The same refusal, of a form whose photos were added to the record that stands."""
        self.kept_photos = count
        return self


class PhotoError(RecordError):
    """Base of what is refused of photos."""

    code = "photo_refused"
    status = 400
    field = "photos"


class NotAnImage(PhotoError):
    code = "not_an_image"
    message = _("This file isn't a photo that can be read. Send a JPEG, PNG or WebP.")


class HeicImage(PhotoError):
    code = "heic_image"
    message = _(
        "HEIC photos can't be read here. In the phone's camera settings choose “Most compatible”, or send a JPEG."
    )


class ImageTooLarge(PhotoError):
    code = "image_too_large"
    message = _("This photo is too large: at most 15 MB and 60 megapixels.")


class TooManyPhotos(PhotoError):
    code = "too_many_photos"
    message = _("An activity keeps %(most)s photos. Take one away first.")
    status = 409


class PhotoConsentMissing(PhotoError):
    code = "photo_consent_missing"
    message = _("Say who consented, and how, before residents can see the photo.")
    field = "consent"
