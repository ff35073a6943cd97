"""Centers by the words somebody looks for."""

from centers.models import Center
from centers.querysets import CenterQuerySet


def matching(words: str) -> CenterQuerySet:
    """Public centers that hold every word, in the register's order; all for none. A lazy queryset."""
    return Center.objects.public().search(words).select_related("level").in_register_order()
