"""Refusals of archiving, and of changing what is in the archive."""

from django.utils.translation import gettext_lazy as _

from activities.exceptions.base import ActivityError


class ArchiveError(ActivityError):
    """Base of what is refused about the archive."""

    code = "archive_refused"


class NotRecorded(ArchiveError):
    code = "not_recorded"
    message = _("Only a recorded activity goes into the archive.")


class NotArchived(ArchiveError):
    code = "not_archived"
    message = _("This activity isn't in the archive.")


class ActivityArchived(ArchiveError):
    code = "activity_archived"
    message = _("It is in the archive. The center above can take it out again.")


class RecordLineMissing(ArchiveError):
    code = "record_line_missing"
    message = _("The record has no line yet. Correct the record: say in one line what was done.")


class NoPhotoReasonMissing(ArchiveError):
    code = "no_photo_reason_missing"
    message = _("There is no photo. Add one, or say why there is none.")
    status = 400
    field = "no_photo_reason"


class InspectedMissing(ArchiveError):
    code = "inspected_missing"
    message = _("Say which organisation was inspected first.")


class RectificationsUnverified(ArchiveError):
    code = "rectifications_unverified"
    message = _("Not all that had to be put right is verified.")


class ReopenReasonMissing(ArchiveError):
    code = "reopen_reason_missing"
    message = _("Say why it is taken out of the archive.")
    status = 400
    field = "reason"
