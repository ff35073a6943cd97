"""Row lock on a center for changes of its set-up."""

from centers.models import Center


def lock_center(center_id: int) -> Center:
    """Lock the center's row until the transaction ends and load it: whoever else sets it up waits.

    Take it after locks of cells.
    """
    return Center.objects.select_for_update(of=("self",)).get(pk=center_id)
