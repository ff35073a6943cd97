"""Numbers with what they count, in words."""

from django.utils.translation import ngettext


def people_words(count: int) -> str:
    """20人 / 20 people."""
    return ngettext("%(n)d person", "%(n)d people", count) % {"n": count}
