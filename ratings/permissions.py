"""Permissions on ratings: roles mapped to verbs. Reads only."""

from centers.access import Viewer, roles_at
from centers.choices import WORKING
from centers.models import Center
from ratings.models import Rating


def can_hand_out(actor: Viewer, center: Center | int) -> bool:
    """Allow those who work for the center to show its codes and to start a tablet."""
    return not roles_at(actor, center).isdisjoint(WORKING)


def can_follow_up(actor: Viewer, rating: Rating) -> bool:
    """Allow those who work for the center that was rated, or above it."""
    return can_hand_out(actor, rating.center_id)
