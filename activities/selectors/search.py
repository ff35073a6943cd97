"""Activities by the words somebody looks for."""

from activities.models import Activity
from activities.querysets import ActivityQuerySet
from activities.selectors.rows import for_rows
from common import clock


def matching(words: str) -> ActivityQuerySet:
    """Public activities to come or going on that hold every word, the soonest first; all for none. A lazy queryset."""
    coming = Activity.objects.public().coming(clock.now()).search(words)
    return for_rows(coming).order_by("starts_at", "id")
