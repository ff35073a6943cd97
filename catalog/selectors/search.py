"""Services by the words somebody looks for."""

from django.db.models import Q

from catalog.models import Service
from catalog.querysets import ServiceQuerySet


def matching(words: str) -> ServiceQuerySet:
    """Services that are offered somewhere and hold every word, in their own wording or in that of a center below.

    In Chinese, English or the letters of the title. A lazy queryset, for lists and for the search over all that the
    portal has.
    """
    said = Service.objects.search(words)
    by_words = Q(pk__in=said.values("pk")) | Q(pk__in=said.filter(adapts__isnull=False).values("adapts"))
    return Service.objects.offered().filter(by_words)
