"""A file or an activity that somebody asks the ledger of. Outside one's centers it doesn't exist (Http404)."""

import uuid

from django.shortcuts import get_object_or_404

from activities.models import Activity
from centers.access import Viewer
from ledger.models import LedgerExport
from ledger.querysets import kept


def kept_activity(user: Viewer, reference: str) -> Activity:
    """The activity of that reference if `user` works for the center that leads it and there is something to keep."""
    led: Activity = get_object_or_404(kept(Activity.objects.manageable_by(user)), reference=reference)
    return led


def own_export(user: Viewer, key: uuid.UUID) -> LedgerExport:
    """The file with this key if `user` works for the center it is about."""
    found = LedgerExport.objects.manageable_by(user).select_related("center", "activity", "made_by")
    return get_object_or_404(found, key=key)
