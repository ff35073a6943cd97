"""A rating or a center that somebody is about to work on. Outside one's centers it doesn't exist (Http404)."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from centers import access
from centers.choices import WORKING
from centers.models import Center
from centers.selectors.switcher import CenterSwitcher, switcher_of
from ratings.models import Rating


def visible_rating(user: access.Viewer, reference: str) -> Rating:
    """The rating of that reference if `user` works for its center, with what it is of and its follow-up."""
    found = Rating.objects.visible_to(user).select_related(
        "center", "activity", "booking__space", "service", "follow_up__number"
    )
    return get_object_or_404(found, reference=reference)


def working_center(user: access.Viewer, code: str) -> Center:
    """The center of that code if `user` works for it."""
    # What the database can't even be asked for is nobody's.
    if not code.isprintable():
        raise Http404
    return get_object_or_404(access.scope(user, WORKING), code=code)


def reach_of(user: access.Viewer, code: str) -> CenterSwitcher:
    """The centers `user` works for, looking at that of `code`. Raises Http404 for somebody who works nowhere."""
    reach = switcher_of(user, code)
    if reach is None:
        raise Http404
    return reach
