"""An activity or a center that somebody is about to work on. Outside one's centers it doesn't exist (Http404)."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from activities import permissions
from activities.models import Activity, Rectification, SignUp, VisitRequest
from centers import access
from centers.choices import WORKING
from centers.models import Center


def led_activity(user: access.Viewer, reference: str) -> Activity:
    """The activity of that reference if `user` works for the center that leads it."""
    mine = Activity.objects.manageable_by(user).select_related("center", "booking__space__center")
    return get_object_or_404(mine, reference=reference)


def led_sign_up(user: access.Viewer, activity: Activity, code: str) -> SignUp:
    """The sign-up of that code for an activity that `led_activity` has loaded."""
    found = SignUp.objects.manageable_by(user).filter(activity=activity).select_related("participant__account")
    sign_up: SignUp = get_object_or_404(found, code=code)
    return sign_up


def must_manage_themes(user: access.Viewer) -> None:
    """Raise Http404 for all but those who manage themes and campaigns."""
    if not permissions.can_manage_themes(user):
        raise Http404


def answered_visit(user: access.Viewer, reference: str) -> VisitRequest:
    """The request for a visit of that reference if `user` works for the center asked."""
    mine = VisitRequest.objects.manageable_by(user).select_related("center", "asker", "activity")
    return get_object_or_404(mine, reference=reference)


def demanded_rectification(user: access.Viewer, pk: int) -> Rectification:
    """The rectification of that id if `user` works for the center that demanded it or that of the organisation."""
    mine = Rectification.objects.manageable_by(user).select_related(
        "inspection__activity__center", "inspection__organization", "photo", "done_by", "verified_by"
    )
    return get_object_or_404(mine, pk=pk)


def leading_center(user: access.Viewer, code: str) -> Center:
    """The center of that code if `user` works for it."""
    return get_object_or_404(access.scope(user, WORKING), code=code)
