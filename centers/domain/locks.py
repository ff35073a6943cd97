"""Locks on what a center is set up with."""

from centers.models import Center


def lock_center(center_id: int) -> Center:
    """Center as it is now, its row locked until the transaction ends: whoever else sets it up waits.

    Take it after locks of cells. One query.
    """
    return Center.objects.select_for_update(of=("self",)).get(pk=center_id)
